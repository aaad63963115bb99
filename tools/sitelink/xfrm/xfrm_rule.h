/* SPDX-License-Identifier: GPL-2.0-only */
/* Policies of ours in the kernel, as they are wanted and as they are. */
#ifndef SITELINK_XFRM_RULE_H
#define SITELINK_XFRM_RULE_H

#include <linux/xfrm.h>
#include <stdbool.h>
#include <stdint.h>

#include "nl.h"

struct item;

/* What a policy of ours is for; the lower half of its selector's user */
enum xfrm_kind {
	XFRM_GUARD = 1, XFRM_DISCARD, XFRM_NONE, XFRM_USE, XFRM_NEIGHBOUR
};

/**
 * struct xfrm_rule - a policy of ours, in one direction
 * @next: in any order
 * @item: what asks for it; NULL: it is there
 * @sel: its packets, and xfrm_rule_user()
 * @kind: what it is for
 * @dir: XFRM_POLICY_OUT, XFRM_POLICY_IN, XFRM_POLICY_FWD
 * @priority: the lower one is first
 * @tmpl: of XFRM_USE in transport mode: the SA; all zeros: none
 */
struct xfrm_rule {
	struct xfrm_rule *next;
	const struct item *item;
	struct xfrm_selector sel;
	enum xfrm_kind kind;
	uint8_t dir;
	uint32_t priority;
	struct xfrm_user_tmpl tmpl;
};

/**
 * struct xfrm_rules - a list of them
 * @first: of them
 * @last: where the next one is linked
 */
struct xfrm_rules {
	struct xfrm_rule *first, **last;
};

void xfrm_rules_init(struct xfrm_rules *all);

/* The user of the selector of such a one. */
uint32_t xfrm_rule_user(enum xfrm_kind kind);

/* That one's copy, at the end. */
struct xfrm_rule *xfrm_rule_add(struct arena *a, struct xfrm_rules *all,
				const struct xfrm_rule *r);

/* The one of the same packets and kind; NULL: none. */
const struct xfrm_rule *xfrm_rule_find(const struct xfrm_rules *all,
				       const struct xfrm_rule *like);

/* Does it drop? */
bool xfrm_rule_blocks(const struct xfrm_rule *r);

/* For people: "discard in clear: 10.1.0.0/24 to 10.2.0.0/24", of all directions. */
const char *xfrm_rule_text(struct arena *a, const struct xfrm_rule *r);

/* Those in the kernel. 0, or -1 and @err; without IPsec there are none. */
int xfrm_rules_read(struct machine *m, struct arena *a, struct xfrm_rules *all,
		    struct nl_error *err);

/* Make it, or make the one that is there what @r says, in one step; remove it. */
int xfrm_rule_put(struct machine *m, const struct xfrm_rule *r,
		  struct nl_error *err);
int xfrm_rule_remove(struct machine *m, const struct xfrm_rule *r,
		     struct nl_error *err);

#endif /* SITELINK_XFRM_RULE_H */
