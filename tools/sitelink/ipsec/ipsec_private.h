/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the model share. */
#ifndef SITELINK_IPSEC_PRIVATE_H
#define SITELINK_IPSEC_PRIVATE_H

#include "ipsec.h"

/* Give each policy its priority: as it had, if the order lets it keep it. */
void ipsec_order(struct apply *ap, struct ipsec *ipsec);

/* A property of phase 1: of the profile, unless the peer itself has it. */
const char *ipsec_phase1(const struct ipsec_peer *p, const char *name);

/* Is the peer, when it is silent, asked whether it lives? */
bool ipsec_has_dpd(const struct ipsec_peer *p);

/* Is it at no address that is known here? */
bool ipsec_is_anywhere(const struct ipsec_peer *p);

/* Is a secret of that identity looked up by the peer's address? */
bool ipsec_by_address(const struct ipsec_peer *p, const struct item *identity);

/* Refuse those that would be taken for one another. */
void ipsec_check_secrets(struct config *c, const struct ipsec *ipsec);

/* What the state's "priorities" know a policy by. */
const char *ipsec_key(struct arena *a, const struct ipsec_policy *p);

#endif /* SITELINK_IPSEC_PRIVATE_H */
