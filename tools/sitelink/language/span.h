/* SPDX-License-Identifier: GPL-2.0-only */
/* Ranges of numbers: of ports, of IPv4 addresses. */
#ifndef SITELINK_SPAN_H
#define SITELINK_SPAN_H

#include <stdbool.h>
#include <stdint.h>

struct span {
	uint32_t from, to;
};

/* In order, none touching the next; how many are left. */
unsigned int span_merge(struct span *s, unsigned int count);

/* Of 10.0.0.1, 10.0.0.0/24 or FIRST-LAST. false: it is none. */
bool span_of_addresses(const char *text, struct span *s);

/* FIRST-LAST, or one address, in @buf of SPAN_TEXT octets, which is returned. */
#define SPAN_TEXT	40
const char *span_text(const struct span *s, char *buf);

#endif /* SITELINK_SPAN_H */
