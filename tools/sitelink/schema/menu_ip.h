/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_IP_H
#define SITELINK_MENU_IP_H

#include "schema.h"

/* menu_ip.c */
extern const struct menu menu_ip_address;
extern const struct menu menu_ip_pool;
extern const struct menu menu_ip_route;
extern const struct menu menu_ip_settings;

/* menu_routing.c; tables stand before what uses them */
extern const struct menu menu_routing_table;
extern const struct menu menu_routing_rule;

#endif /* SITELINK_MENU_IP_H */
