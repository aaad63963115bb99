// SPDX-License-Identifier: GPL-2.0-only
/* Menus that are only for tests: a row of each kind. */
#include "config.h"

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

static const char *const word_auto[] = { "auto", NULL };
static const char *const words_arp[] = {
	"disabled", "enabled", "proxy-arp", "reply-only", NULL
};

static const char *const word_inherit[] = { "inherit", NULL };
static const char *const words_df[] = { "inherit", "no", NULL };
static const char *const words_loop[] = { "default", "on", "off", NULL };
static const char *const words_chain[] = { "srcnat", "dstnat", NULL };

#define DISABLED { .name = "disabled", .rule = { &type_bool }, .def = "no", \
	.flags = PROP_FLAG, .letter = 'X', .help = "is it left out" }
#define COMMENT	{ .name = "comment", .rule = { &type_text }, \
	.help = "of no effect" }

static const struct prop eoip_props[] = {
	DISABLED,
	{ .name = "running", .rule = { &type_bool }, .letter = 'R',
	  .flags = PROP_READ_ONLY | PROP_FLAG },
	COMMENT,
	{ .name = "name", .rule = { &type_ifname }, .flags = PROP_NAME,
	  .maps = "name", .help = "its name" },
	{ .name = "mtu", .rule = { &type_number, 68, 65535, word_auto },
	  .def = "auto", .maps = "mtu" },
	{ .name = "actual-mtu", .rule = { &type_number },
	  .flags = PROP_READ_ONLY },
	{ .name = "l2mtu", .rule = { &type_number }, .flags = PROP_READ_ONLY },
	{ .name = "mac-address", .rule = { &type_mac } },
	{ .name = "arp", .rule = { &type_word, .words = words_arp },
	  .def = "enabled", .refuse = "reply-only", .why = "only in part" },
	{ .name = "arp-timeout", .rule = { &type_time, .words = word_auto },
	  .def = "auto" },
	{ .name = "loop-protect", .rule = { &type_word, .words = words_loop },
	  .def = "default" },
	{ .name = "loop-protect-status", .def = "off",
	  .rule = { &type_word, .words = words_loop },
	  .flags = PROP_READ_ONLY },
	{ .name = "loop-protect-send-interval", .rule = { &type_time },
	  .def = "5s" },
	{ .name = "loop-protect-disable-time", .rule = { &type_time },
	  .def = "5m" },
	{ .name = "local-address", .rule = { &type_ip }, .def = "0.0.0.0" },
	{ .name = "remote-address", .rule = { &type_ip } },
	{ .name = "tunnel-id", .rule = { &type_number, 0, 65535 },
	  .flags = PROP_REQUIRED },
	{ .name = "keepalive", .rule = { &type_keepalive }, .def = "10s,10",
	  .unset = "0s,0" },
	{ .name = "dscp", .rule = { &type_number, 0, 63, word_inherit },
	  .def = "inherit" },
	{ .name = "clamp-tcp-mss", .rule = { &type_bool }, .def = "yes" },
	{ .name = "dont-fragment", .rule = { &type_word, .words = words_df },
	  .def = "no" },
	{ .name = "allow-fast-path", .rule = { &type_bool }, .def = "yes",
	  .note = "*fast* `enough` without_" },
	{ .name = "ipsec-secret", .rule = { &type_text },
	  .flags = PROP_SECRET },
	{ .name = "rx-byte", .rule = { &type_number },
	  .flags = PROP_READ_ONLY | PROP_STATS },
	{ .name = "tx-byte", .rule = { &type_number },
	  .flags = PROP_READ_ONLY | PROP_STATS },
};

static const struct prop port_props[] = {
	{ .name = "inactive", .rule = { &type_bool }, .letter = 'I',
	  .flags = PROP_READ_ONLY | PROP_FLAG },
	{ .name = "hw-offload", .rule = { &type_bool }, .letter = 'H',
	  .flags = PROP_READ_ONLY | PROP_FLAG },
	COMMENT,
	{ .name = "interface", .rule = { &type_text }, .flags = PROP_REQUIRED,
	  .menu = "interface" },
	{ .name = "bridge", .rule = { &type_text } },
	{ .name = "hw", .rule = { &type_bool }, .def = "yes" },
	{ .name = "pvid", .rule = { &type_number }, .def = "1" },
	{ .name = "priority", .rule = { &type_number, .words = word_auto },
	  .def = "0x80" },
	{ .name = "path-cost", .rule = { &type_number }, .def = "10" },
	{ .name = "internal-path-cost", .rule = { &type_number },
	  .def = "10" },
	{ .name = "horizon", .rule = { &type_text }, .def = "none" },
};

