/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of properties' values. A value is kept as text in its one canonical form,
 * so that two that mean the same are the same octets: "1m30s" for 90 and 00:01:30,
 * 2001:db8::1 for 2001:DB8:0::1.
 */
#ifndef SITELINK_TYPE_H
#define SITELINK_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/**
 * struct rule - what a property's values may be
 * @type: what kind of value
 * @min: of a number, time (seconds) or text (octets)
 * @max: likewise; 0: no limit
 * @words: words allowed besides what the type takes, or all that an enum takes;
 *	ends with NULL
 * @list: more than one, with commas between
 */
struct rule {
	const struct type *type;
	long long min, max;
	const char *const *words;
	bool list;
};

/**
 * struct type - a kind of value
 * @name: for help and errors: "time", "IP address"
 * @example: what is right
 * @parse: canonical form in the arena; NULL: @text is none
 * @compare: as strcmp, of canonical values; NULL: no order but that of text
 */
struct type {
	const char *name;
	const char *example;
	const char *(*parse)(struct arena *a, const struct rule *r,
			     const char *text);
	int (*compare)(const char *a, const char *b);
};

extern const struct type type_bool;	/* yes, no */
extern const struct type type_number;	/* decimal or 0x... */
extern const struct type type_text;
extern const struct type type_word;	/* only what is in @words */
extern const struct type type_time;	/* 1d2h3m4s, 00:01:30, seconds */
extern const struct type type_ip;
extern const struct type type_ip6;
extern const struct type type_address;	/* with prefix length; without: /32 */
extern const struct type type_address6;	/* with prefix length; without: /64 */
extern const struct type type_prefix;	/* host bits cleared */
extern const struct type type_prefix6;
extern const struct type type_ip_match;	/* a prefix or first-last */
extern const struct type type_ip_range;	/* of a pool: first-last, prefix, one */
extern const struct type type_gateway;	/* an address, an interface, or both
					 * as ADDRESS%INTERFACE
					 */
extern const struct type type_gateway6;
extern const struct type type_mac;
extern const struct type type_name;	/* of an item: text, not empty */
extern const struct type type_ifname;	/* of an interface that is made */
extern const struct type type_interface; /* of one that there is */
extern const struct type type_ports;	/* one, or first-last */
extern const struct type type_keepalive; /* TIME,RETRIES */

/*
 * Canonical form of @text, a list's elements each; NULL with what would be right
 * in @why (of @size octets).
 */
const char *rule_parse(struct arena *a, const struct rule *r, const char *text,
		       char *why, size_t size);

/* As rule_parse(), also beyond the limits: the machine's values may be there. */
const char *rule_any(struct arena *a, const struct rule *r, const char *text);

/*
 * @order as of strcmp, by the type's order. false: these two have none, as words have
 * among values, and lists.
 */
bool rule_order(const struct rule *r, const char *a, const char *b, int *order);

/* What is allowed, as "yes | no", "time 1s..1d | auto". */
void rule_describe(const struct rule *r, char *buf, size_t size);

/* Seconds of a canonical time, and back. */
unsigned long long time_seconds(const char *text);
const char *time_text(struct arena *a, long long seconds);

/* Of the words, the one that @text is or begins alone; NULL: none. */
const char *word_match(const char *const *words, const char *text);

/*
 * The element of a canonical list that begins at *@at, copied to @buf; *@at is then
 * at the next one or NULL. false: it does not fit, which no value does.
 */
bool list_next(const char **at, char *buf, size_t size);

/* Is @word in a canonical list? */
bool list_has(const char *list, const char *word);

#endif /* SITELINK_TYPE_H */
