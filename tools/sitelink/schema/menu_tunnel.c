// SPDX-License-Identifier: GPL-2.0-only
/* Menus of tunnels, in the order in which RouterOS prints. */
#include "live.h"
#include "menu_rows.h"
#include "menu_tunnel.h"

#define NEST	"IFLA_SITELINK_"

#define ROW_OWN_FORMAT \
	"; the format is our own, so it is off without being asked for"

static const char *const loop_protect[] = { "default", "on", "off", NULL };
static const char *const loop_status[] = { "on", "off", "disable", NULL };
static const char *const dont_fragment[] = { "no", "inherit", NULL };

#define ROW_MTU \
	.name = "mtu", \
	.rule = { .type = &type_number, .min = 68, .max = 65535, \
		  .words = rows_auto }, \
	.def = "auto", \
	.maps = "auto: " NEST "MTU_AUTO, the mtu follows the path; " \
		"a number: mtu of the interface", \
	.help = "Layer 3 maximum transmission unit."

#define ROW_MAC \
	.name = "mac-address", .rule = { .type = &type_mac }, \
	.maps = "address of the interface; without: a random one", \
	.help = "Media Access Control number."

#define ROW_LOOP_PROTECT \
	.name = "loop-protect", \
	.rule = { .type = &type_word, .words = loop_protect }, \
	.def = "default", \
	.maps = NEST "LOOP_PROTECT; default: off", \
	.help = "Look for loops by frames of its own."

#define ROW_LOOP_STATUS \
	.name = "loop-protect-status", \
	.rule = { .type = &type_word, .words = loop_status }, \
	.flags = PROP_READ_ONLY, \
	.help = "disable: a loop was seen, and the tunnel does not run."

#define ROW_LOOP_TIME(_name, _min, _def, _attr, _help) \
	.name = (_name), \
	.rule = { .type = &type_time, .min = (_min), .max = 86400 }, \
	.def = (_def), .maps = NEST _attr, .help = (_help)

#define ROW_LOOP_SEND \
	ROW_LOOP_TIME("loop-protect-send-interval", 1, "5s", \
		      "LOOP_PROTECT_SEND_INTERVAL", "Time between two frames.")

#define ROW_LOOP_DISABLE \
	ROW_LOOP_TIME("loop-protect-disable-time", 0, "5m", \
		      "LOOP_PROTECT_DISABLE_TIME", \
		      "How long the tunnel stays off; 0s: for good.")

#define ROW_ADDRESS(_name, _type, _def, _flags, _help) \
	.name = (_name), .rule = { .type = (_type) }, .def = (_def), \
	.flags = (_flags), .maps = "outer address", .help = (_help)

#define ROW_LOCAL(_type, _any) \
	ROW_ADDRESS("local-address", _type, _any, PROP_KEY, \
		    "Source address of the packets; none: by the route.")

#define ROW_REMOTE(_type) \
	ROW_ADDRESS("remote-address", _type, NULL, \
		    PROP_KEY | PROP_REQUIRED, "Address of the remote end.")

#define ROW_TUNNEL_ID(_max) \
	.name = "tunnel-id", .rule = { .type = &type_number, .max = (_max) }, \
	.flags = PROP_KEY | PROP_REQUIRED, \
	.maps = "IFLA_EOIP_TUNNEL_ID", \
	.help = "Number of the tunnel, the same on both ends."

#define ROW_KEEPALIVE(_def, _more) \
	.name = "keepalive", \
	.rule = { .type = &type_keepalive, .max = 86400 }, \
	.def = (_def), .unset = "0s,0", \
	.maps = NEST "KEEPALIVE_INTERVAL and _RETRIES; 0s,0 is off" _more, \
	.help = "Interval, and how many may fail until the tunnel is not " \
		"running any more."

#define ROW_DSCP \
	.name = "dscp", \
	.rule = { .type = &type_number, .max = 63, .words = rows_inherit }, \
	.def = "inherit", .maps = NEST "DSCP", \
	.help = "DSCP of the outer packets."

#define ROW_CLAMP \
	.name = "clamp-tcp-mss", .rule = { .type = &type_bool }, \
	.def = "yes", .maps = NEST "CLAMP_TCP_MSS", \
	.help = "Lower the MSS of received TCP SYN to what fits."

