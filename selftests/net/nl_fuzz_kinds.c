// SPDX-License-Identifier: GPL-2.0-only
/*
 * What netlink messages of the kinds are made of: values that are accepted
 * and values that are not.
 */
#include <arpa/inet.h>
#include <string.h>
#include <linux/if_tunnel.h>
#include <linux/sitelink.h>

#include "nl_fuzz.h"

#define G1(a)		.n_good = 1, .good = { a }
#define G2(a, b)	.n_good = 2, .good = { a, b }
#define G3(a, b, c)	.n_good = 3, .good = { a, b, c }
#define B1(a)		.n_bad = 1, .bad = { a }
#define B2(a, b)	.n_bad = 2, .bad = { a, b }

/* network byte order on the little-endian machines of the tests */
#define ADDR(last)	(192 | 0 << 8 | 2 << 16 | (unsigned int)(last) << 24)
#define GROUP		(224 | 5U << 24)
#define BROADCAST	0xffffffff
#define NET16(x)	__builtin_bswap16(x)

static const struct field eoip[] = {
	{ "link", IFLA_EOIP_LINK, 4, 0, G2(0, 1), B1(0x80000000) },
	{ "tunnel-id", IFLA_EOIP_TUNNEL_ID, 4, 0, G3(0, 7, 65535),
	  B2(65536, 0xffffffff) },
	{ "ttl", IFLA_EOIP_TTL, 1, 0, G3(1, 64, 255), B1(0) },
	{ "local", IFLA_EOIP_LOCAL, 4, 0, G2(ADDR(1), 0),
	  B2(GROUP, BROADCAST) },
	{ "remote", IFLA_EOIP_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	  B2(GROUP, 0) },
	{ 0 }
};

/* of an address the first octet is told */
static const struct field eoip6[] = {
	{ "link", IFLA_EOIP_LINK, 4, 0, G2(0, 1), B1(0x80000000) },
	{ "tunnel-id", IFLA_EOIP_TUNNEL_ID, 4, 0, G3(0, 7, 4095),
	  B2(4096, 0xffffffff) },
	{ "ttl", IFLA_EOIP_TTL, 1, 0, G3(1, 64, 255), B1(0) },
	{ "local", IFLA_EOIP_LOCAL, 16, 0, G2(0x20, 0), B1(0xff) },
	{ "remote", IFLA_EOIP_REMOTE, 16, 0, G1(0x20), B2(0xff, 0) },
	{ 0 }
};

static const struct field gre[] = {
	{ "link", IFLA_GRE_LINK, 4, 0, G2(0, 1), B1(0x80000000) },
	{ "local", IFLA_GRE_LOCAL, 4, 0, G2(ADDR(1), ADDR(5)),
	  B2(GROUP, BROADCAST) },
	{ "remote", IFLA_GRE_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	  B1(BROADCAST) },
	{ "ttl", IFLA_GRE_TTL, 1, 0, G3(0, 64, 255) },
	{ "tos", IFLA_GRE_TOS, 1, 0, G3(0, 1, 0xb8) },
	{ "pmtudisc", IFLA_GRE_PMTUDISC, 1, 0, G1(1) },
	{ "ignore-df", IFLA_GRE_IGNORE_DF, 1, 0, G1(0) },
	{ "fwmark", IFLA_GRE_FWMARK, 4, 0, G2(0, 0xffffffff) },
	{ "iflags", IFLA_GRE_IFLAGS, 2, 0,
	  G3(0, NET16(0x2000), NET16(0xb000)), B1(NET16(0x0001)) },
	{ "oflags", IFLA_GRE_OFLAGS, 2, 0,
	  G3(0, NET16(0x2000), NET16(0xb000)), B1(NET16(0x0001)) },
	{ "ikey", IFLA_GRE_IKEY, 4, 0, G1(0) },
	{ "okey", IFLA_GRE_OKEY, 4, 0, G1(0) },
	{ "encap-type", IFLA_GRE_ENCAP_TYPE, 2, 0, G1(0), B2(1, 2) },
	{ "external", IFLA_GRE_COLLECT_METADATA, 0, NEVER, G1(0) },
	{ "erspan-ver", IFLA_GRE_ERSPAN_VER, 1, NEVER, G1(1) },
	{ "erspan-index", IFLA_GRE_ERSPAN_INDEX, 4, NEVER, G1(1) },
	{ 0 }
};

