// SPDX-License-Identifier: GPL-2.0-only
/* /ip firewall filter, nat, mangle, raw: they share most of their rows. */
#include "array.h"
#include "fw.h"
#include "fw_type.h"
#include "menu_firewall.h"

#define WORDS(...)	((const char *const[]){ __VA_ARGS__, NULL })

/* NAME TYPE MAPS HELP, and what more there is: something to look for, or not */
#define FIND(n, t, m, h, ...) \
	{ .name = n, .rule = { .type = t, ##__VA_ARGS__ }, .flags = PROP_UNSET, \
	  .maps = m, .help = h }
#define FIND_NOT(n, t, m, h, ...) \
	{ .name = n, .rule = { .type = t, ##__VA_ARGS__ }, \
	  .flags = PROP_UNSET | PROP_NOT, .maps = m, .help = h }

/* A parameter of an action */
#define FOR(n, t, m, h, ...)	FIND(n, t, m, h, ##__VA_ARGS__)

#define REFUSED(n, w) \
	{ .name = n, .rule = { .type = &type_text }, .def = "", \
	  .flags = PROP_UNSET, .why = w, .help = "Not supported." }

#define READ_ONLY_FLAG(n, l, m, h) \
	{ .name = n, .rule = { .type = &type_bool }, .def = "no", \
	  .flags = PROP_FLAG | PROP_READ_ONLY, .letter = l, .maps = m, \
	  .help = h }

#define STATS(n, h) \
	{ .name = n, .rule = { .type = &type_number }, \
	  .flags = PROP_READ_ONLY | PROP_STATS | PROP_UNSET, \
	  .maps = "counter", .help = h }

static const char *const lists[] = { "all", "none", NULL };
static const char *const no_mark[] = { "no-mark", NULL };
static const char *const no_timeout[] = { "none-dynamic", NULL };
static const char *const types[] = {
	"unicast", "local", "broadcast", "multicast", "blackhole",
	"unreachable", "prohibit", NULL
};

static const char *const states[] = {
	"established", "related", "new", "invalid", "untracked", NULL
};

static const char *const nat_states[] = { "srcnat", "dstnat", NULL };
static const char *const tcp_flags[] = {
	"fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", NULL
};

static const char *const reject_ways[] = {
	"icmp-network-unreachable", "icmp-host-unreachable",
	"icmp-port-unreachable", "icmp-protocol-unreachable",
	"icmp-net-prohibited", "icmp-host-prohibited",
	"icmp-admin-prohibited", "tcp-reset", NULL
};

static const char meter[] =
	"not supported: limit= is, and connection-state=";
static const char deep[] =
	"Linux' filter does not look into what packets carry";

#define CHAIN \
	{ .name = "chain", .rule = { .type = &type_name }, \
	  .flags = PROP_REQUIRED, .maps = "chain MENU-CHAIN", \
	  .help = "Where the rule is." }

#define ACTION(...) \
	{ .name = "action", .rule = { .type = &type_word, \
	  .words = WORDS("accept", "jump", "return", "log", "passthrough", \
			 "add-src-to-address-list", \
			 "add-dst-to-address-list", __VA_ARGS__) }, \
	  .def = "accept", .maps = "statement", \
	  .help = "What it does." }

static const struct prop filter_props[] = {
	CHAIN,
	ACTION("drop", "reject", "tarpit", "fasttrack-connection"),
#include "menu_firewall_action.h"
	{ .name = "reject-with",
	  .rule = { .type = &type_word, .words = reject_ways },
	  .def = "icmp-network-unreachable", .flags = PROP_UNSET,
	  .maps = "reject with", .help = "Of action=reject." },
	{ .name = "hw-offload", .rule = { .type = &type_bool },
	  .flags = PROP_UNSET,
	  .note = "connections are fasttracked by the processor",
	  .help = "Of action=fasttrack-connection." },
#include "menu_firewall_match.h"
#include "menu_firewall_conn.h"
#include "menu_firewall_tail.h"
};

static const struct prop nat_props[] = {
	CHAIN,
	ACTION("masquerade", "src-nat", "dst-nat", "redirect", "netmap", "same",
	       "endpoint-independent-nat"),
	FOR("to-addresses", &type_ip_range, "snat to, dnat to",
	    "Of action=src-nat, dst-nat, netmap."),
	FOR("to-ports", &type_ports, "snat to, dnat to, redirect to",
	    "Of action=src-nat, dst-nat, masquerade, redirect."),
	REFUSED("same-not-by-dst", "there is no action=same"),
	REFUSED("randomise-ports", "not supported: the kernel chooses"),
#include "menu_firewall_action.h"
#include "menu_firewall_match.h"
#include "menu_firewall_conn.h"
#include "menu_firewall_tail.h"
};

static const struct prop mangle_props[] = {
	CHAIN,
	ACTION("mark-connection", "mark-packet", "mark-routing", "change-mss",
	       "change-dscp", "change-ttl", "fasttrack-connection", "clear-df",
	       "set-priority", "strip-ipv4-options", "sniff-tzsp", "sniff-pc",
	       "route"),
	FOR("new-connection-mark", &type_name, "ct mark set",
	    "Of action=mark-connection.", .words = no_mark),
	FOR("new-packet-mark", &type_name, "meta mark set",
	    "Of action=mark-packet.", .words = no_mark),
	FOR("new-routing-mark", &type_name, "meta mark set",
	    "Of action=mark-routing: name of a table.", .words = no_mark),
	FOR("new-mss", &type_number, "tcp option maxseg size set",
	    "Of action=change-mss.", .min = 1, .max = 65535,
	    .words = WORDS("clamp-to-pmtu")),
	FOR("new-dscp", &type_number, "ip dscp set", "Of action=change-dscp.",
	    .max = 63),
	FOR("new-ttl", &type_new_ttl, "ip ttl set", "Of action=change-ttl."),
	REFUSED("new-priority", "not supported: change-dscp is"),
	{ .name = "passthrough", .rule = { .type = &type_bool }, .def = "yes",
	  .flags = PROP_UNSET, .maps = "no: accept",
	  .help = "Do the rules behind it see the packet, too?" },
#include "menu_firewall_action.h"
#include "menu_firewall_match.h"
#include "menu_firewall_conn.h"
#include "menu_firewall_tail.h"
};

static const struct prop raw_props[] = {
	CHAIN,
	ACTION("drop", "notrack"),
#include "menu_firewall_action.h"
#include "menu_firewall_match.h"
#include "menu_firewall_tail.h"
};

#define MENU(word, rows, n, t, h) { \
	.path = "ip firewall " word, .props = rows, .count = n, \
	.flags = MENU_ORDERED | MENU_DETAIL, .columns = "chain action", \
	.title = t, .help = h, .check = fw_check, .live = fw_live, \
}

const struct menu menu_firewall_filter =
	MENU("filter", filter_props, ARRAY_SIZE(filter_props), "Filter",
	     "Which packets may pass.");

const struct menu menu_firewall_nat =
	MENU("nat", nat_props, ARRAY_SIZE(nat_props), "Address translation",
	     "Which connections get other addresses.");

const struct menu menu_firewall_mangle =
	MENU("mangle", mangle_props, ARRAY_SIZE(mangle_props),
	     "Marks and changed headers",
	     "Which packets are marked or changed.");

const struct menu menu_firewall_raw =
	MENU("raw", raw_props, ARRAY_SIZE(raw_props), "Before connection tracking",
	     "Which packets have no connection.");
