/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_FIREWALL_H
#define SITELINK_MENU_FIREWALL_H

#include "schema.h"

/* In the order of export */
extern const struct menu menu_interface_list;
extern const struct menu menu_interface_list_member;
extern const struct menu menu_firewall_address_list;
extern const struct menu menu_firewall_filter;
extern const struct menu menu_firewall_mangle;
extern const struct menu menu_firewall_nat;
extern const struct menu menu_firewall_raw;

#endif /* SITELINK_MENU_FIREWALL_H */
