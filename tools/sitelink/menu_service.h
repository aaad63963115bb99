/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_SERVICE_H
#define SITELINK_MENU_SERVICE_H

#include "schema.h"

/* rows that most menus have */
#define ROW_COMMENT \
	{ .name = "comment", .rule = { &type_text }, \
	  .maps = "none", .help = "Words for people." }
#define ROW_DISABLED \
	{ .name = "disabled", .rule = { &type_bool }, .def = "no", \
	  .flags = PROP_FLAG, .letter = 'X', \
	  .maps = "left out", .help = "As if it were not there." }

#define ROWS(rows) .props = (rows), .count = sizeof(rows) / sizeof((rows)[0])

/* menu_dns.c */
extern const struct menu menu_ip_dns;
extern const struct menu menu_ip_dns_static;

/* menu_nd.c */
extern const struct menu menu_ipv6_nd;
extern const struct menu menu_ipv6_nd_prefix_default;

/* menu_system.c; actions stand before their users */
extern const struct menu menu_system_identity;
extern const struct menu menu_system_logging_action;
extern const struct menu menu_system_logging;

/* menu_ospf.c; likewise */
extern const struct menu menu_routing_ospf_instance;
extern const struct menu menu_routing_ospf_area;
extern const struct menu menu_routing_ospf_interface_template;
extern const struct menu menu_routing_ospf_static_neighbor;

#endif /* SITELINK_MENU_SERVICE_H */
