// SPDX-License-Identifier: GPL-2.0-only
/* Matchers of what is in a packet, and how many there are. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw_match.h"
#include "fw_type.h"
#include "span.h"

#define PORTS_MAX	64

const char *match_unequal(bool not)
{
	return not ? "!= " : "";
}

unsigned int match_bit(const struct bit *b, const char *name)
{
	while (b->name && strcmp(b->name, name))
		b++;
	return b->bit;
}

void match_plain(struct fw_build *b, const struct matcher *m, const char *value,
		 bool not)
{
	ADD(b, "%s %s%s ", m->arg, match_unequal(not), value);
}

void match_either(struct fw_build *b, const char *field, const char *first,
		  const char *other_field, const char *second, bool not)
{
	const char **pair;

	if (not) {
		ADD(b, "%s != %s %s != %s ", field, first, other_field, second);
		return;
	}
	if (b->eithers == FW_EITHER_MAX)
		abort();
	pair = b->either[b->eithers++];
	pair[0] = buffer_format(b->match.arena, "%s %s ", field, first);
	pair[1] = buffer_format(b->match.arena, "%s != %s %s %s ", field, first,
				other_field, second);
}

/* { 500, 4500-4600 }; NULL, said */
static const char *port_set(struct fw_build *b, const char *prop, const char *value)
{
	struct span s[PORTS_MAX];
	unsigned int count = 0, i;
	struct buffer t;
	char one[16];

	while (value) {
		char *end;

		if (count == PORTS_MAX || !list_next(&value, one, sizeof(one))) {
			fw_wrong(b, prop, "more than %d ports", PORTS_MAX);
			return NULL;
		}
		s[count].from = strtoul(one, &end, 10);
		s[count].to = *end == '-' ? strtoul(end + 1, NULL, 10) :
					    s[count].from;
		count++;
	}
	count = span_merge(s, count);
	buffer_init(&t, b->match.arena);
	buffer_add(&t, "{ ");
	for (i = 0; i < count; i++) {
		buffer_add(&t, "%s%u", i ? ", " : "", s[i].from);
		if (s[i].to != s[i].from)
			buffer_add(&t, "-%u", s[i].to);
	}
	buffer_add(&t, " }");
	return t.p;
}

void match_ports(struct fw_build *b, const struct matcher *m, const char *value,
		 bool not)
{
	const char *set = port_set(b, m->prop, value);

	if (!set)
		return;
	if (!fw_has_ports(b->proto))
		fw_wrong(b, m->prop,
			 "needs a protocol with ports: tcp, udp, sctp, dccp or udp-lite");
	else if (m->arg)
		ADD(b, "%s %s%s ", m->arg, match_unequal(not), set);
	else
		match_either(b, "th sport", set, "th dport", set, not);
}

static const struct bit tcp_bits[] = {
	{ "fin", 0x1 }, { "syn", 0x2 }, { "rst", 0x4 }, { "psh", 0x8 },
	{ "ack", 0x10 }, { "urg", 0x20 }, { "ece", 0x40 }, { "cwr", 0x80 },
	{ NULL, 0 }
};

void match_tcp_flags(struct fw_build *b, const struct matcher *m,
		     const char *value, bool not)
{
	unsigned int mask = 0, set = 0;
	char one[16];

	while (value && list_next(&value, one, sizeof(one))) {
		bool off = *one == '!';
		unsigned int bit = match_bit(tcp_bits, one + off);

		if (mask & bit) {
			fw_wrong(b, m->prop, "%s is there twice", one + off);
			return;
		}
		mask |= bit;
		set |= off ? 0 : bit;
	}
	if (b->proto != IPPROTO_TCP)
		fw_wrong(b, m->prop, "needs protocol=tcp");
	else
		ADD(b, "tcp flags and %#x %s %#x ", mask, not ? "!=" : "==",
		    set);
}

void match_tcp_mss(struct fw_build *b, const struct matcher *m,
		   const char *value, bool not)
{
	if (b->proto != IPPROTO_TCP)
		fw_wrong(b, m->prop, "needs protocol=tcp");
	else
		match_plain(b, m, value, not);
}

void match_icmp(struct fw_build *b, const struct matcher *m, const char *value,
		bool not)
{
	const char *codes = strchr(value, ':') + 1;
	int type = atoi(value);

	(void)not;
	if (b->proto != IPPROTO_ICMP) {
		fw_wrong(b, m->prop, "needs protocol=icmp");
		return;
	}
	ADD(b, "icmp type %d ", type);
	if (strcmp(codes, "0-255"))
		ADD(b, "icmp code %s ", codes);
}

void match_ttl(struct fw_build *b, const struct matcher *m, const char *value,
	       bool not)
{
	static const struct {
		const char *word, *op;
	} ops[] = {
		{ "equal", "==" }, { "not-equal", "!=" },
		{ "less-than", "<" }, { "greater-than", ">" },
	};
	size_t len = strcspn(value, ":");
	unsigned int i = 0;

	(void)m;
	(void)not;
	while (strncmp(ops[i].word, value, len) || ops[i].word[len])
		i++;
	ADD(b, "ip ttl %s %s ", ops[i].op, value + len + 1);
}

/* nft counts per second, minute, hour, day or week, and in octets */
void match_limit(struct fw_build *b, const struct matcher *m, const char *value,
		 bool not)
{
	static const struct {
		unsigned int seconds;
		const char *name;
	} units[] = {
		{ 1, "second" }, { 60, "minute" }, { 3600, "hour" },
		{ 86400, "day" }, { 604800, "week" },
	};
	struct limit l;
	unsigned int i = 0;

	limit_read(value, &l);
	if (l.bits) {
		l.rate /= 8;
		l.burst /= 8;
	}
	while (i < 5 && (l.rate * units[i].seconds) % l.per)
		i++;
	if (b->eithers) {
		fw_wrong(b, m->prop,
			 "one limit for either of two is not supported: write a rule for src-port and one for dst-port, and give lists that rules fill no ranges");
		return;
	}
	if (i == 5 || !l.rate || !l.burst || not) {
		fw_wrong(b, m->prop,
			 "not supported by nftables: a number per second, minute, hour, day or week is");
		return;
	}
	ADD(b, "limit rate %llu%s/%s burst %llu %s ",
	    l.rate * units[i].seconds / l.per, l.bits ? " bytes" : "",
	    units[i].name, l.burst, l.bits ? "bytes" : "packets");
}
