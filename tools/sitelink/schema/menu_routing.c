// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "config.h"
#include "menu_ip.h"
#include "net_rows.h"

static const struct prop table_rows[] = {
	DISABLED_ROW,
	DYNAMIC_ROW,
	{ .name = "name", .rule = { &type_name },
	  .flags = PROP_REQUIRED | PROP_NAME,
	  .maps = "number: main, the name if it is one, or 0x53000000 and a hash of it",
	  .help = "Name of the table." },
	{ .name = "fib", .rule = { &type_bool }, .def = "no",
	  .maps = "each table is one of the kernel's",
	  .help = "Packets shall be routed by it." },
	COMMENT_ROW,
};

static void add_main(struct config *c, const struct menu *m)
{
	struct item *item = item_add(c, m, NULL);

	item->builtin = true;
	item_put(c, item, "dynamic", "yes");
	item_put(c, item, "name", "main");
	item_put(c, item, "fib", "yes");
}

const struct menu menu_routing_table = {
	.path = "routing table", TABLE_OF(table_rows), .columns = "name fib",
	.title = "Routing tables",
	.help = "Tables beside main; one that routes or rules name needs no item.",
	.builtin = add_main,
};

/* A prefix of either family. */
static const char *parse_any(struct arena *a, const struct rule *r,
			     const char *text)
{
	return (strchr(text, ':') ? &type_prefix6 : &type_prefix)->parse(a, r,
									 text);
}

static const struct type type_any_prefix = {
	"prefix", "10.0.0.0/24 or 2001:db8::/32", parse_any, NULL
};

static const char *const actions[] = {
	"lookup", "lookup-only-in-table", "drop", "unreachable", NULL
};

static const struct prop rule_rows[] = {
	DISABLED_ROW,
	{ .name = "src-address", .rule = { &type_any_prefix },
	  .flags = PROP_UNSET, .maps = "from", .help = "Source of packets." },
	{ .name = "dst-address", .rule = { &type_any_prefix },
	  .flags = PROP_UNSET, .maps = "to",
	  .help = "Destination of packets." },
	{ .name = "routing-mark", .rule = { &type_name }, .flags = PROP_UNSET,
	  .maps = "fwmark, of the lower 16 bits",
	  .help = "Mark that the firewall has given them." },
	{ .name = "interface", .rule = { &type_interface },
	  .flags = PROP_UNSET, .menu = "interface", .maps = "iif",
	  .help = "Interface that they came in by." },
	{ .name = "action", .rule = { .type = &type_word, .words = actions },
	  .def = "lookup",
	  .maps = "lookup; lookup and unreachable; blackhole; unreachable",
	  .help = "What is done with them." },
	{ .name = "table", .rule = { &type_name }, .def = "main",
	  .maps = "table", .help = "Table that is looked up." },
	{ .name = "place-before", .rule = { &type_text },
	  .flags = PROP_POSITION, .help = "Rule that it is put before." },
	COMMENT_ROW,
};

const struct menu menu_routing_rule = {
	.path = "routing rule", TABLE_OF(rule_rows), .flags = MENU_ORDERED,
	.title = "Routing rules",
	.help = "Which packets go by which table; marks of the firewall are before.",
};
