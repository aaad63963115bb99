/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rules of policy routing: marks of packets to routing tables, and /routing rule.
 */
#ifndef SITELINK_RULE_H
#define SITELINK_RULE_H

#include "config.h"
#include "ip.h"

/**
 * struct lookup - a rule: which table is looked up, for which packets
 * @next: the one behind it
 * @family: AF_INET or AF_INET6
 * @priority: the lower one is first
 * @action: FR_ACT_*
 * @table: of FR_ACT_TO_TBL
 * @mark: routing mark of packets, see mark.h; 0: any
 * @src: of packets; without family: any
 * @dst: likewise
 * @ifname: that they came in by; "": any
 * @item: what wants it; NULL: it is there
 */
struct lookup {
	struct lookup *next;
	uint8_t family;
	uint32_t priority;
	uint8_t action;
	uint32_t table, mark;
	struct ip src, dst;
	char ifname[16];
	const struct item *item;
};

/**
 * struct lookups - rules, in their order
 * @first: of them
 * @last: where the next one is linked
 */
struct lookups {
	struct lookup *first, **last;
};

/* All that a configuration wants. */
void lookups_wanted(struct arena *a, const struct config *c,
		    struct lookups *all);

#endif /* SITELINK_RULE_H */
