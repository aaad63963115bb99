/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What follows from other items and is none of the configuration: RouterOS shows it
 * as dynamic, and so do we.
 *
 *  - ipsec-secret of a tunnel: a peer, an identity, and a policy in transport mode
 *  - secret and the like of a peer, an old form: an identity
 *  - a template without addresses: ::/0, which takes all of both families
 *
 * Flags that need no machine are set: of a peer responder, of a policy invalid. What
 * only all of it together shows to be a mistake is reported.
 */
#ifndef SITELINK_EXPAND_H
#define SITELINK_EXPAND_H

#include "config.h"

/* Once more, after a change, takes back what it had made before. */
void ipsec_expand(struct config *c);

#endif /* SITELINK_EXPAND_H */
