// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/sitelink.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "nl_gen.h"

#include <uapi/linux/sitelink_netlink.h>

/* Common nested types */
const struct nla_policy sitelink_properties_nl_policy[IFLA_SITELINK_MTU_AUTO + 1] = {
	[IFLA_SITELINK_KEEPALIVE_INTERVAL] = { .type = NLA_U32, },
	[IFLA_SITELINK_KEEPALIVE_RETRIES] = { .type = NLA_U32, },
	[IFLA_SITELINK_CLAMP_TCP_MSS] = { .type = NLA_U8, },
	[IFLA_SITELINK_DONT_FRAGMENT] = NLA_POLICY_MAX(NLA_U8, U8_MAX),
	[IFLA_SITELINK_DSCP] = { .type = NLA_U8, },
	[IFLA_SITELINK_ALLOW_FAST_PATH] = { .type = NLA_U8, },
	[IFLA_SITELINK_LOOP_PROTECT] = { .type = NLA_U8, },
	[IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL] = { .type = NLA_U32, },
	[IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME] = { .type = NLA_U32, },
	[IFLA_SITELINK_LOOP_PROTECT_STATUS] = NLA_POLICY_MAX(NLA_U8, U8_MAX),
	[IFLA_SITELINK_MTU_AUTO] = { .type = NLA_U8, },
};

/* SITELINK_CMD_TUNNEL_GET - do */
const struct nla_policy sitelink_tunnel_get_nl_policy[SITELINK_A_TUNNEL_IFNAME + 1] = {
	[SITELINK_A_TUNNEL_IFINDEX] = { .type = NLA_U32, },
	[SITELINK_A_TUNNEL_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* SITELINK_CMD_TUNNEL_SET - do */
const struct nla_policy sitelink_tunnel_set_nl_policy[SITELINK_A_TUNNEL_PROPERTIES + 1] = {
	[SITELINK_A_TUNNEL_IFINDEX] = { .type = NLA_U32, },
	[SITELINK_A_TUNNEL_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[SITELINK_A_TUNNEL_LOCAL] = { .type = NLA_U32, },
	[SITELINK_A_TUNNEL_REMOTE] = { .type = NLA_U32, },
	[SITELINK_A_TUNNEL_LOCAL6] = NLA_POLICY_EXACT_LEN(16),
	[SITELINK_A_TUNNEL_REMOTE6] = NLA_POLICY_EXACT_LEN(16),
	[SITELINK_A_TUNNEL_TUNNEL_ID] = { .type = NLA_U32, },
	[SITELINK_A_TUNNEL_TTL] = { .type = NLA_U8, },
	[SITELINK_A_TUNNEL_MTU] = { .type = NLA_U32, },
	[SITELINK_A_TUNNEL_PROPERTIES] = NLA_POLICY_NESTED(sitelink_properties_nl_policy),
};

/* Ops table for sitelink */
const struct genl_ops sitelink_nl_ops[2] = {
	{
		.cmd		= SITELINK_CMD_TUNNEL_GET,
		.doit		= sitelink_nl_tunnel_get_doit,
		.dumpit		= sitelink_nl_tunnel_get_dumpit,
		.policy		= sitelink_tunnel_get_nl_policy,
		.maxattr	= SITELINK_A_TUNNEL_IFNAME,
	},
	{
		.cmd		= SITELINK_CMD_TUNNEL_SET,
		.doit		= sitelink_nl_tunnel_set_doit,
		.policy		= sitelink_tunnel_set_nl_policy,
		.maxattr	= SITELINK_A_TUNNEL_PROPERTIES,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
};

static const struct genl_multicast_group sitelink_nl_mcgrps[] = {
	[SITELINK_NLGRP_MONITOR] = { "monitor", },
};
