// SPDX-License-Identifier: GPL-2.0-only
/*
 * What netlink messages of the kinds are made of: values that are accepted
 * and values that are not.
 */
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

/* The same table for both netlinks, but each counts its own. */
#define PROPERTIES(ka, l2)						\
	{ "keepalive-interval", IFLA_SITELINK_KEEPALIVE_INTERVAL, 4,	\
	  0, G3(0, (ka) ? 1 : 0, (ka) ? 86400 : 0),		\
	  B2(86401, 0xffffffff) },					\
	{ "keepalive-retries", IFLA_SITELINK_KEEPALIVE_RETRIES, 4,	\
	  0, G3(0, 10, 0xffffffff) },				\
	{ "clamp-tcp-mss", IFLA_SITELINK_CLAMP_TCP_MSS, 1,		\
	  0, G2(0, 1), B2(2, 255) },				\
	{ "dont-fragment", IFLA_SITELINK_DONT_FRAGMENT, 1,		\
	  0, G2(0, 1), B2(2, 255) },				\
	{ "dscp", IFLA_SITELINK_DSCP, 1,				\
	  0, G3(0, 63, 255), B2(64, 254) },			\
	{ "allow-fast-path", IFLA_SITELINK_ALLOW_FAST_PATH, 1,		\
	  0, G2(0, 1), B2(2, 255) },				\
	{ "loop-protect", IFLA_SITELINK_LOOP_PROTECT, 1,		\
	  0, G2(0, l2), B2(2, (l2) ? 3 : 1) },			\
	{ "loop-protect-send-interval",					\
	  IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL, 4,			\
	  0, G2(1, 86400), B2(0, 86401) },			\
	{ "loop-protect-disable-time",					\
	  IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME, 4,			\
	  0, G2(0, 86400), B1(86401) },			\
	{ "loop-protect-status", IFLA_SITELINK_LOOP_PROTECT_STATUS, 1,	\
	  NEVER, G1(0) },					\
	{ "mtu-auto", IFLA_SITELINK_MTU_AUTO, 1,			\
	  0, G2(0, 1), B1(2) }

#define EOIP_IDS(max)							\
	{ "link", IFLA_EOIP_LINK, 4, 0, G2(0, 1), B1(0x80000000) },	\
	{ "tunnel-id", IFLA_EOIP_TUNNEL_ID, 4, 0, G3(0, 7, max),	\
	  B2((max) + 1, 0xffffffff) },					\
	{ "ttl", IFLA_EOIP_TTL, 1, 0, G3(1, 64, 255), B1(0) }

