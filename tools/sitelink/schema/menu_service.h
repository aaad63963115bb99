/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_SERVICE_H
#define SITELINK_MENU_SERVICE_H

#include "config.h"

/* What the machine says; @value lasts as long as the program. */
static inline void live_put(struct item *item, const char *prop,
			    const char *value)
{
	item->values[prop_index(item->menu, prop)] = value;
}

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
