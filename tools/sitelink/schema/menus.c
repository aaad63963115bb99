// SPDX-License-Identifier: GPL-2.0-only
/* All menus, in the order of export. */
#include "array.h"
#include "menu_bridge.h"
#include "menu_firewall.h"
#include "menu_interface.h"
#include "menu_ip.h"
#include "menu_ipsec.h"
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
	&menu_interface_list,
	&menu_interface_list_member,
	&menu_bridge_port,
	&menu_ip_settings,
	&menu_ipv6_settings,
	&menu_ip_pool,
	&menu_ipsec_profile,
	&menu_ipsec_peer,
	&menu_ipsec_proposal,
	&menu_ipsec_policy_group,
	&menu_ipsec_mode_config,
	&menu_ipsec_policy,
	&menu_ipsec_identity,
	&menu_ipsec_settings,
	&menu_ipsec_statistics,
	&menu_ipsec_active_peers,
	&menu_ipsec_remote_peers,
	&menu_ipsec_installed_sa,
	&menu_ipsec_key,
	&menu_routing_table,
	&menu_ip_address,
	&menu_ipv6_address,
	&menu_firewall_address_list,
	&menu_firewall_filter,
	&menu_firewall_mangle,
	&menu_firewall_nat,
	&menu_firewall_raw,
	&menu_ip_route,
	&menu_ipv6_route,
	&menu_routing_rule,
	&menu_ip_dns,
	&menu_ip_dns_static,
	&menu_ipv6_nd,
	&menu_ipv6_nd_prefix_default,
	&menu_routing_ospf_instance,
	&menu_routing_ospf_area,
	&menu_routing_ospf_interface_template,
	&menu_routing_ospf_static_neighbor,
	&menu_system_identity,
	&menu_system_logging_action,
	&menu_system_logging,
	&menu_log,
};

const unsigned int menu_count = ARRAY_SIZE(menus);
