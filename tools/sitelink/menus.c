// SPDX-License-Identifier: GPL-2.0-only
/* All menus, in the order of export. */
#include "menu_bridge.h"
#include "menu_firewall.h"
#include "menu_interface.h"
#include "menu_ip.h"
#include "menu_ipv6.h"
#include "menu_service.h"
#include "menu_tunnel.h"
#include "schema.h"

const struct menu *const menus[] = {
	&menu_interface,
	&menu_bridge,
	&menu_eoip,
	&menu_eoipv6,
	&menu_gre,
	&menu_ipip,
	&menu_6to4,
	&menu_vti,
	&menu_bridge_port,
	&menu_interface_list,
	&menu_interface_list_member,
	&menu_firewall_address_list,
	&menu_firewall_filter,
	&menu_firewall_mangle,
	&menu_firewall_nat,
	&menu_firewall_raw,
};

const unsigned int menu_count = sizeof(menus) / sizeof(menus[0]);