static const struct prop nat_props[] = {
	DISABLED,
	{ .name = "invalid", .rule = { &type_bool }, .letter = 'I',
	  .flags = PROP_READ_ONLY | PROP_FLAG },
	{ .name = "dynamic", .rule = { &type_bool }, .letter = 'D',
	  .flags = PROP_READ_ONLY | PROP_FLAG },
	COMMENT,
	{ .name = "chain", .flags = PROP_REQUIRED,
	  .rule = { &type_text, .words = words_chain } },
	{ .name = "action", .rule = { &type_text, .words = words_df },
	  .def = "accept" },
	{ .name = "src-address", .rule = { &type_prefix }, .flags = PROP_NOT },
	{ .name = "src-address-list", .rule = { &type_text },
	  .flags = PROP_NOT },
	{ .name = "dst-port", .rule = { &type_ports, .list = true },
	  .flags = PROP_NOT },
	{ .name = "log-prefix", .rule = { &type_text }, .def = "" },
	{ .name = "place-before", .rule = { &type_text },
	  .flags = PROP_POSITION },
	{ .name = "bytes", .rule = { &type_number }, .def = "0",
	  .flags = PROP_READ_ONLY | PROP_STATS },
	{ .name = "packets", .rule = { &type_number }, .def = "0",
	  .flags = PROP_READ_ONLY | PROP_STATS },
};

static const struct prop dns_props[] = {
	{ .name = "servers", .rule = { &type_ip, .list = true }, .def = "" },
	{ .name = "allow-remote-requests", .rule = { &type_bool },
	  .def = "no" },
	{ .name = "cache-size", .rule = { &type_number }, .def = "2048" },
};

static const struct prop interface_props[] = {
	DISABLED,
	{ .name = "running", .rule = { &type_bool }, .letter = 'R',
	  .flags = PROP_READ_ONLY | PROP_FLAG },
	COMMENT,
	{ .name = "name", .rule = { &type_name }, .flags = PROP_NAME },
	{ .name = "mtu", .rule = { &type_number } },
};

static void interface_builtin(struct config *c, const struct menu *m)
{
	struct item *item = item_add(c, m, NULL);

	item->builtin = true;
	item_put(c, item, "name", "ether 2");
	item_put(c, item, "mtu", "1500");
}

#define FLAG(_name, _letter) { .name = _name, .rule = { &type_bool }, \
	.flags = PROP_FLAG, .letter = _letter }

static const struct prop route_props[] = {
	DISABLED,
	FLAG("active", 'A'),
	FLAG("dynamic", 'D'),
	FLAG("connect", 'C'),
	FLAG("static", 'S'),
	FLAG("ospf", 'o'),
	FLAG("blackhole", 'B'),
	{ .name = "dst-address", .rule = { &type_prefix } },
};

static const struct prop log_props[] = {
	{ .name = "default", .rule = { &type_bool }, .letter = '*',
	  .flags = PROP_READ_ONLY | PROP_FLAG },
	{ .name = "topics", .rule = { &type_text } },
	{ .name = "prefix", .rule = { &type_text } },
	{ .name = "regex", .rule = { &type_text }, .of = "default" },
	{ .name = "done", .rule = { &type_bool }, .letter = 'D', .def = "no",
	  .flags = PROP_FLAG | PROP_SHOWN, .of = "!default" },
	{ .name = "action", .rule = { &type_text } },
};

static void log_builtin(struct config *c, const struct menu *m)
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		struct item *item = item_add(c, m, NULL);

		item->builtin = true;
		item_put(c, item, "default", "yes");
		item_put(c, item, "topics", i ? "error" : "info");
	}
}

static const struct menu interface_menu = {
	.path = "interface",
	.props = interface_props, .count = COUNT(interface_props),
	.columns = "name mtu",
	.flags = MENU_INTERFACE | MENU_FIXED, .builtin = interface_builtin,
	.help = "of any kind",
};

static const struct menu eoip_menu = {
	.path = "interface eoip",
	.props = eoip_props, .count = COUNT(eoip_props),
	.stem = "eoip",
	.flags = MENU_INTERFACE | MENU_DETAIL, .title = "EoIP_tunnels*",
	.help = "Ethernet over IP",
};

static const struct menu port_menu = {
	.path = "interface bridge port",
	.props = port_props, .count = COUNT(port_props),
};

static const struct menu nat_menu = {
	.path = "ip firewall nat",
	.props = nat_props, .count = COUNT(nat_props),
	.columns = "chain action",
	.flags = MENU_DETAIL | MENU_ORDERED, .help = "of addresses",
};

static const struct menu dns_menu = {
	.path = "ip dns",
	.props = dns_props, .count = COUNT(dns_props),
	.flags = MENU_SINGLE,
	.help = "who resolves names",
};

static const struct menu route_menu = {
	.path = "ip route",
	.props = route_props, .count = COUNT(route_props),
};

static const struct menu log_menu = {
	.path = "system logging",
	.props = log_props, .count = COUNT(log_props),
	.flags = MENU_LINES, .columns = "topics prefix action",
	.builtin = log_builtin,
};

const struct menu *const menus[] = {
	&interface_menu, &eoip_menu, &port_menu, &nat_menu, &dns_menu,
	&route_menu, &log_menu,
};

const unsigned int menu_count = COUNT(menus);