static const struct field ipip[] = {
	{ "link", IFLA_IPTUN_LINK, 4, 0, G2(0, 1), B1(0x80000000) },
	{ "local", IFLA_IPTUN_LOCAL, 4, 0, G2(ADDR(1), ADDR(5)),
	  B2(GROUP, BROADCAST) },
	{ "remote", IFLA_IPTUN_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	  B2(GROUP, BROADCAST) },
	{ "ttl", IFLA_IPTUN_TTL, 1, 0, G3(0, 64, 255) },
	{ "tos", IFLA_IPTUN_TOS, 1, 0, G3(0, 1, 0xb8) },
	{ "pmtudisc", IFLA_IPTUN_PMTUDISC, 1, 0, G1(1) },
	{ "fwmark", IFLA_IPTUN_FWMARK, 4, 0, G2(0, 0xffffffff) },
	{ "proto", IFLA_IPTUN_PROTO, 1, 0, G2(0, 4), B2(41, 137) },
	{ "encap-type", IFLA_IPTUN_ENCAP_TYPE, 2, 0, G1(0), B2(1, 2) },
	{ "external", IFLA_IPTUN_COLLECT_METADATA, 0, NEVER, G1(0) },
	{ 0 }
};

static const struct field sit6to4[] = {
	{ "link", IFLA_6TO4_LINK, 4, 0, G2(0, 1), B1(0x80000000) },
	{ "local", IFLA_6TO4_LOCAL, 4, 0, G2(ADDR(1), ADDR(5)),
	  B2(GROUP, BROADCAST) },
	{ "remote", IFLA_6TO4_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	  B2(GROUP, BROADCAST) },
	{ "ttl", IFLA_6TO4_TTL, 1, 0, G3(0, 64, 255) },
	{ 0 }
};

static const struct field vti[] = {
	{ "link", IFLA_VTI_LINK, 4, 0, G2(0, 1), B1(0x80000000) },
	{ "local", IFLA_VTI_LOCAL, 4, 0, G2(ADDR(1), ADDR(5)),
	  B2(GROUP, BROADCAST) },
	{ "remote", IFLA_VTI_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	  B2(GROUP, BROADCAST) },
	{ "ikey", IFLA_VTI_IKEY, 4, 0, G3(0, 7, 0xffffffff) },
	{ "okey", IFLA_VTI_OKEY, 4, 0, G3(0, 7, 0xffffffff) },
	{ "fwmark", IFLA_VTI_FWMARK, 4, 0, G2(0, 0xffffffff) },
	{ 0 }
};

static const struct field properties[] = {
	{ "keepalive-interval", IFLA_SITELINK_KEEPALIVE_INTERVAL, 4, 0,
	  G3(0, 1, 86400), B2(86401, 0xffffffff) },
	{ "keepalive-retries", IFLA_SITELINK_KEEPALIVE_RETRIES, 4, 0,
	  G3(0, 10, 0xffffffff) },
	{ "clamp-tcp-mss", IFLA_SITELINK_CLAMP_TCP_MSS, 1, 0, G2(0, 1),
	  B2(2, 255) },
	{ "dont-fragment", IFLA_SITELINK_DONT_FRAGMENT, 1, 0, G2(0, 1),
	  B2(2, 255) },
	{ "dscp", IFLA_SITELINK_DSCP, 1, 0, G3(0, 63, 255), B2(64, 254) },
	{ "allow-fast-path", IFLA_SITELINK_ALLOW_FAST_PATH, 1, 0, G2(0, 1),
	  B2(2, 255) },
	{ "loop-protect", IFLA_SITELINK_LOOP_PROTECT, 1, 0, G2(0, 1),
	  B2(2, 255) },
	{ "loop-protect-send-interval",
	  IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL, 4, 0, G2(1, 86400),
	  B2(0, 86401) },
	{ "loop-protect-disable-time",
	  IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME, 4, 0, G2(0, 86400),
	  B1(86401) },
	{ "loop-protect-status", IFLA_SITELINK_LOOP_PROTECT_STATUS, 1, NEVER,
	  G1(0) },
	{ "mtu-auto", IFLA_SITELINK_MTU_AUTO, 1, 0, G2(0, 1), B1(2) },
	{ 0 }
};

