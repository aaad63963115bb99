/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A dump's attributes have moved; a group's flag for who may join was a
 * command's; multicast to all namespaces was told how to allocate.
 */
#include_next <net/genetlink.h>

#ifndef _SITELINK_COMPAT_GENETLINK_H
#define _SITELINK_COMPAT_GENETLINK_H

static inline struct nlattr **sitelink_dump_attrs(struct netlink_callback *cb)
{
#ifdef SITELINK_HAVE_GENL_INFO_DUMP
	return genl_info_dump(cb)->attrs;
#else
	return genl_dumpit_info(cb)->attrs;
#endif
}

#ifdef SITELINK_HAVE_GENL_MCAST_CAP
#define SITELINK_MCAST_NET_ADMIN	GENL_MCAST_CAP_NET_ADMIN
#else
#define SITELINK_MCAST_NET_ADMIN	GENL_UNS_ADMIN_PERM
#endif

static inline void sitelink_multicast_allns(const struct genl_family *family,
					    struct sk_buff *skb,
					    unsigned int group)
{
#ifdef SITELINK_HAVE_GENL_ALLNS_NO_GFP
	genlmsg_multicast_allns(family, skb, 0, group);
#else
	genlmsg_multicast_allns(family, skb, 0, group, GFP_KERNEL);
#endif
}

#endif /* _SITELINK_COMPAT_GENETLINK_H */
