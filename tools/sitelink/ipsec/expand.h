/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What follows from other items and is none of the configuration: RouterOS shows it
 * as dynamic, and so do we.
 *
 *  - ipsec-secret of a tunnel: a peer, an identity, and a policy in transport mode
 *  - secret and the like of a peer, an old form: an identity; enc-algorithm and the
 *    like: a profile
 *  - a template without addresses: ::/0, which takes all of both families
 */
#ifndef SITELINK_EXPAND_H
#define SITELINK_EXPAND_H

#include "config.h"

/* Once more, after a change, takes back what it had made before. */
void ipsec_expand(struct config *c);

/*
 * The value of a peer's property @name, of those that profiles have, too, counts: no
 * profile was named.
 */
bool ipsec_is_given(const struct item *item, const char *name);

/* Rows of peers, of the old form, that /ip ipsec profile has; ends with NULL. */
extern const char *const ipsec_profile_props[];

#endif /* SITELINK_EXPAND_H */
