/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's IPsec by netlink (NETLINK_XFRM): security associations, and policies of
 * our own, which stand below those of the IKE daemon and stay when it is gone.
 */
#ifndef SITELINK_XFRM_H
#define SITELINK_XFRM_H

#include "apply.h"

/*
 * Policies of ours:
 *  - below each that encrypts, one with the same selector that drops, in each
 *    direction: in clear nothing passes, whether the daemon runs or not, and whoever
 *    begins. Bound to a VTI: none, its device sends nothing without an SA.
 *  - action=discard, action=none
 *  - level=use: one that takes an SA if there is one
 *  - with any of IPv6 that could take them, one that lets neighbour discovery pass
 * They are known by the "user" of their selector, which the kernel compares and does
 * not match: its high half is XFRM_OURS, the lower one which of these it is. Without
 * it a policy of the daemon's with the same selector would take the place of ours,
 * index and all: there is one for a selector, whatever their priorities.
 */
#define XFRM_OURS	0x534c

extern const struct backend xfrm_backend;

#endif /* SITELINK_XFRM_H */