static const struct field set4[] = {
	{ "ttl", SITELINK_A_TUNNEL_TTL, 1, 0, G2(1, 255) },
	{ "mtu", SITELINK_A_TUNNEL_MTU, 4, 0, G3(0, 68, 1400), B2(67, 65536) },
	{ "ifindex", SITELINK_A_TUNNEL_IFINDEX, 4, NEVER, G1(1) },
	{ "kind", SITELINK_A_TUNNEL_KIND, 4, NEVER, G1(0) },
	{ "tunnel-id", SITELINK_A_TUNNEL_TUNNEL_ID, 4, 0, G2(0, 65535),
	  B1(65536) },
	{ "local", SITELINK_A_TUNNEL_LOCAL, 4, 0, G2(ADDR(1), ADDR(5)),
	  B2(GROUP, BROADCAST) },
	{ "remote", SITELINK_A_TUNNEL_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	  B1(BROADCAST) },
	{ "local6", SITELINK_A_TUNNEL_LOCAL6, 16, NEVER, G1(0x20) },
	{ "remote6", SITELINK_A_TUNNEL_REMOTE6, 16, NEVER, G1(0x20) },
	{ 0 }
};

static const struct field set6[] = {
	{ "ttl", SITELINK_A_TUNNEL_TTL, 1, 0, G2(1, 255) },
	{ "mtu", SITELINK_A_TUNNEL_MTU, 4, 0, G3(0, 68, 1400), B2(67, 65536) },
	{ "ifindex", SITELINK_A_TUNNEL_IFINDEX, 4, NEVER, G1(1) },
	{ "kind", SITELINK_A_TUNNEL_KIND, 4, NEVER, G1(0) },
	{ "tunnel-id", SITELINK_A_TUNNEL_TUNNEL_ID, 4, 0, G2(0, 4095),
	  B1(4096) },
	{ "local", SITELINK_A_TUNNEL_LOCAL, 4, NEVER, G1(ADDR(1)) },
	{ "remote", SITELINK_A_TUNNEL_REMOTE, 4, NEVER, G1(ADDR(1)) },
	{ "local6", SITELINK_A_TUNNEL_LOCAL6, 16, 0, G2(0x20, 0), B1(0xff) },
	{ "remote6", SITELINK_A_TUNNEL_REMOTE6, 16, 0, G1(0x20),
	  B2(0xff, 0) },
	{ 0 }
};

/*
 * @id: has a tunnel-id; @keepalive: has keepalives; @l2: carries frames;
 * @sa: an SA makes the outer header
 */
static const struct making {
	const char *name;
	const struct field *own;
	const struct field *set;
	bool id, keepalive, l2, sa;
} makings[N_KINDS] = {
	{ "eoip", eoip, set4, true, true, true, false },
	{ "eoip6", eoip6, set6, true, true, true, false },
	{ "gre", gre, set4, false, true, false, false },
	{ "gretap", gre, set4, false, false, true, false },
	{ "ipip", ipip, set4, false, true, false, false },
	{ "6to4", sit6to4, set4, false, true, false, false },
	{ "vti", vti, set4, false, false, false, true },
};

struct kind kinds[N_KINDS];

static void copy(struct field *to, const struct field *from)
{
	for (; from->name; from++, to++) {
		*to = *from;
		if (!strcmp(to->name, "local") || !strcmp(to->name, "remote"))
			to->flags |= MUST;
	}
}

/* Only this value, and not that one. */
static void only(struct field *f, unsigned int good, unsigned int bad)
{
	f->n_good = 1;
	f->good[0] = good;
	if (!f->n_bad)
		f->n_bad = 1;
	f->bad[0] = bad;
}

static void copy_properties(struct field *to, const struct making *m)
{
	struct field *f = to;

	copy(to, properties);
	for (; f->name; f++) {
		if ((f->type == IFLA_SITELINK_KEEPALIVE_INTERVAL &&
		     !m->keepalive) ||
		    (f->type == IFLA_SITELINK_LOOP_PROTECT && !m->l2))
			only(f, 0, 1);
		if (f->type == IFLA_SITELINK_DONT_FRAGMENT && m->sa)
			only(f, SITELINK_DF_INHERIT, SITELINK_DF_NO);
		if (f->type == IFLA_SITELINK_DSCP && m->sa)
			only(f, SITELINK_DSCP_INHERIT, 10);
	}
}

void kinds_init(void)
{
	struct field *f;
	int i;

	for (i = 0; i < N_KINDS; i++) {
		const struct making *m = &makings[i];
		struct kind *k = &kinds[i];

		k->name = m->name;
		copy(k->own, m->own);
		copy(k->set, m->set);
		for (f = k->set; f->name; f++)
			if ((f->type == SITELINK_A_TUNNEL_TUNNEL_ID &&
			     !m->id) ||
			    (f->type == SITELINK_A_TUNNEL_TTL && m->sa))
				f->flags = NEVER;
		copy_properties(k->inner, m);
		copy_properties(k->set_inner, m);
	}
}
