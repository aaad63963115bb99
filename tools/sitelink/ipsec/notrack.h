/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * notrack-chain of an identity: rules of /ip firewall raw that keep what its peer's
 * policies take away from connection tracking, in a chain that the user's rules jump
 * to. Configured policies are dynamic rules, two each; those of generated ones are in
 * a chain of their own behind them, and come and go with their SAs.
 */
#ifndef SITELINK_NOTRACK_H
#define SITELINK_NOTRACK_H

#include "config.h"
#include "machine.h"

struct ipsec;
struct vici;

/* The identity's chain; NULL: none. */
const char *notrack_chain(const struct item *identity);

/* Does it generate policies, whose selectors nobody knows beforehand? */
bool notrack_generates(const struct item *identity);

/* Of ipsec_expand(): the dynamic rules of configured policies. */
void notrack_expand(struct config *c, const struct ipsec *ipsec);

/*
 * Of the agent, at its begin and whenever a CHILD_SA came or went: such
 * chains are what is installed by the connections of the state that have one. NULL, or what is
 * wrong.
 */
const char *notrack_refresh(struct machine *m, struct arena *a, struct vici *v);

#endif /* SITELINK_NOTRACK_H */
