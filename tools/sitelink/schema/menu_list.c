// SPDX-License-Identifier: GPL-2.0-only
/* /interface list, /ip firewall address-list */
#include "array.h"
#include "config.h"
#include "fw.h"
#include "fw_type.h"
#include "menu_firewall.h"

#define DISABLED \
	{ .name = "disabled", .rule = { .type = &type_bool }, .def = "no", \
	  .flags = PROP_FLAG, .letter = 'X', .maps = "not in the set", \
	  .help = "It is not on the list." }

#define COMMENT \
	{ .name = "comment", .rule = { .type = &type_text }, \
	  .flags = PROP_UNSET, .maps = "none", .help = "For people." }

static const char nested[] = "lists of lists are not supported: name the interfaces";

static const struct prop list_props[] = {
	{ .name = "name", .rule = { .type = &type_name },
	  .flags = PROP_NAME | PROP_REQUIRED, .maps = "nftables set iflist-NAME",
	  .help = "What rules call it." },
	{ .name = "include", .rule = { .type = &type_text }, .def = "",
	  .why = nested, .flags = PROP_UNSET,
	  .help = "Lists whose members are members." },
	{ .name = "exclude", .rule = { .type = &type_text }, .def = "",
	  .why = nested, .flags = PROP_UNSET,
	  .help = "Lists whose members are not." },
	COMMENT,
};

static void builtin_lists(struct config *c, const struct menu *m)
{
	static const char *const names[] = { "all", "none" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct item *item = item_add(c, m, NULL);

		item->builtin = true;
		item_put(c, item, "name", names[i]);
	}
}

const struct menu menu_interface_list = {
	.path = "interface list",
	.props = list_props,
	.count = ARRAY_SIZE(list_props),
	.columns = "name",
	.stem = "list",
	.title = "Lists of interfaces",
	.help = "Names for groups of interfaces, for rules.",
	.builtin = builtin_lists,
};

static const struct prop member_props[] = {
	{ .name = "interface", .rule = { .type = &type_interface },
	  .flags = PROP_REQUIRED | PROP_KEY, .maps = "element of the set",
	  .help = "The member." },
	{ .name = "list", .rule = { .type = &type_name },
	  .flags = PROP_REQUIRED | PROP_KEY, .menu = "interface list",
	  .maps = "nftables set iflist-LIST", .help = "The list." },
	DISABLED,
	COMMENT,
};

static void check_member(struct config *c, const struct item *item)
{
	const struct item *list;

	fw_check_interface(c, item, "interface");
	if (!item_get(item, "list"))
		return;
	list = item_by_name(c, "interface list", item_get(item, "list"));
	if (list && list->builtin)
		item_error(c, item, "list", "its members are not yours to say");
}

const struct menu menu_interface_list_member = {
	.path = "interface list member",
	.props = member_props,
	.count = ARRAY_SIZE(member_props),
	.columns = "list interface",
	.title = "Members of lists of interfaces",
	.help = "Which interface is on which list.",
	.check = check_member,
};

static const struct prop address_props[] = {
	{ .name = "list", .rule = { .type = &type_name }, .flags = PROP_REQUIRED,
	  .maps = "nftables set list-LIST", .help = "Name of the list." },
	{ .name = "address", .rule = { .type = &type_list_address },
	  .flags = PROP_REQUIRED, .maps = "element of the set",
	  .help = "Address, prefix or range." },
	{ .name = "timeout", .rule = { .type = &type_time },
	  .flags = PROP_UNSET, .maps = "timeout, in the set dyn-LIST",
	  .help = "When it ends, of a single address." },
	DISABLED,
	{ .name = "dynamic", .rule = { .type = &type_bool }, .def = "no",
	  .flags = PROP_FLAG | PROP_READ_ONLY, .letter = 'D',
	  .maps = "in the set dyn-LIST", .help = "A rule has put it there." },
	COMMENT,
};

const struct menu menu_firewall_address_list = {
	.path = "ip firewall address-list",
	.props = address_props,
	.count = ARRAY_SIZE(address_props),
	.columns = "list address timeout",
	.title = "Address lists",
	.help = "Addresses that rules look for, or put there.",
	.check = fw_list_check,
	.others = fw_others,
};
