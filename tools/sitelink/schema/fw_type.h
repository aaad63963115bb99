/* SPDX-License-Identifier: GPL-2.0-only */
/* Types of values that only the firewall has. */
#ifndef SITELINK_FW_TYPE_H
#define SITELINK_FW_TYPE_H

#include "type.h"

extern const struct type type_protocol;		/* a name, or a number */
extern const struct type type_limit;		/* RATE[/TIME],BURST[:MODE] */
extern const struct type type_span;		/* number or first-last */
extern const struct type type_icmp;		/* TYPE[:CODE[-CODE]] */
extern const struct type type_ttl;		/* equal:N, less-than:N, ... */
extern const struct type type_new_ttl;		/* set:N */
extern const struct type type_ipsec;		/* in|out,ipsec|none */
extern const struct type type_list_address;	/* of an address list */

extern const char *const protocol_words[];

/* Of a canonical protocol. */
unsigned int protocol_number(const char *name);

/**
 * struct limit - a rate
 * @rate: so many
 * @per: in so many seconds
 * @burst: at once
 * @bits: of them, not packets
 */
struct limit {
	unsigned long long rate, per, burst;
	bool bits;
};

/* false: it is none */
bool limit_read(const char *text, struct limit *l);

#endif /* SITELINK_FW_TYPE_H */
