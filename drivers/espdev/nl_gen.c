// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/sitelink-espdev.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "nl_gen.h"

#include <uapi/linux/sitelink_espdev.h>

/* SITELINK_ESPDEV_CMD_ENGINE_GET - do */
const struct nla_policy sitelink_espdev_engine_get_nl_policy[SITELINK_ESPDEV_A_ENGINE_NAME + 1] = {
	[SITELINK_ESPDEV_A_ENGINE_NAME] = { .type = NLA_NUL_STRING, .len = 63, },
};

/* SITELINK_ESPDEV_CMD_SA_GET - do */
const struct nla_policy sitelink_espdev_sa_get_nl_policy[SITELINK_ESPDEV_A_SA_DESTINATION + 1] = {
	[SITELINK_ESPDEV_A_SA_IFINDEX] = { .type = NLA_U32, },
	[SITELINK_ESPDEV_A_SA_DIRECTION] = NLA_POLICY_MAX(NLA_U32, 1),
	[SITELINK_ESPDEV_A_SA_SPI] = { .type = NLA_U32, },
	[SITELINK_ESPDEV_A_SA_DESTINATION] = { .type = NLA_BINARY, },
};

/* Ops table for sitelink_espdev */
const struct genl_ops sitelink_espdev_nl_ops[2] = {
	{
		.cmd		= SITELINK_ESPDEV_CMD_ENGINE_GET,
		.doit		= sitelink_espdev_nl_engine_get_doit,
		.dumpit		= sitelink_espdev_nl_engine_get_dumpit,
		.policy		= sitelink_espdev_engine_get_nl_policy,
		.maxattr	= SITELINK_ESPDEV_A_ENGINE_NAME,
	},
	{
		.cmd		= SITELINK_ESPDEV_CMD_SA_GET,
		.doit		= sitelink_espdev_nl_sa_get_doit,
		.dumpit		= sitelink_espdev_nl_sa_get_dumpit,
		.policy		= sitelink_espdev_sa_get_nl_policy,
		.maxattr	= SITELINK_ESPDEV_A_SA_DESTINATION,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
};

static const struct genl_multicast_group sitelink_espdev_nl_mcgrps[] = {
	[SITELINK_ESPDEV_NLGRP_MONITOR] = { "monitor", },
};
