// SPDX-License-Identifier: GPL-2.0-only
/* What a rule looks for: each matcher of RouterOS in nft's words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw_match.h"
#include "fw_type.h"
#include "mark.h"
#include "span.h"

static void nothing_else(struct fw_build *b, const struct matcher *m)
{
	fw_wrong(b, m->prop, "no packet is that: disable the rule instead");
}

static void add_address(struct fw_build *b, const struct matcher *m,
			const char *value, bool not)
{
	struct span s;

	if (!span_of_addresses(value, &s))
		fw_wrong(b, m->prop, "this is no range of addresses");
	else if (s.from != 0 || s.to != UINT32_MAX)
		match_plain(b, m, value, not);
	else if (not)
		nothing_else(b, m);
}

static void add_list(struct fw_build *b, const struct matcher *m,
		     const char *value, bool not)
{
	const char *dynamic = fw_list_dynamic_set(b, value);
	const char *set = fw_list_set(b, value);

	if (!dynamic || !set) {
		ADD(b, "%s %s@%s ", m->arg, match_unequal(not),
		    set ? set : dynamic);
		return;
	}
	dynamic = buffer_format(b->match.arena, "@%s", dynamic);
	set = buffer_format(b->match.arena, "@%s", set);
	match_either(b, m->arg, dynamic, m->arg, set, not);
}

static void add_protocol(struct fw_build *b, const struct matcher *m,
			 const char *value, bool not)
{
	unsigned int proto = protocol_number(value);

	(void)m;
	if (!not)
		b->proto = proto;
	ADD(b, "meta l4proto %s%u ", match_unequal(not), proto);
}

static void add_interface(struct fw_build *b, const struct matcher *m,
			  const char *value, bool not)
{
	static const char *const groups[] = {
		"all-ethernet", "all-ppp", "all-vlan", "all-wireless",
	};
	unsigned int i;

	for (i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		if (!strcmp(value, groups[i]))
			fw_wrong(b, m->prop,
				 "not supported: use an interface list");
	/* nft takes them for wildcards and escapes */
	if (strpbrk(value, "*\\\""))
		fw_wrong(b, m->prop, "nftables has no word for this name");
	else
		ADD(b, "%s %s\"%s\" ", m->arg, match_unequal(not), value);
}

static void add_interface_list(struct fw_build *b, const struct matcher *m,
			       const char *value, bool not)
{
	const char *set;

	if (!strcmp(value, "all")) {
		if (not)
			nothing_else(b, m);
		return;
	}
	set = fw_name(b->table->arena, "iflist", value);
	fw_set(b->table, set, FW_SPEC_IFACES);
	ADD(b, "%s %s@%s ", m->arg, match_unequal(not), set);
}

static const struct bit states[] = {
	{ "invalid", 0x1 }, { "established", 0x2 }, { "related", 0x4 },
	{ "new", 0x8 }, { "untracked", 0x40 }, { NULL, 0 }
}, nat_states[] = {
	{ "srcnat", 0x10 }, { "dstnat", 0x20 }, { NULL, 0 }
};

/* nft's own "!= a,b" is "not both", so the bits are told */
static void add_bits(struct fw_build *b, const struct matcher *m,
		     const char *value, bool not, const struct bit *names)
{
	unsigned int bits = 0;
	char one[32];

	if (strchr(value, '!')) {
		fw_wrong(b, m->prop, "one ! before all of them, or none");
		return;
	}
	while (value && list_next(&value, one, sizeof(one)))
		bits |= match_bit(names, one);
	ADD(b, "%s and %#x %s 0 ", m->arg, bits, not ? "==" : "!=");
}

static void add_state(struct fw_build *b, const struct matcher *m,
		      const char *value, bool not)
{
	add_bits(b, m, value, not, states);
}

static void add_nat_state(struct fw_build *b, const struct matcher *m,
			  const char *value, bool not)
{
	add_bits(b, m, value, not, nat_states);
}

static void add_types(struct fw_build *b, const struct matcher *m,
		      const char *value, bool not)
{
	if (strchr(value, '!'))
		fw_wrong(b, m->prop, "one ! before all of them, or none");
	ADD(b, "fib %s type %s{ %s } ", m->arg, match_unequal(not), value);
}

static void add_mark(struct fw_build *b, const struct matcher *m,
		     const char *value, bool not)
{
	ADD(b, "%s %s %#x ", m->arg, not ? "!=" : "==",
	    fw_mark(b, m->prop, value));
}

static void add_ipsec(struct fw_build *b, const struct matcher *m,
		      const char *value, bool not)
{
	bool none = strstr(value, ",none");

	(void)m;
	ADD(b, "%s ipsec %s ", !strncmp(value, "in,", 3) ? "meta" : "rt",
	    none != not ? "missing" : "exists");
}

static void add_random(struct fw_build *b, const struct matcher *m,
		       const char *value, bool not)
{
	(void)m;
	(void)not;
	ADD(b, "numgen random mod 100 < %s ", value);
}

static void add_fragment(struct fw_build *b, const struct matcher *m,
			 const char *value, bool not)
{
	(void)m;
	ADD(b, "ip frag-off and 0x1fff %s 0 ",
	    (value[0] == 'y') != not ? "!=" : "==");
}

/* In the order of nft's rule: protocol first, limit last */
static const struct matcher matchers[] = {
	{ "protocol", add_protocol, NULL },
	{ "src-port", match_ports, "th sport" },
	{ "dst-port", match_ports, "th dport" },
	{ "port", match_ports, NULL },
	{ "src-address", add_address, "ip saddr" },
	{ "dst-address", add_address, "ip daddr" },
	{ "src-address-list", add_list, "ip saddr" },
	{ "dst-address-list", add_list, "ip daddr" },
	{ "src-address-type", add_types, "saddr" },
	{ "dst-address-type", add_types, "daddr" },
	{ "src-mac-address", match_plain, "ether saddr" },
	{ "in-interface", add_interface, "iifname" },
	{ "out-interface", add_interface, "oifname" },
	{ "in-interface-list", add_interface_list, "iifname" },
	{ "out-interface-list", add_interface_list, "oifname" },
	{ "tcp-flags", match_tcp_flags, NULL },
	{ "tcp-mss", match_tcp_mss, "tcp option maxseg size" },
	{ "icmp-options", match_icmp, NULL },
	{ "connection-state", add_state, "ct state" },
	{ "connection-nat-state", add_nat_state, "ct status" },
	{ "connection-mark", add_mark, "ct mark" },
	{ "packet-mark", add_mark, "meta mark and 0xffff0000" },
	{ "routing-mark", add_mark, "meta mark and 0xffff" },
	{ "ipsec-policy", add_ipsec, NULL },
	{ "packet-size", match_plain, "ip length" },
	{ "dscp", match_plain, "ip dscp" },
	{ "ttl", match_ttl, NULL },
	{ "fragment", add_fragment, NULL },
	{ "random", add_random, NULL },
	{ "limit", match_limit, NULL },
};

void fw_match(struct fw_build *b)
{
	unsigned int i;

	for (i = 0; i < sizeof(matchers) / sizeof(*matchers); i++) {
		const char *value = fw_value(b, matchers[i].prop);
		bool not = value && *value == '!';

		/* the first of tcp-flags may have it for itself */
		if (not && matchers[i].add == match_tcp_flags)
			not = false;
		if (value && *value)
			matchers[i].add(b, &matchers[i], value + not, not);
	}
}
