/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_IPSEC_CHECK_H
#define SITELINK_IPSEC_CHECK_H

#include "ipsec.h"

/* Report what cannot be, of items that are not disabled. */
void ipsec_check(struct config *c, const struct ipsec *ipsec);

#endif /* SITELINK_IPSEC_CHECK_H */