#define ROW_DONT_FRAGMENT \
	.name = "dont-fragment", \
	.rule = { .type = &type_word, .words = dont_fragment }, \
	.def = "no", .maps = NEST "DONT_FRAGMENT", \
	.help = "Whether outer packets have the DF of inner ones, or none."

#define ROW_FAST_PATH \
	.name = "allow-fast-path", .rule = { .type = &type_bool }, \
	.def = "yes", .maps = NEST "ALLOW_FAST_PATH", \
	.help = "Whether packets may take a shorter path."

#define ROW_IPSEC_SECRET \
	.name = "ipsec-secret", \
	.rule = { .type = &type_text, .max = 1024 }, .flags = PROP_SECRET, \
	.maps = "dynamic items of /ip ipsec peer, identity and policy", \
	.help = "Secret of IPsec between the two ends."

static const struct prop eoip[] = {
	{ ROW_DISABLED(ROW_UP_DOWN) },
	{ ROW_RUNNING },
	{ ROW_NAME },
	{ ROW_MTU },
	{ ROW_ACTUAL_MTU },
	{ ROW_L2MTU },
	{ ROW_MAC },
	{ ROW_ARP },
	{ ROW_ARP_TIMEOUT },
	{ ROW_LOOP_PROTECT },
	{ ROW_LOOP_STATUS },
	{ ROW_LOOP_SEND },
	{ ROW_LOOP_DISABLE },
	{ ROW_LOCAL(&type_ip, "0.0.0.0") },
	{ ROW_REMOTE(&type_ip) },
	{ ROW_TUNNEL_ID(65535) },
	{ ROW_KEEPALIVE("10s,10", "") },
	{ ROW_DSCP },
	{ ROW_CLAMP },
	{ ROW_DONT_FRAGMENT },
	{ ROW_IPSEC_SECRET },
	{ ROW_FAST_PATH },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_TYPE("eoip") },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

static const struct prop eoipv6[] = {
	{ ROW_DISABLED(ROW_UP_DOWN) },
	{ ROW_RUNNING },
	{ ROW_NAME },
	{ ROW_MTU },
	{ ROW_ACTUAL_MTU },
	{ ROW_L2MTU },
	{ ROW_MAC },
	{ ROW_ARP },
	{ ROW_ARP_TIMEOUT },
	{ ROW_LOOP_PROTECT },
	{ ROW_LOOP_STATUS },
	{ ROW_LOOP_SEND },
	{ ROW_LOOP_DISABLE },
	{ ROW_LOCAL(&type_ip6, "::") },
	{ ROW_REMOTE(&type_ip6) },
	{ ROW_TUNNEL_ID(4095) },
	{ ROW_KEEPALIVE("10s,10", "") },
	{ ROW_DSCP },
	{ ROW_CLAMP },
	{ ROW_DONT_FRAGMENT },
	{ ROW_IPSEC_SECRET },
	{ ROW_FAST_PATH },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_TYPE("eoipv6") },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

static const struct prop gre[] = {
	{ ROW_DISABLED(ROW_UP_DOWN) },
	{ ROW_RUNNING },
	{ ROW_NAME },
	{ ROW_MTU },
	{ ROW_ACTUAL_MTU },
	{ .name = "l2mtu",
	  .rule = { .type = &type_number, .max = 65536 }, .def = "65535",
	  .note = "has no effect: Linux has no layer 2 mtu",
	  .help = "Layer 2 maximum transmission unit." },
	{ ROW_LOCAL(&type_ip, "0.0.0.0") },
	{ ROW_REMOTE(&type_ip) },
	{ ROW_KEEPALIVE("10s,10", "") },
	{ ROW_DSCP },
	{ ROW_CLAMP },
	{ ROW_DONT_FRAGMENT },
	{ ROW_IPSEC_SECRET },
	{ ROW_FAST_PATH },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_TYPE("gre-tunnel") },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

