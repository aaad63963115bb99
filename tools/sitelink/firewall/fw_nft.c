// SPDX-License-Identifier: GPL-2.0-only
/* libnftables: commands, and what it says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nftables/libnftables.h>

#include "fw_nft.h"

/* "/dev/stdin:LINE:COLUMN-COLUMN: Error: SENTENCE" */
static const char *sentence(struct arena *a, const char *said,
			    unsigned int *line)
{
	const char *colon = strchr(said, ':');
	const char *error = strstr(said, "Error: ");

	*line = colon ? strtoul(colon + 1, NULL, 10) : 0;
	if (error)
		said = error + strlen("Error: ");
	if (!*said)
		return "nftables does not say why";
	return arena_strndup(a, said, strcspn(said, "\n"));
}

const char *fw_nft(struct arena *a, const char *commands, unsigned int flags,
		   const char **out, unsigned int *line)
{
	struct nft_ctx *ctx = nft_ctx_new(NFT_CTX_DEFAULT);
	const char *why = NULL, *said;
	unsigned int unused;

	if (!ctx)
		return "no memory for libnftables";
	nft_ctx_output_set_flags(ctx, flags);
	if (nft_ctx_buffer_output(ctx) || nft_ctx_buffer_error(ctx)) {
		why = "no memory for libnftables";
	} else if (nft_run_cmd_from_buffer(ctx, commands)) {
		said = nft_ctx_get_error_buffer(ctx);
		why = sentence(a, said ? said : "", line ? line : &unused);
	} else if (out) {
		said = nft_ctx_get_output_buffer(ctx);
		*out = arena_strndup(a, said, strlen(said));
	}
	nft_ctx_free(ctx);
	return why;
}

const char *fw_run(struct arena *a, const char *commands, unsigned int *line)
{
	return fw_nft(a, commands, 0, NULL, line);
}
