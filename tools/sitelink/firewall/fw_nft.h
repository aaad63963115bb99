/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_FW_NFT_H
#define SITELINK_FW_NFT_H

#include "fw.h"

/*
 * Run commands with NFT_CTX_OUTPUT_* @flags. NULL, and what they print in @out
 * (or NULL); otherwise what is wrong, and in @line (or NULL) which command.
 */
const char *fw_nft(struct arena *a, const char *commands, unsigned int flags,
		   const char **out, unsigned int *line);

#endif /* SITELINK_FW_NFT_H */