static const struct prop ipip[] = {
	{ ROW_DISABLED(ROW_UP_DOWN) },
	{ ROW_RUNNING },
	{ ROW_NAME },
	{ ROW_MTU },
	{ ROW_ACTUAL_MTU },
	{ ROW_LOCAL(&type_ip, "0.0.0.0") },
	{ ROW_REMOTE(&type_ip) },
	{ ROW_KEEPALIVE("0s,0", ROW_OWN_FORMAT) },
	{ ROW_DSCP },
	{ ROW_CLAMP },
	{ ROW_DONT_FRAGMENT },
	{ ROW_IPSEC_SECRET },
	{ ROW_FAST_PATH },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_TYPE("ipip-tunnel") },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

static const struct prop sit[] = {
	{ ROW_DISABLED(ROW_UP_DOWN) },
	{ ROW_RUNNING },
	{ ROW_NAME },
	{ ROW_MTU },
	{ ROW_ACTUAL_MTU },
	{ ROW_LOCAL(&type_ip, "0.0.0.0") },
	{ ROW_ADDRESS("remote-address", &type_ip, NULL,
		      PROP_KEY | PROP_UNSET,
		      "Address of the remote end; none: 6to4, by the inner address.") },
	{ ROW_KEEPALIVE("0s,0", ROW_OWN_FORMAT) },
	{ ROW_DSCP },
	{ ROW_CLAMP },
	{ ROW_DONT_FRAGMENT },
	{ ROW_IPSEC_SECRET },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_TYPE("6to4-tunnel") },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

static const struct prop vti[] = {
	{ ROW_DISABLED(ROW_UP_DOWN) },
	{ ROW_RUNNING },
	{ ROW_NAME },
	{ ROW_MTU },
	{ ROW_ACTUAL_MTU },
	{ ROW_LOCAL(&type_ip, "0.0.0.0") },
	{ ROW_REMOTE(&type_ip) },
	{ ROW_CLAMP },
	{ ROW_FAST_PATH },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_TYPE("vti") },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

const struct menu menu_eoip = {
	.path = "interface eoip",
	.props = eoip,
	.count = ARRAY_SIZE(eoip),
	.flags = MENU_INTERFACE | MENU_DETAIL,
	.stem = "eoip-tunnel",
	.title = "EoIP",
	.help = "Ethernet over IPv4, as RouterOS has it.",
	.live = live_tunnel,
};

const struct menu menu_eoipv6 = {
	.path = "interface eoipv6",
	.props = eoipv6,
	.count = ARRAY_SIZE(eoipv6),
	.flags = MENU_INTERFACE | MENU_DETAIL,
	.stem = "eoipv6-tunnel",
	.title = "EoIPv6",
	.help = "Ethernet over IPv6, as RouterOS has it.",
	.live = live_tunnel,
};

const struct menu menu_gre = {
	.path = "interface gre",
	.props = gre,
	.count = ARRAY_SIZE(gre),
	.flags = MENU_INTERFACE,
	.columns = "name mtu local-address remote-address",
	.stem = "gre-tunnel",
	.title = "GRE",
	.help = "Generic routing encapsulation.",
	.live = live_tunnel,
};

const struct menu menu_ipip = {
	.path = "interface ipip",
	.props = ipip,
	.count = ARRAY_SIZE(ipip),
	.flags = MENU_INTERFACE,
	.columns = "name mtu local-address remote-address",
	.stem = "ipip",
	.title = "IPIP",
	.help = "IPv4 in IPv4.",
	.live = live_tunnel,
};

const struct menu menu_6to4 = {
	.path = "interface 6to4",
	.props = sit,
	.count = ARRAY_SIZE(sit),
	.flags = MENU_INTERFACE,
	.columns = "name mtu local-address remote-address",
	.stem = "6to4-tunnel",
	.title = "6to4",
	.help = "IPv6 in IPv4: 6to4, and to a tunnel broker.",
	.live = live_tunnel,
};

const struct menu menu_vti = {
	.path = "interface vti",
	.props = vti,
	.count = ARRAY_SIZE(vti),
	.flags = MENU_INTERFACE,
	.columns = "name mtu local-address remote-address",
	.stem = "vti",
	.title = "VTI",
	.help = "Route-based IPsec; the device chooses its mark by itself.",
	.live = live_tunnel,
};
