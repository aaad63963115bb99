// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "span.h"

static int compare(const void *x, const void *y)
{
	const struct span *a = x, *b = y;

	return (a->from > b->from) - (a->from < b->from);
}

unsigned int span_merge(struct span *s, unsigned int count)
{
	unsigned int i, used = 0;

	if (!count)
		return 0;
	qsort(s, count, sizeof(*s), compare);
	for (i = 1; i < count; i++) {
		if (s[used].to != UINT32_MAX && s[i].from > s[used].to + 1)
			s[++used] = s[i];
		else if (s[i].to > s[used].to)
			s[used].to = s[i].to;
	}
	return used + 1;
}

static bool address(const char *text, size_t len, uint32_t *n)
{
	char buf[INET_ADDRSTRLEN];
	struct in_addr in;

	if (len >= sizeof(buf))
		return false;
	memcpy(buf, text, len);
	buf[len] = '\0';
	if (inet_pton(AF_INET, buf, &in) != 1)
		return false;
	*n = ntohl(in.s_addr);
	return true;
}

bool span_of_addresses(const char *text, struct span *s)
{
	size_t len = strcspn(text, "-/");
	unsigned long bits;
	uint32_t host;

	if (!address(text, len, &s->from))
		return false;
	s->to = s->from;
	if (!text[len])
		return true;
	if (text[len] == '-')
		return address(text + len + 1, strlen(text + len + 1), &s->to) &&
		       s->to >= s->from;
	bits = strtoul(text + len + 1, NULL, 10);
	if (bits > 32)
		return false;
	host = bits ? (1ULL << (32 - bits)) - 1 : UINT32_MAX;
	s->from &= ~host;
	s->to = s->from | host;
	return true;
}

const char *span_text(const struct span *s, char *buf)
{
	struct in_addr from = { htonl(s->from) }, to = { htonl(s->to) };
	size_t used;

	inet_ntop(AF_INET, &from, buf, SPAN_TEXT);
	if (s->from == s->to)
		return buf;
	used = strlen(buf);
	buf[used++] = '-';
	inet_ntop(AF_INET, &to, buf + used, SPAN_TEXT - used);
	return buf;
}
