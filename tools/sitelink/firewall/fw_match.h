/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_FW_MATCH_H
#define SITELINK_FW_MATCH_H

#include "fw_rule.h"

/**
 * struct matcher - a matcher
 * @prop: of RouterOS
 * @add: put it in nft's words; @not: all but @value
 * @arg: for @add
 */
struct matcher {
	const char *prop;
	void (*add)(struct fw_build *b, const struct matcher *m,
		    const char *value, bool not);
	const char *arg;
};

/**
 * struct bit - a word and its bit
 * @name: of it; NULL: none, the last one
 * @bit: of it
 */
struct bit {
	const char *name;
	unsigned int bit;
};

unsigned int match_bit(const struct bit *b, const char *name);

#define ADD(b, ...) buffer_add(&(b)->match, __VA_ARGS__)

/* "!= " or nothing */
const char *match_unequal(bool not);

/* Either of two. What is in neither needs no choice. */
void match_either(struct fw_build *b, const char *field, const char *first,
		  const char *other_field, const char *second, bool not);

/* FIELD [!=] VALUE, as it stands */
void match_plain(struct fw_build *b, const struct matcher *m,
		 const char *value, bool not);
void match_ports(struct fw_build *b, const struct matcher *m,
		 const char *value, bool not);
void match_tcp_flags(struct fw_build *b, const struct matcher *m,
		     const char *value, bool not);
void match_tcp_mss(struct fw_build *b, const struct matcher *m,
		   const char *value, bool not);
void match_icmp(struct fw_build *b, const struct matcher *m,
		const char *value, bool not);
void match_ttl(struct fw_build *b, const struct matcher *m, const char *value,
	       bool not);
void match_limit(struct fw_build *b, const struct matcher *m,
		 const char *value, bool not);

#endif /* SITELINK_FW_MATCH_H */