#define TWIN(prefix)							\
	{ "link", prefix##_LINK, 4, 0, G2(0, 1), B1(0x80000000) },	\
	{ "local", prefix##_LOCAL, 4, 0, G2(ADDR(1), ADDR(5)),		\
	  B2(GROUP, BROADCAST) },					\
	{ "remote", prefix##_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),	\
	  B1(BROADCAST) },						\
	{ "ttl", prefix##_TTL, 1, 0, G3(0, 64, 255) },			\
	{ "tos", prefix##_TOS, 1, 0, G3(0, 1, 0xb8) },			\
	{ "pmtudisc", prefix##_PMTUDISC, 1, 0, G1(1) },			\
	{ "fwmark", prefix##_FWMARK, 4, 0, G2(0, 0xffffffff) },		\
	{ "encap-type", prefix##_ENCAP_TYPE, 2, 0, G1(0), B2(1, 2) },	\
	{ "external", prefix##_COLLECT_METADATA, 0, NEVER, G1(0) }

#define GRE_OWN								\
	TWIN(IFLA_GRE),							\
	{ "ignore-df", IFLA_GRE_IGNORE_DF, 1, 0, G1(0) },		\
	{ "iflags", IFLA_GRE_IFLAGS, 2, 0,				\
	  G3(0, NET16(0x2000), NET16(0xb000)), B1(NET16(0x0001)) },	\
	{ "oflags", IFLA_GRE_OFLAGS, 2, 0,				\
	  G3(0, NET16(0x2000), NET16(0xb000)), B1(NET16(0x0001)) },	\
	{ "erspan-ver", IFLA_GRE_ERSPAN_VER, 1, NEVER, G1(1) },		\
	{ "erspan-index", IFLA_GRE_ERSPAN_INDEX, 4, NEVER, G1(1) }

#define SET(max)							\
	{ "ttl", SITELINK_A_TUNNEL_TTL, 1, 0, G2(1, 255) },		\
	{ "mtu", SITELINK_A_TUNNEL_MTU, 4, 0, G3(0, 68, 1400),		\
	  B2(67, 65536) },						\
	{ "ifindex", SITELINK_A_TUNNEL_IFINDEX, 4, NEVER, G1(1) },	\
	{ "kind", SITELINK_A_TUNNEL_KIND, 4, NEVER, G1(0) },		\
	{ "tunnel-id", SITELINK_A_TUNNEL_TUNNEL_ID, 4,			\
	  (max) ? 0 : NEVER, G2(0, max), B1((max) + 1) }

#define SET4(max)							\
	SET(max),							\
	{ "local", SITELINK_A_TUNNEL_LOCAL, 4, 0,			\
	  G2(ADDR(1), ADDR(5)), B2(GROUP, BROADCAST) },			\
	{ "remote", SITELINK_A_TUNNEL_REMOTE, 4, 0,			\
	  G2(ADDR(2), ADDR(3)), B1(BROADCAST) },			\
	{ "local6", SITELINK_A_TUNNEL_LOCAL6, 16, NEVER, G1(1) },	\
	{ "remote6", SITELINK_A_TUNNEL_REMOTE6, 16, NEVER, G1(1) }

struct kind kinds[] = {
	{ "eoip",
	  { EOIP_IDS(65535),
	    { "local", IFLA_EOIP_LOCAL, 4, 0, G2(ADDR(1), 0),
	      B2(GROUP, BROADCAST) },
	    { "remote", IFLA_EOIP_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	      B2(GROUP, 0) } },
	  { PROPERTIES(1, 1) }, { SET4(65535) }, { PROPERTIES(1, 1) } },
	{ "eoip6",
	  { EOIP_IDS(4095),
	    { "local", IFLA_EOIP_LOCAL, 16, 0, G2(0x20, 0), B1(0xff) },
	    { "remote", IFLA_EOIP_REMOTE, 16, 0, G1(0x20), B2(0xff, 0) } },
	  { PROPERTIES(1, 1) },
	  { SET(4095),
	    { "local", SITELINK_A_TUNNEL_LOCAL, 4, NEVER, G1(ADDR(1)) },
	    { "remote", SITELINK_A_TUNNEL_REMOTE, 4, NEVER, G1(ADDR(1)) },
	    { "local6", SITELINK_A_TUNNEL_LOCAL6, 16, 0, G2(0x20, 0),
	      B1(0xff) },
	    { "remote6", SITELINK_A_TUNNEL_REMOTE6, 16, 0, G1(0x20),
	      B2(0xff, 0) } },
	  { PROPERTIES(1, 1) } },
	{ "gre",
	  { GRE_OWN,
	    { "ikey", IFLA_GRE_IKEY, 4, 0, G1(0) },
	    { "okey", IFLA_GRE_OKEY, 4, 0, G1(0) } },
	  { PROPERTIES(1, 0) }, { SET4(0) }, { PROPERTIES(1, 0) } },
	{ "gretap",
	  { GRE_OWN,
	    { "ikey", IFLA_GRE_IKEY, 4, 0, G1(0) },
	    { "okey", IFLA_GRE_OKEY, 4, 0, G1(0) } },
	  { PROPERTIES(0, 1) }, { SET4(0) }, { PROPERTIES(0, 1) } },
	{ "ipip",
	  { TWIN(IFLA_IPTUN),
	    { "proto", IFLA_IPTUN_PROTO, 1, 0, G2(0, 4), B2(41, 137) } },
	  { PROPERTIES(1, 0) }, { SET4(0) }, { PROPERTIES(1, 0) } },
	{ "6to4",
	  { { "link", IFLA_6TO4_LINK, 4, 0, G2(0, 1), B1(0x80000000) },
	    { "local", IFLA_6TO4_LOCAL, 4, 0, G2(ADDR(1), ADDR(5)),
	      B2(GROUP, BROADCAST) },
	    { "remote", IFLA_6TO4_REMOTE, 4, 0, G2(ADDR(2), ADDR(3)),
	      B2(GROUP, BROADCAST) },
	    { "ttl", IFLA_6TO4_TTL, 1, 0, G3(0, 64, 255) } },
	  { PROPERTIES(1, 0) }, { SET4(0) }, { PROPERTIES(1, 0) } },
	{ 0 }
};
