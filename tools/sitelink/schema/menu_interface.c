// SPDX-License-Identifier: GPL-2.0-only
/* Interfaces that are there by themselves; those that we make have menus below. */
#include "link.h"
#include "live.h"
#include "menu_interface.h"
#include "menu_rows.h"

static const struct prop interface[] = {
	{ .name = "disabled", .rule = { .type = &type_bool }, .letter = 'X',
	  .flags = PROP_FLAG, .maps = ROW_UP_DOWN,
	  .help = "Whether the interface is disabled." },
	{ ROW_RUNNING },
	{ ROW_FLAG('D', "dynamic", "Another program made it.") },
	{ ROW_FLAG('S', "slave", "It is in a bridge, or the like.") },
	{ .name = "name", .rule = { .type = &type_ifname },
	  .flags = PROP_NAME | PROP_READ_ONLY, .help = "Interface name." },
	{ ROW_READ_ONLY("type", &type_text, "Kind of interface.") },
	{ .name = "mtu",
	  .rule = { .type = &type_number, .min = 68, .max = 65536 },
	  .maps = "mtu of the interface",
	  .help = "Layer 3 maximum transmission unit." },
	{ ROW_ACTUAL_MTU },
	{ ROW_L2MTU },
	{ .name = "mac-address", .rule = { .type = &type_mac },
	  .maps = "address of the interface",
	  .help = "Media Access Control number." },
	{ .name = "arp", .rule = { .type = &type_word, .words = rows_arp },
	  .refuse = "reply-only", .why = rows_arp_why,
	  .maps = "disabled: flag NOARP; proxy-arp: sysctl proxy_arp",
	  .help = "Address Resolution Protocol mode." },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

const struct menu menu_interface = {
	.path = "interface",
	.props = interface,
	.count = ARRAY_SIZE(interface),
	.flags = MENU_FIXED | MENU_INTERFACE,
	.columns = "name type actual-mtu l2mtu mac-address",
	.title = "Interfaces",
	.help = "All interfaces; what is set here comes back when it is no longer asked for.",
	.live = live_interface,
};

void machine_interfaces(struct machine *m, struct config *c)
{
	const struct iface *i;
	struct item *item;

	for (i = machine_ifaces(m); i; i = i->next) {
		if (link_is_own(i))
			continue;
		item = item_add(c, &menu_interface, NULL);
		item->builtin = true;
		item_put(c, item, "name", i->name);
	}
}
