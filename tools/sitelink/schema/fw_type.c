// SPDX-License-Identifier: GPL-2.0-only
#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw_type.h"
#include "buffer.h"

/* RouterOS' names, which are not all those of /etc/protocols */
const char *const protocol_words[] = {
	"icmp", "igmp", "ggp", "ipencap", "st",
	"tcp", "egp", "pup", "udp", "hmp",
	"xns-idp", "rdp", "iso-tp4", "dccp", "xtp",
	"ddp", "idpr-cmtp", "ipv6-encap", "rsvp", "gre",
	"ipsec-esp", "ipsec-ah", "icmpv6", "rspf", "vmtp", "ospf",
	"ipip", "etherip", "encap", "pim", "vrrp",
	"l2tp", "sctp", "udp-lite", NULL
};

/* In that order */
static const unsigned char protocol_numbers[] = {
	1, 2, 3, 4, 5,
	6, 8, 12, 17, 20,
	22, 27, 29, 33, 36,
	37, 38, 41, 46, 47,
	50, 51, 58, 73, 81, 89,
	94, 97, 98, 103, 112,
	115, 132, 136,
};

#define COUNT	(sizeof(protocol_numbers))

static_assert(sizeof(protocol_words) == (COUNT + 1) * sizeof(char *),
	      "a protocol without a number, or the other way round");

/* Digits only, up to @max; *@end is behind them. */
static bool number(const char *text, long long max, const char **end,
		   unsigned long long *n)
{
	char *e;

	if (!isdigit((unsigned char)*text) || strspn(text, "0123456789") > 12)
		return false;
	*n = strtoull(text, &e, 10);
	*end = e;
	return *n <= (unsigned long long)max;
}

static bool whole_number(const char *text, long long max, unsigned long long *n)
{
	const char *end;

	return number(text, max, &end, n) && !*end;
}

unsigned int protocol_number(const char *name)
{
	unsigned int i;

	for (i = 0; i < COUNT; i++)
		if (!strcmp(name, protocol_words[i]))
			return protocol_numbers[i];
	return strtoul(name, NULL, 10);
}

static const char *parse_protocol(struct arena *a, const struct rule *r,
				  const char *text)
{
	static const char *const other[][2] = {
		{ "ip-encap", "ipencap" }, { "esp", "ipsec-esp" },
		{ "ah", "ipsec-ah" }, { "ipv6", "ipv6-encap" },
		{ "ipv6-icmp", "icmpv6" },
	};
	unsigned long long n;
	unsigned int i;

	(void)r;
	for (i = 0; i < sizeof(other) / sizeof(*other); i++)
		if (!strcmp(text, other[i][0]))
			return other[i][1];
	if (!whole_number(text, 255, &n))
		return NULL;
	for (i = 0; i < COUNT; i++)
		if (protocol_numbers[i] == n)
			return protocol_words[i];
	return buffer_format(a, "%llu", n);
}

/* 10, 10k, 2M */
static bool amount(const char **p, unsigned long long *n)
{
	if (!number(*p, 1000000000, p, n))
		return false;
	if (**p == 'k' || **p == 'M')
		*n *= *(*p)++ == 'k' ? 1000 : 1000000;
	return *n > 0;
}

static bool limit_time(const char **p, unsigned long long *per)
{
	size_t len = strcspn(*p, ",:");
	char buf[24];

	if (!len || len >= sizeof(buf))
		return false;
	memcpy(buf, *p, len);
	buf[len] = '\0';
	*per = time_seconds(buf);
	*p += len;
	return *per > 0;
}

bool limit_read(const char *p, struct limit *l)
{
	*l = (struct limit){ .per = 1, .burst = 5 };
	if (!amount(&p, &l->rate))
		return false;
	if (*p == '/' && (p++, !limit_time(&p, &l->per)))
		return false;
	if (*p == ',' && (p++, !amount(&p, &l->burst)))
		return false;
	l->bits = !strcmp(p, ":bit");
	return l->bits || !*p || !strcmp(p, ":packet");
}

