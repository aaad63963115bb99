// SPDX-License-Identifier: GPL-2.0-only
/* Bridges and their ports. */
#include <string.h>

#include "config.h"
#include "live.h"
#include "menu_bridge.h"
#include "menu_rows.h"
#include "type_hex.h"

#define NO_VLAN		"VLANs of bridges are not part of this version"
#define NO_EFFECT	"has no effect: the Linux bridge has no such thing"

static const char *const none[] = { "none", NULL };
static const char *const auto_yes_no[] = { "auto", "yes", "no", NULL };
static const char *const protocol_mode[] = {
	"none", "stp", "rstp", "mstp", NULL
};

static const char *const edge[] = {
	"auto", "yes", "yes-discover", "no", "no-discover", NULL
};

static const char *const frame_types[] = {
	"admit-all", "admit-only-untagged-and-priority-tagged",
	"admit-only-vlan-tagged", NULL
};

#define ROW_SWITCH(_name, _def, _maps, _help) \
	.name = (_name), .rule = { .type = &type_bool }, .def = (_def), \
	.maps = (_maps), .help = (_help)

#define ROW_NO_EFFECT(_name, _def, _help) \
	.name = (_name), .rule = { .type = &type_bool }, .def = (_def), \
	.note = NO_EFFECT, .help = (_help)

#define ROW_SECONDS(_name, _min, _max, _def, _maps, _help) \
	.name = (_name), \
	.rule = { .type = &type_time, .min = (_min), .max = (_max) }, \
	.def = (_def), .maps = (_maps), .help = (_help)

#define ROW_PVID \
	.name = "pvid", \
	.rule = { .type = &type_number, .min = 1, .max = 4094 }, \
	.def = "1", \
	.note = "has an effect with vlan-filtering only, which is not part of this version", \
	.help = "VLAN of untagged frames."

static const struct prop bridge[] = {
	{ ROW_DISABLED(ROW_UP_DOWN) },
	{ ROW_RUNNING },
	{ ROW_NAME },
	{ .name = "mtu",
	  .rule = { .type = &type_number, .min = 68, .max = 65535,
		    .words = rows_auto },
	  .def = "auto",
	  .maps = "auto: the smallest of the ports",
	  .help = "Layer 3 maximum transmission unit." },
	{ ROW_ACTUAL_MTU },
	{ ROW_L2MTU },
	{ ROW_ARP },
	{ ROW_ARP_TIMEOUT },
	{ ROW_READ_ONLY("mac-address", &type_mac,
			"The address that is in use.") },
	{ .name = "protocol-mode",
	  .rule = { .type = &type_word, .words = protocol_mode },
	  .def = "rstp", .refuse = "mstp",
	  .why = "the Linux bridge has no MSTP",
	  .maps = "the kernel's STP; rstp: with its least forward-delay, 4s until a port forwards",
	  .help = "Protocol that keeps the bridge free of loops." },
	{ ROW_NO_EFFECT("fast-forward", "yes",
			"A shorter path for bridges of two ports.") },
	{ ROW_SWITCH("igmp-snooping", "no", "IFLA_BR_MCAST_SNOOPING",
		     "Send multicast only where there are members.") },
	{ ROW_SWITCH("auto-mac", "yes",
		     "yes: the smallest of the ports",
		     "Choose the address by the ports.") },
	{ .name = "admin-mac", .rule = { .type = &type_mac },
	  .flags = PROP_UNSET,
	  .maps = "address of the bridge, with auto-mac=no",
	  .help = "Address of the bridge." },
	{ ROW_SECONDS("ageing-time", 10, 1000000, "5m", "IFLA_BR_AGEING_TIME",
		      "How long a host is remembered.") },
	{ .name = "priority",
	  .rule = { .type = &type_hex, .max = 65535 }, .def = "0x8000",
	  .maps = "IFLA_BR_PRIORITY",
	  .help = "The smallest one becomes root." },
	{ ROW_SECONDS("max-message-age", 6, 40, "20s", "IFLA_BR_MAX_AGE",
		      "How long what another bridge said holds.") },
	{ ROW_SECONDS("forward-delay", 4, 30, "15s",
		      "IFLA_BR_FORWARD_DELAY; protocol-mode=rstp without one: 2s",
		      "How long a port listens and learns before it forwards."),
	  .flags = PROP_EXPLICIT },
	{ .name = "vlan-filtering", .rule = { .type = &type_bool },
	  .def = "no", .why = NO_VLAN,
	  .help = "Forward by VLANs." },
	{ ROW_PVID },
	{ .name = "dhcp-snooping", .rule = { .type = &type_bool },
	  .def = "no", .why = "the Linux bridge has no DHCP snooping",
	  .help = "Take answers of DHCP from trusted ports only." },
	{ ROW_COMMENT(ROW_ALIAS) },
	{ ROW_TYPE("bridge") },
	{ ROW_RX_BYTE },
	{ ROW_TX_BYTE },
	{ ROW_RX_PACKET },
	{ ROW_TX_PACKET },
};

const struct menu menu_bridge = {
	.path = "interface bridge",
	.props = bridge,
	.count = ARRAY_SIZE(bridge),
	.flags = MENU_INTERFACE | MENU_DETAIL,
	.stem = "bridge",
	.title = "Bridges",
	.help = "Software bridges.",
	.live = live_bridge,
};

