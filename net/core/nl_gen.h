/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/sitelink.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_SITELINK_GEN_H
#define _LINUX_SITELINK_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/sitelink_netlink.h>

/* Common nested types */
extern const struct nla_policy sitelink_properties_nl_policy[IFLA_SITELINK_MTU_AUTO + 1];

extern const struct nla_policy sitelink_tunnel_get_nl_policy[SITELINK_A_TUNNEL_IFNAME + 1];

extern const struct nla_policy sitelink_tunnel_set_nl_policy[SITELINK_A_TUNNEL_PROPERTIES + 1];

/* Ops table for sitelink */
extern const struct genl_ops sitelink_nl_ops[2];

int sitelink_nl_tunnel_get_doit(struct sk_buff *skb, struct genl_info *info);
int sitelink_nl_tunnel_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int sitelink_nl_tunnel_set_doit(struct sk_buff *skb, struct genl_info *info);

enum {
	SITELINK_NLGRP_MONITOR,
};

#endif /* _LINUX_SITELINK_GEN_H */
