/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows that menus of interfaces share, as initializers of struct prop without
 * the braces.
 */
#ifndef SITELINK_MENU_ROWS_H
#define SITELINK_MENU_ROWS_H

#include "array.h"
#include "schema.h"

#define ROW_FLAG(_letter, _name, _help) \
	.name = (_name), .rule = { .type = &type_bool }, .letter = (_letter), \
	.flags = PROP_FLAG | PROP_READ_ONLY, .help = (_help)

#define ROW_DISABLED(_maps) \
	.name = "disabled", .rule = { .type = &type_bool }, .def = "no", \
	.letter = 'X', .flags = PROP_FLAG, .maps = (_maps), \
	.help = "Whether an item is disabled."

#define ROW_RUNNING \
	ROW_FLAG('R', "running", "The interface is up and has a carrier.")

/* ifalias has no room for more */
#define ROW_COMMENT(_maps) \
	.name = "comment", .rule = { .type = &type_text, .max = 255 }, \
	.maps = (_maps), .help = "Short description."

#define ROW_NAME \
	.name = "name", .rule = { .type = &type_ifname }, .flags = PROP_NAME, \
	.maps = "name of the interface", .help = "Interface name."

#define ROW_READ_ONLY(_name, _type, _help) \
	.name = (_name), .rule = { .type = (_type) }, \
	.flags = PROP_READ_ONLY, .help = (_help)

#define ROW_ACTUAL_MTU \
	ROW_READ_ONLY("actual-mtu", &type_number, "The mtu that is in use.")

#define ROW_L2MTU \
	ROW_READ_ONLY("l2mtu", &type_number, \
		      "Layer 2 maximum transmission unit.")

#define ROW_ARP \
	.name = "arp", .rule = { .type = &type_word, .words = rows_arp }, \
	.def = "enabled", .refuse = "reply-only", .why = rows_arp_why, \
	.maps = "disabled: flag NOARP; proxy-arp: sysctl proxy_arp", \
	.help = "Address Resolution Protocol mode."

#define ROW_ARP_TIMEOUT \
	.name = "arp-timeout", \
	.rule = { .type = &type_time, .min = 1, .max = 86400, \
		  .words = rows_auto }, \
	.def = "auto", \
	.maps = "sysctl base_reachable_time_ms: after that time, about, an " \
		"entry is asked for anew", \
	.help = "Time after which ARP entries time out."

#define ROW_COUNTER(_name, _help) \
	.name = (_name), .rule = { .type = &type_number }, \
	.flags = PROP_READ_ONLY | PROP_STATS, .help = (_help)

#define ROW_RX_BYTE	ROW_COUNTER("rx-byte", "Octets received.")
#define ROW_TX_BYTE	ROW_COUNTER("tx-byte", "Octets sent.")
#define ROW_RX_PACKET	ROW_COUNTER("rx-packet", "Packets received.")
#define ROW_TX_PACKET	ROW_COUNTER("tx-packet", "Packets sent.")

#define ROW_ALIAS	"ifalias"
#define ROW_UP_DOWN	"the interface is down"

/* For /interface print; in its own menu there is but one. */
#define ROW_TYPE(_type) \
	.name = "type", .rule = { .type = &type_text }, .def = (_type), \
	.flags = PROP_READ_ONLY | PROP_STATS, .help = "Kind of interface."

extern const char *const rows_auto[];
extern const char *const rows_inherit[];
extern const char *const rows_arp[];
extern const char rows_arp_why[];

#endif /* SITELINK_MENU_ROWS_H */
