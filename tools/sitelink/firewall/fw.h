/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * /ip firewall as a table of nftables, "ip sitelink". What is wanted and what is
 * there have one form; rules are told apart by a hash in their comment, so that
 * those that stay keep their counters.
 *
 * Names: chains are MENU-CHAIN (filter-input), sets are list-NAME (what the
 * configuration says), dyn-NAME (what ends, and what rules add: a set of ranges
 * cannot be added to by packets) and iflist-NAME. The rules of chains notrack-CHAIN,
 * of generated policies, are those of the IKE daemon's agent.
 */
#ifndef SITELINK_FW_H
#define SITELINK_FW_H

#include <stdint.h>

#include "apply.h"
#include "buffer.h"

#define FW_TABLE	"ip sitelink"
#define FW_FLOWTABLE	"fasttrack"

#define FW_NOTRACK	"notrack"

/* The comment of elements that are the configuration's, in sets dyn-* */
#define FW_OURS		"sitelink"

/**
 * struct fw_rule - a rule of nftables
 * @next: in its chain
 * @item: whose; NULL: read from the machine
 * @match: what it looks for, with a blank at its end, or ""
 * @stmt: what it does, with a blank before, or ""
 * @hash: of both
 * @comment: @hash, and RouterOS' comment as far as it goes
 * @handle: of the kernel
 * @packets: that have met it
 * @bytes: of them
 * @stays: is there and is wanted
 * @moved: is there, and is wanted at another place
 */
struct fw_rule {
	struct fw_rule *next;
	const struct item *item;
	const char *match, *stmt;
	char hash[17];
	const char *comment;
	unsigned long long handle, packets, bytes;
	bool stays, moved;
};

/**
 * struct fw_chain - a chain
 * @next: in its table
 * @name: of nftables
 * @spec: "TYPE HOOK PRIORITY" of a base chain; "": of a user's
 * @rules: in order
 * @end: where the next one goes
 * @count: of them
 * @open: its rules are not ours to change
 */
struct fw_chain {
	struct fw_chain *next;
	const char *name, *spec;
	struct fw_rule *rules, **end;
	unsigned int count;
	bool open;
};

/**
 * struct fw_elem - an element of a set
 * @next: in its set
 * @item: whose, or NULL
 * @key: as nft says it: 10.0.0.1, 10.0.0.0-10.0.0.255, "ether1" with its quotes
 * @timeout: seconds after which it goes; 0: it stays
 * @expires: seconds left of @timeout
 * @ours: the configuration's, if its set is one that rules add to
 */
struct fw_elem {
	struct fw_elem *next;
	const struct item *item;
	const char *key;
	unsigned long long timeout, expires;
	bool ours;
};

/**
 * struct fw_set - a set
 * @next: in its table
 * @name: of nftables
 * @spec: what follows its name
 * @elems: in any order
 * @count: of them
 */
struct fw_set {
	struct fw_set *next;
	const char *name, *spec;
	struct fw_elem *elems;
	unsigned int count;
};

#define FW_SPEC_STATIC	"type ipv4_addr; flags interval;"
#define FW_SPEC_DYNAMIC	"type ipv4_addr; flags dynamic,timeout; size 65535;"
#define FW_SPEC_IFACES	"type ifname;"

/**
 * struct fw_mark - a mark that rules use
 * @next: in its table
 * @kind: connection-mark, packet-mark, routing-mark
 * @name: of RouterOS
 * @value: of Linux
 */
struct fw_mark {
	struct fw_mark *next;
	const char *kind, *name;
	uint32_t value;
};

/**
 * struct fw_table - all of it
 * @arena: where it is
 * @exists: there is one
 * @restore: nft's text that makes it as it was read; NULL: from a configuration
 * @chains: in order
 * @sets: in order
 * @marks: in any order
 * @flow: there is a flowtable
 * @devices: of the flowtable, sorted, commas between, quoted
 */
struct fw_table {
	struct arena *arena;
	bool exists;
	const char *restore;
	struct fw_chain *chains;
	struct fw_set *sets;
	struct fw_mark *marks;
	bool flow;
	const char *devices;
};

struct fw_table *fw_table_new(struct arena *a);
struct fw_chain *fw_chain_find(const struct fw_table *t, const char *name);
/* That one, or a new one. */
struct fw_chain *fw_chain(struct fw_table *t, const char *name,
			  const char *spec);
struct fw_rule *fw_rule_add(struct fw_table *t, struct fw_chain *chain);
struct fw_set *fw_set_find(const struct fw_table *t, const char *name);
struct fw_set *fw_set(struct fw_table *t, const char *name, const char *spec);
struct fw_elem *fw_elem_add(struct fw_table *t, struct fw_set *set,
			    const char *key);

/* PREFIX-NAME, where what nftables does not take in names is _HEX. */
const char *fw_name(struct arena *a, const char *prefix, const char *name);
/* NAME of that; NULL: it has another prefix */
const char *fw_unname(struct arena *a, const char *prefix, const char *name);

/* What is not plain ASCII, or has a meaning for nft between quotes, is "?". */
const char *fw_quotable(struct arena *a, const char *text, size_t max);

/* What of it @c wants; mistakes go to item_error(). */
struct fw_table *fw_want(struct arena *a, const struct config *c);

/* The table that is there; NULL with a sentence in @why. */
struct fw_table *fw_have(struct arena *a, const char **why);

/*
 * Run commands, one a line, all or none. NULL, or what nft says is wrong, and
 * with @line which of them (from 1; 0: unknown).
 */
const char *fw_run(struct arena *a, const char *commands, unsigned int *line);

/* What the rows of the menus cannot say. */
void fw_check(struct config *c, const struct item *item);
void fw_list_check(struct config *c, const struct item *item);

/*
 * A rule's, or list member's, interface may not be there: no mistake, it may come; but
 * the rule does not what it seems to do.
 */
void fw_check_interface(struct config *c, const struct item *item,
			const char *prop);
void fw_live(struct machine *m, struct item *item);

/* Counters of all rules, and addresses that rules have put on lists */
void fw_others(struct machine *m, struct config *c);

#endif /* SITELINK_FW_H */
