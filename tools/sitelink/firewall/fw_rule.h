/* SPDX-License-Identifier: GPL-2.0-only */
/* An item of a menu as rules of nftables. */
#ifndef SITELINK_FW_RULE_H
#define SITELINK_FW_RULE_H

#include "fw.h"

/* A rule may ask for one of two three times: 8 rules. */
#define FW_EITHER_MAX	3

/**
 * struct fw_build - the rules of an item in the making
 * @table: where they go
 * @config: of the item
 * @item: it
 * @chain: RouterOS' name of it
 * @match: so far, a blank behind each
 * @either: of these two, one or the other; the second begins with "not the first"
 * @eithers: of them
 * @stmt: so far, a blank before each
 * @proto: of RouterOS' protocol=; -1: any
 * @hooks: chains that packets come to by themselves where it can be, with blanks
 *	between; NULL: all
 * @bad: a mistake was reported
 */
struct fw_build {
	struct fw_table *table;
	const struct config *config;
	const struct item *item;
	const char *chain;
	struct buffer match;
	const char *either[FW_EITHER_MAX][2];
	unsigned int eithers;
	struct buffer stmt;
	int proto;
	const char *hooks;
	bool bad;
};

/* The item's value; NULL: none, or its menu has no such property. */
const char *fw_value(const struct fw_build *b, const char *prop);

/* "TYPE HOOK PRIORITY" of a chain that packets come to by themselves, or "". */
const char *fw_base_spec(const char *menu, const char *chain);

/* Can packets come from one chain to the other? */
bool fw_chain_reaches(struct fw_build *b, const char *from, const char *to);

/* A mistake in @prop; its value stands before the sentence. */
void fw_wrong(struct fw_build *b, const char *prop, const char *format, ...)
	CHECKED((format(printf, 3, 4)));

void fw_match(struct fw_build *b);
void fw_action(struct fw_build *b);

/*
 * The sets of an address list, of which those that rules fill are in the table
 * before the rules are. NULL: the list has none of that kind.
 */
const char *fw_list_set(struct fw_build *b, const char *list);
const char *fw_list_dynamic_set(struct fw_build *b, const char *list);

/* The packet's bits, or the connection's, that stand for a mark. */
uint32_t fw_mark(struct fw_build *b, const char *prop, const char *name);

/* RouterOS' protocols that have ports */
bool fw_has_ports(int proto);

/* Of an item: checked, and added to the table. */
void fw_rules(struct fw_table *t, const struct config *c,
	      const struct item *item);

/* Chains of generated policies, which are filled while we are not there. */
void fw_notrack(struct fw_table *t, const struct config *c);

/* What it is known by, and shown with. */
void fw_rule_comment(struct arena *a, struct fw_rule *r, const char *comment);

#endif /* SITELINK_FW_RULE_H */