static const struct prop port[] = {
	{ ROW_DISABLED("the interface is not in the bridge") },
	{ ROW_FLAG('I', "inactive",
		   "The interface does not run, or is not in the bridge.") },
	{ ROW_FLAG('H', "hw-offload", "The hardware forwards.") },
	{ .name = "interface", .rule = { .type = &type_interface },
	  .flags = PROP_REQUIRED | PROP_KEY, .menu = "interface",
	  .maps = "master of the interface", .help = "The port." },
	{ .name = "bridge", .rule = { .type = &type_interface },
	  .flags = PROP_REQUIRED, .menu = "interface bridge",
	  .maps = "master of the interface",
	  .help = "The bridge that it is a port of." },
	{ .name = "hw", .rule = { .type = &type_bool }, .def = "yes",
	  .note = "has no effect: switch hardware that Linux knows is used by itself",
	  .help = "Let the hardware forward." },
	{ ROW_PVID },
	{ .name = "priority",
	  .rule = { .type = &type_hex, .max = 252 }, .def = "0x80",
	  .maps = "IFLA_BRPORT_PRIORITY, a quarter of it, rounded down",
	  .help = "Of ports as good as this the smallest one is used." },
	{ .name = "path-cost",
	  .rule = { .type = &type_number, .min = 1, .max = 65535 },
	  .def = "10", .maps = "IFLA_BRPORT_COST",
	  .help = "What the way by this port costs." },
	{ .name = "internal-path-cost",
	  .rule = { .type = &type_number, .min = 1, .max = 200000000 },
	  .def = "10", .note = "has no effect: it is one of MSTP",
	  .help = "path-cost within a region of MSTP." },
	{ .name = "edge", .rule = { .type = &type_word, .words = edge },
	  .def = "auto", .note = NO_EFFECT,
	  .help = "Whether there are no bridges behind the port." },
	{ .name = "learn",
	  .rule = { .type = &type_word, .words = auto_yes_no }, .def = "auto",
	  .maps = "IFLA_BRPORT_LEARNING; auto: yes",
	  .help = "Remember which hosts are behind the port." },
	{ .name = "horizon",
	  .rule = { .type = &type_number, .max = 4294967295LL,
		    .words = none },
	  .def = "none",
	  .maps = "IFLA_BRPORT_ISOLATED; one number per bridge",
	  .help = "Ports of one number do not forward to each other." },
	{ ROW_SWITCH("bpdu-guard", "no", "IFLA_BRPORT_GUARD",
		     "A BPDU turns the port off.") },
	{ ROW_SWITCH("restricted-role", "no", "IFLA_BRPORT_PROTECT",
		     "The root is never behind the port.") },
	{ ROW_SWITCH("fast-leave", "no", "IFLA_BRPORT_FAST_LEAVE",
		     "Who leaves a group is forgotten at once.") },
	{ ROW_SWITCH("unknown-unicast-flood", "yes",
		     "IFLA_BRPORT_UNICAST_FLOOD",
		     "Send frames for unknown hosts there, too.") },
	{ ROW_SWITCH("unknown-multicast-flood", "yes",
		     "IFLA_BRPORT_MCAST_FLOOD",
		     "Send multicast of unknown groups there, too.") },
	{ ROW_SWITCH("broadcast-flood", "yes", "IFLA_BRPORT_BCAST_FLOOD",
		     "Send broadcasts there, too.") },
	{ .name = "frame-types",
	  .rule = { .type = &type_word, .words = frame_types },
	  .def = "admit-all", .why = NO_VLAN,
	  .help = "Which frames are taken." },
	{ ROW_NO_EFFECT("ingress-filtering", "yes",
			"Take frames of known VLANs only.") },
	{ ROW_COMMENT("none: ifalias is the interface's") },
};

/* What carries Ethernet frames, and is no bridge itself? */
static void check_frames(struct config *c, const struct item *item)
{
	const struct item *other;

	other = interface_by_name(c, item_get(item, "interface"));
	if (!other)
		return;
	if (other->menu == &menu_bridge)
		item_error(c, item, "interface",
			   "interface=%s: a bridge cannot be a port of a bridge",
			   item_get(item, "interface"));
	else if (prop_index(other->menu, "mac-address") < 0)
		item_error(c, item, "interface",
			   "interface=%s: carries no Ethernet frames, so it cannot be a port; eoip does",
			   item_get(item, "interface"));
}

/* Isolated ports are one group. */
static void check_horizon(struct config *c, const struct item *item)
{
	const char *horizon = item_get(item, "horizon");
	const struct item *other;

	if (!strcmp(horizon, "none"))
		return;
	for (other = item->prev; other; other = other->prev) {
		const char *theirs = item_get(other, "horizon");

		if (strcmp(item_get(other, "bridge"),
			   item_get(item, "bridge")) ||
		    !strcmp(theirs, "none") || !strcmp(theirs, horizon))
			continue;
		item_error(c, item, "horizon",
			   "horizon=%s: another port of the bridge has horizon=%s, and a Linux bridge has but one such group of ports",
			   horizon, theirs);
		return;
	}
}

static void check_port(struct config *c, const struct item *item)
{
	check_frames(c, item);
	check_horizon(c, item);
}

const struct menu menu_bridge_port = {
	.path = "interface bridge port",
	.props = port,
	.count = ARRAY_SIZE(port),
	.columns = "interface bridge hw pvid priority path-cost internal-path-cost horizon",
	.title = "Bridge ports",
	.help = "Interfaces that are ports of a bridge.",
	.check = check_port,
	.live = live_port,
};
