// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "machine.h"
#include "menu_service.h"
#include "net_rows.h"
#include "type_service.h"

#define NOT_SAID	"dnsmasq says nothing about it in its advertisements"

static const char *const all_words[] = { "all", NULL };
static const char *const unspecified[] = { "unspecified", NULL };
static const char *const none[] = { "none", NULL };
static const char *const infinity[] = { "infinity", NULL };
static const char *const preferences[] = { "low", "medium", "high", NULL };
static const char *const dns_words[] = { "no", "yes", "self", NULL };

static const struct prop nd_rows[] = {
	DISABLED_ROW,
	FLAG_ROW("invalid", 'I', "Its interface is not there."),
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "interface",
	  .rule = { .type = &type_interface, .words = all_words },
	  .flags = PROP_REQUIRED | PROP_KEY, .menu = "interface",
	  .maps = "ra-param=; where an address has advertise=yes, on no tunnel but eoip",
	  .help = "Where; one by name goes before all." },
	{ .name = "ra-interval", .rule = { &type_interval },
	  .def = "3m20s-10m",
	  .maps = "the longer one; the shorter is three quarters of it",
	  .help = "Time between advertisements." },
	{ .name = "ra-delay", .rule = { &type_time }, .def = "3s",
	  .note = "dnsmasq has a delay of its own",
	  .help = "Least time between two answers." },
	{ .name = "mtu",
	  .rule = { &type_number, 1280, 65535, unspecified },
	  .def = "unspecified", .maps = "ra-param=...,mtu:",
	  .help = "MTU of the link." },
	{ .name = "reachable-time",
	  .rule = { &type_time, 0, 3600, unspecified },
	  .def = "unspecified", .why = NOT_SAID,
	  .help = "How long a neighbour counts as reachable." },
	{ .name = "retransmit-interval",
	  .rule = { &type_time, .words = unspecified },
	  .def = "unspecified", .why = NOT_SAID,
	  .help = "Time between solicitations." },
	{ .name = "ra-lifetime", .rule = { &type_time, 0, 9000, none },
	  .def = "30m",
	  .maps = "ra-param=; no less than the interval, unless it is none",
	  .help = "How long this is a default router." },
	{ .name = "ra-preference",
	  .rule = { .type = &type_word, .words = preferences },
	  .def = "medium", .maps = "ra-param=",
	  .help = "Of this router among others." },
	{ .name = "hop-limit", .rule = { &type_number, 0, 255, unspecified },
	  .def = "unspecified",
	  .why = "dnsmasq says the interface's own, sysctl hop_limit",
	  .help = "Hop limit for hosts to use." },
	{ .name = "advertise-mac-address", .rule = { &type_bool },
	  .def = "yes", .why = "dnsmasq says it always",
	  .help = "Say the link-layer address." },
	{ .name = "advertise-dns",
	  .rule = { .type = &type_word, .words = dns_words }, .def = "no",
	  .maps = "this machine if it answers others, or for self; else servers of /ip dns",
	  .help = "Say the servers of DNS." },
	{ .name = "managed-address-configuration", .rule = { &type_bool },
	  .def = "no", .why = "there is no DHCPv6 server that gives addresses",
	  .help = "Addresses come by DHCPv6." },
	{ .name = "other-configuration", .rule = { &type_bool },
	  .def = "no", .maps = "ra-stateless: servers of DNS by DHCPv6, too",
	  .help = "All but addresses comes by DHCPv6." },
	{ .name = "dns", .rule = { .type = &type_ip6, .list = true },
	  .def = "", .maps = "option6:dns-server",
	  .help = "Servers of DNS to say, and no others." },
	{ .name = "pref64", .rule = { .type = &type_prefix6, .list = true },
	  .def = "", .why = NOT_SAID, .help = "Prefixes of NAT64." },
	COMMENT_ROW,
};

static void nd_builtin(struct config *c, const struct menu *m)
{
	struct item *item = item_add(c, m, NULL);

	item->builtin = true;
	item_put(c, item, "interface", "all");
	item_put(c, item, "default", "yes");
}

static void nd_live(struct machine *m, struct item *item)
{
	const char *ifname = item_get(item, "interface");

	if (strcmp(ifname, "all") && !machine_iface(m, ifname))
		live_put(item, "invalid", "yes");
}

const struct menu menu_ipv6_nd = {
	.path = "ipv6 nd", TABLE_OF(nd_rows), .title = "Neighbour discovery",
	.columns = "interface ra-interval ra-lifetime",
	.help = "Router advertisements.", .builtin = nd_builtin,
	.live = nd_live,
};

static const struct prop prefix_rows[] = {
	{ .name = "preferred-lifetime", .rule = { &type_time, 120, 0, infinity },
	  .def = "1w",
	  .note = "dnsmasq has one lifetime for both, which is valid-lifetime",
	  .help = "How long new connections use an address." },
	{ .name = "valid-lifetime", .rule = { &type_time, 120, 0, infinity },
	  .def = "4w", .maps = "lease time of dhcp-range=",
	  .help = "How long an address is used." },
	{ .name = "autonomous", .rule = { &type_bool }, .def = "yes",
	  .why = "dnsmasq advertises prefixes for no other use",
	  .help = "Hosts make addresses of prefixes." },
};

const struct menu menu_ipv6_nd_prefix_default = {
	.path = "ipv6 nd prefix default", TABLE_OF(prefix_rows),
	.flags = MENU_SINGLE, .title = "Neighbour discovery, prefixes",
	.help = "What is said of each prefix.",
};
