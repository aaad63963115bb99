/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_XFRM_WANT_H
#define SITELINK_XFRM_WANT_H

#include "ipsec.h"
#include "xfrm_rule.h"

/* All policies of ours that @ipsec asks for. */
void xfrm_rules_wanted(struct arena *a, const struct ipsec *ipsec,
		       struct xfrm_rules *all);

#endif /* SITELINK_XFRM_WANT_H */
