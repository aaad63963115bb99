// SPDX-License-Identifier: GPL-2.0-only
#include "menu_ip.h"
#include "net_rows.h"
#include "route.h"

static const struct prop address_rows[] = {
	DISABLED_ROW,
	FLAG_ROW("invalid", 'I', "Its interface is not there."),
	DYNAMIC_ROW,
	{ .name = "address", .rule = { &type_address },
	  .flags = PROP_REQUIRED | PROP_KEY, .maps = "local, prefix length",
	  .help = "Address and prefix length; without a length: 32." },
	{ .name = "network", .rule = { &type_ip }, .flags = PROP_UNSET,
	  .maps = "peer, if it is not the address' own network",
	  .help = "What is reached by it; the other end of a point-to-point link." },
	{ .name = "interface", .rule = { &type_interface },
	  .flags = PROP_REQUIRED | PROP_KEY, .menu = "interface",
	  .maps = "dev", .help = "Interface that gets it." },
	{ .name = "actual-interface", .rule = { &type_interface },
	  .flags = PROP_READ_ONLY | PROP_UNSET,
	  .help = "Interface that has it." },
	COMMENT_ROW,
};

const struct menu menu_ip_address = {
	.path = "ip address", TABLE_OF(address_rows),
	.columns = "address network interface",
	.title = "IP addresses",
	.help = "IPv4 addresses of interfaces.",
	.others = address_others,
};

static const char *const no_pool[] = { "none", NULL };

static const struct prop pool_rows[] = {
	{ .name = "name", .rule = { &type_name },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "Name of the pool." },
	{ .name = "ranges", .rule = { .type = &type_ip_range, .list = true },
	  .flags = PROP_REQUIRED, .maps = "none by itself",
	  .help = "Addresses that are given away." },
	{ .name = "next-pool", .rule = { .type = &type_name, .words = no_pool },
	  .def = "none", .menu = "ip pool", .flags = PROP_UNSET,
	  .maps = "none by itself",
	  .help = "Where to go on when all are given away." },
	COMMENT_ROW,
};

const struct menu menu_ip_pool = {
	.path = "ip pool", TABLE_OF(pool_rows), .columns = "name ranges",
	.stem = "pool", .title = "IP pools",
	.help = "Ranges of addresses, for those that give them away.",
};

const char *const route_types[] = {
	"unicast", "blackhole", "unreachable", "prohibit", NULL
};

const char *const check_words[] = { "none", "arp", "ping", "bfd", NULL };

#define ROUTE_PREFIX	type_prefix
#define ROUTE_IP	type_ip
#define ROUTE_GATEWAY	type_gateway
#define ROUTE_ANY	"0.0.0.0/0"

static const struct prop route_rows[] = {
#include "route_rows.h"
};

const struct menu menu_ip_route = {
	.path = "ip route", TABLE_OF(route_rows),
	.columns = "dst-address pref-src gateway distance",
	.title = "IP routes", .help = "IPv4 routes.",
	.check = route_check, .others = route_others,
};

static const char *const rp_filter_words[] = { "no", "loose", "strict", NULL };

static const char *const timestamp_words[] = {
	"disabled", "enabled", "random-offset", NULL
};

static const char *const hash_words[] = { "l3", "l3-inner", "l4", NULL };

#define WHEN_SET "; left alone unless it is set"

static const struct prop settings_rows[] = {
	SETTING_ROW("ip-forward", "yes", "net.ipv4.ip_forward",
		    "Be a router; set as soon as anything in /ip is."),
	SETTING_ROW("send-redirects", "yes",
		    "net.ipv4.conf.*.send_redirects" WHEN_SET,
		    "Tell hosts of a nearer router."),
	SETTING_ROW("accept-source-route", "no",
		    "net.ipv4.conf.*.accept_source_route" WHEN_SET,
		    "Obey a route that the sender has chosen."),
	SETTING_ROW("accept-redirects", "no",
		    "net.ipv4.conf.all.accept_redirects",
		    "Believe routers that tell of a nearer one; set with ip-forward."),
	SETTING_ROW("secure-redirects", "yes",
		    "net.ipv4.conf.*.secure_redirects" WHEN_SET,
		    "Believe only those that are gateways."),
	{ .name = "rp-filter", .rule = { .type = &type_word,
		.words = rp_filter_words }, .def = "no",
	  .flags = PROP_EXPLICIT,
	  .maps = "net.ipv4.conf.*.rp_filter" WHEN_SET,
	  .help = "Drop packets whose source is not reached by where they came from." },
	SETTING_ROW("tcp-syncookies", "no", "net.ipv4.tcp_syncookies" WHEN_SET,
		    "Withstand floods of SYN."),
	{ .name = "tcp-timestamps", .rule = { .type = &type_word,
		.words = timestamp_words }, .def = "random-offset",
	  .flags = PROP_EXPLICIT,
	  .maps = "net.ipv4.tcp_timestamps" WHEN_SET,
	  .help = "Timestamps of TCP." },
	{ .name = "max-neighbor-entries",
	  .rule = { &type_number, 1, 4294967295 },
	  .def = "8192", .flags = PROP_EXPLICIT,
	  .maps = "net.ipv4.neigh.default.gc_thresh3" WHEN_SET,
	  .help = "Neighbours that are known at most." },
	{ .name = "arp-timeout", .rule = { &type_time, 1, 86400 },
	  .def = "30s", .note = "the kernel's own time is used",
	  .help = "How long a neighbour is believed in." },
	SETTING_ROW("icmp-errors-use-inbound-interface-address", "no",
		    "net.ipv4.icmp_errors_use_inbound_ifaddr" WHEN_SET,
		    "Sender of ICMP's errors."),
	{ .name = "icmp-rate-limit", .rule = { &type_number, 0, 4294967295 },
	  .def = "10", .note = "the kernel's own limit is used",
	  .help = "ICMP messages in a second." },
	{ .name = "icmp-rate-mask", .rule = { &type_text }, .def = "0x1818",
	  .note = "the kernel's own mask is used",
	  .help = "Types of ICMP that are limited." },
	{ .name = "ipv4-multipath-hash-policy", .rule = { .type = &type_word,
		.words = hash_words }, .def = "l3",
	  .flags = PROP_EXPLICIT,
	  .maps = "net.ipv4.fib_multipath_hash_policy" WHEN_SET,
	  .help = "What makes packets go the same way." },
	{ .name = "allow-fast-path", .rule = { &type_bool }, .def = "yes",
	  .note = "Linux has no such switch for all interfaces",
	  .help = "A shorter way through the kernel." },
	{ .name = "route-cache", .rule = { &type_bool }, .def = "yes",
	  .note = "Linux has no route cache", .help = "Before version 7." },
};

const struct menu menu_ip_settings = {
	.path = "ip settings", TABLE_OF(settings_rows), .flags = MENU_SINGLE,
	.title = "IP settings", .help = "What IPv4 does on all interfaces.",
};