static const char *parse_limit(struct arena *a, const struct rule *r,
			       const char *text)
{
	struct rule time = { &type_time, 1, 7 * 86400, NULL, false };
	const char *per = "";
	struct limit l;

	(void)r;
	if (!limit_read(text, &l))
		return NULL;
	if (l.per != 1) {
		char buf[24];

		snprintf(buf, sizeof(buf), "%llus", l.per);
		per = rule_parse(a, &time, buf, buf, sizeof(buf));
		if (!per)
			return NULL;
	}
	return buffer_format(a, "%llu%s%s,%llu:%s", l.rate, *per ? "/" : "", per,
			   l.burst, l.bits ? "bit" : "packet");
}

static const char *parse_span(struct arena *a, const struct rule *r,
			      const char *text)
{
	return type_ports.parse(a, r, text);
}

/* All codes are none. */
static const char *parse_icmp(struct arena *a, const struct rule *r,
			      const char *text)
{
	unsigned long long type, from = 0, to = 255;
	const char *p;

	(void)r;
	if (!number(text, 255, &p, &type))
		return NULL;
	if (*p == ':') {
		if (!number(p + 1, 255, &p, &from))
			return NULL;
		to = from;
		if (*p == '-' && !number(p + 1, 255, &p, &to))
			return NULL;
	}
	if (*p || to < from)
		return NULL;
	if (from == to)
		return buffer_format(a, "%llu:%llu", type, from);
	return buffer_format(a, "%llu:%llu-%llu", type, from, to);
}

/* WORD:NUMBER, where the word is one of @words */
static const char *parse_worded(struct arena *a, const char *const *words,
				const char *text)
{
	const char *colon = strchr(text, ':'), *word;
	unsigned long long n;

	if (!colon || !whole_number(colon + 1, 255, &n))
		return NULL;
	word = word_match(words, arena_strndup(a, text, colon - text));
	return word ? buffer_format(a, "%s:%llu", word, n) : NULL;
}

static const char *parse_ttl(struct arena *a, const struct rule *r,
			     const char *text)
{
	static const char *const words[] = {
		"equal", "not-equal", "less-than", "greater-than", NULL
	};

	(void)r;
	return parse_worded(a, words, text);
}

static const char *parse_new_ttl(struct arena *a, const struct rule *r,
				 const char *text)
{
	static const char *const words[] = { "set", NULL };

	(void)r;
	return parse_worded(a, words, text);
}

static const char *parse_ipsec(struct arena *a, const struct rule *r,
			       const char *text)
{
	static const char *const ways[] = { "in", "out", NULL };
	static const char *const whats[] = { "ipsec", "none", NULL };
	const char *comma = strchr(text, ','), *way, *what;

	(void)r;
	if (!comma)
		return NULL;
	way = word_match(ways, arena_strndup(a, text, comma - text));
	what = word_match(whats, comma + 1);
	return way && what ? buffer_format(a, "%s,%s", way, what) : NULL;
}

static const char *parse_list_address(struct arena *a, const struct rule *r,
				      const char *text)
{
	return type_ip_match.parse(a, r, text);
}

const struct type type_protocol = {
	"number 0..255", "udp", parse_protocol, NULL
};

const struct type type_limit = {
	"RATE[/TIME],BURST:packet|bit", "10/1m,5:packet", parse_limit, NULL
};

const struct type type_span = {
	"number or first-last", "0-1280", parse_span, NULL
};

const struct type type_icmp = {
	"TYPE[:CODE[-CODE]]", "8:0-255", parse_icmp, NULL
};

const struct type type_ttl = {
	"(equal|not-equal|less-than|greater-than):NUMBER", "less-than:5",
	parse_ttl, NULL
};

const struct type type_new_ttl = {
	"set:NUMBER", "set:64", parse_new_ttl, NULL
};

const struct type type_ipsec = {
	"(in|out),(ipsec|none)", "in,ipsec", parse_ipsec, NULL
};

const struct type type_list_address = {
	"address, prefix or first-last (a DNS name has no place in a set)",
	"10.0.0.0/24", parse_list_address, NULL
};
