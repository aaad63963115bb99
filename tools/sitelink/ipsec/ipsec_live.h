/* SPDX-License-Identifier: GPL-2.0-only */
/* What the machine says of IPsec, and commands of these menus. */
#ifndef SITELINK_IPSEC_LIVE_H
#define SITELINK_IPSEC_LIVE_H

#include "config.h"
#include "machine.h"

/* /ip ipsec installed-sa: the kernel's security associations */
void ipsec_others_sas(struct machine *m, struct config *c);

/* /ip ipsec active-peers and remote-peers: the same, by two names */
void ipsec_others_peers(struct machine *m, struct config *c);

/* /ip ipsec policy: how far each is, and those that peers have asked for */
void ipsec_others_policy(struct machine *m, struct config *c);

/* /ip ipsec statistics */
void ipsec_live_statistics(struct machine *m, struct item *item);

/*
 * /ip ipsec installed-sa flush: all of them, whoever made them; the daemon's by its
 * own hand, so that the other side knows. NULL, or what is wrong.
 */
const char *ipsec_flush(struct machine *m);

/* /ip ipsec active-peers kill-connections: the same of phase 1 */
const char *ipsec_kill_connections(struct machine *m);

#endif /* SITELINK_IPSEC_LIVE_H */
