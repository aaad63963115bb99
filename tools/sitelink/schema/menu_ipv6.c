// SPDX-License-Identifier: GPL-2.0-only
#include "menu_ipv6.h"
#include "net_rows.h"
#include "route.h"

static const struct prop address_rows[] = {
	DISABLED_ROW,
	FLAG_ROW("invalid", 'I', "Its interface is not there."),
	DYNAMIC_ROW,
	FLAG_ROW("global", 'G', "It is one for everywhere."),
	FLAG_ROW("link-local", 'L', "It is one for the link."),
	{ .name = "address", .rule = { &type_address6 },
	  .flags = PROP_REQUIRED | PROP_KEY, .maps = "local, prefix length",
	  .help = "Address and prefix length; without a length: 64." },
	{ .name = "from-pool", .rule = { &type_text }, .flags = PROP_UNSET,
	  .why = "there is no DHCPv6 client that fills pools; give the prefix in address",
	  .help = "Pool of the prefix." },
	{ .name = "interface", .rule = { &type_interface },
	  .flags = PROP_REQUIRED | PROP_KEY, .menu = "interface",
	  .maps = "dev", .help = "Interface that gets it." },
	{ .name = "actual-interface", .rule = { &type_interface },
	  .flags = PROP_READ_ONLY | PROP_UNSET,
	  .help = "Interface that has it." },
	BOOL_ROW("eui-64", "no", "host part, of the interface's own address",
		 "Make the lower 64 bits of the interface's own address."),
	BOOL_ROW("advertise", "yes", "router advertisements of /ipv6 nd",
		 "Tell hosts on the link of the prefix."),
	BOOL_ROW("no-dad", "no", "nodad",
		 "Do not look for others that have it."),
	{ .name = "auto-link-local", .rule = { &type_bool }, .def = "yes",
	  .note = "the kernel's own setting is used",
	  .help = "Have a link-local address." },
	COMMENT_ROW,
};

const struct menu menu_ipv6_address = {
	.path = "ipv6 address", TABLE_OF(address_rows),
	.columns = "address interface advertise",
	.title = "IPv6 addresses",
	.help = "IPv6 addresses of interfaces.",
	.others = address6_others,
};

#define ROUTE_PREFIX	type_prefix6
#define ROUTE_IP	type_ip6
#define ROUTE_GATEWAY	type_gateway6
#define ROUTE_ANY	"::/0"

static const struct prop route_rows[] = {
#include "route_rows.h"
};

const struct menu menu_ipv6_route = {
	.path = "ipv6 route", TABLE_OF(route_rows),
	.columns = "dst-address pref-src gateway distance",
	.title = "IPv6 routes", .help = "IPv6 routes.",
	.check = route_check, .others = route6_others,
};

static const char *const redirect_words[] = {
	"no", "yes-if-forwarding-disabled", NULL
};

static const char *const ra_words[] = {
	"no", "yes", "yes-if-forwarding-disabled", NULL
};

static const char *const hash_words[] = { "l3", "l3-inner", "l4", NULL };

#define WHEN_SET "; left alone unless it is set"

static const struct prop settings_rows[] = {
	SETTING_ROW("disable-ipv6", "no", "net.ipv6.conf.all.disable_ipv6",
		    "No IPv6 at all; set as soon as anything in /ipv6 is."),
	SETTING_ROW("forward", "yes", "net.ipv6.conf.all.forwarding",
		    "Be a router; set as soon as anything in /ipv6 is."),
	{ .name = "accept-redirects", .rule = { .type = &type_word,
		.words = redirect_words }, .def = "yes-if-forwarding-disabled",
	  .flags = PROP_EXPLICIT,
	  .maps = "net.ipv6.conf.*.accept_redirects" WHEN_SET,
	  .help = "Believe routers that tell of a nearer one." },
	{ .name = "accept-router-advertisements", .rule = { .type = &type_word,
		.words = ra_words }, .def = "yes-if-forwarding-disabled",
	  .flags = PROP_EXPLICIT,
	  .maps = "net.ipv6.conf.*.accept_ra" WHEN_SET,
	  .help = "Take addresses and routes from routers." },
	{ .name = "max-neighbor-entries",
	  .rule = { &type_number, 1, 4294967295 },
	  .def = "8192", .flags = PROP_EXPLICIT,
	  .maps = "net.ipv6.neigh.default.gc_thresh3" WHEN_SET,
	  .help = "Neighbours that are known at most." },
	{ .name = "multipath-hash-policy", .rule = { .type = &type_word,
		.words = hash_words }, .def = "l3",
	  .flags = PROP_EXPLICIT,
	  .maps = "net.ipv6.fib_multipath_hash_policy" WHEN_SET,
	  .help = "What makes packets go the same way." },
	{ .name = "allow-fast-path", .rule = { &type_bool }, .def = "yes",
	  .note = "Linux has no such switch for all interfaces",
	  .help = "A shorter way through the kernel." },
};

const struct menu menu_ipv6_settings = {
	.path = "ipv6 settings", TABLE_OF(settings_rows), .flags = MENU_SINGLE,
	.title = "IPv6 settings", .help = "What IPv6 does on all interfaces.",
};
