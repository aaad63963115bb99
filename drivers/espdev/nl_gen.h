/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/sitelink-espdev.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_SITELINK_ESPDEV_GEN_H
#define _LINUX_SITELINK_ESPDEV_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/sitelink_espdev.h>

extern const struct nla_policy sitelink_espdev_engine_get_nl_policy[SITELINK_ESPDEV_A_ENGINE_NAME + 1];

extern const struct nla_policy sitelink_espdev_sa_get_nl_policy[SITELINK_ESPDEV_A_SA_DESTINATION + 1];

/* Ops table for sitelink_espdev */
extern const struct genl_ops sitelink_espdev_nl_ops[2];

int sitelink_espdev_nl_engine_get_doit(struct sk_buff *skb,
				       struct genl_info *info);
int sitelink_espdev_nl_engine_get_dumpit(struct sk_buff *skb,
					 struct netlink_callback *cb);
int sitelink_espdev_nl_sa_get_doit(struct sk_buff *skb, struct genl_info *info);
int sitelink_espdev_nl_sa_get_dumpit(struct sk_buff *skb,
				     struct netlink_callback *cb);

enum {
	SITELINK_ESPDEV_NLGRP_MONITOR,
};

#endif /* _LINUX_SITELINK_ESPDEV_GEN_H */
