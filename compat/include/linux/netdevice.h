/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * LLTX and NETNS_LOCAL were feature bits before they became members of struct
 * net_device, the latter under two names;
 * header_ops.parse has come to know the device.
 */
#include_next <linux/netdevice.h>

#ifndef _SITELINK_COMPAT_NETDEVICE_H
#define _SITELINK_COMPAT_NETDEVICE_H

static inline void sitelink_dev_set_lltx(struct net_device *dev)
{
#ifdef SITELINK_HAVE_DEV_LLTX
	dev->lltx = true;
#else
	dev->features |= NETIF_F_LLTX;
#endif
}

static inline void sitelink_dev_set_netns_immutable(struct net_device *dev)
{
#if defined(SITELINK_HAVE_DEV_NETNS_IMMUTABLE)
	dev->netns_immutable = true;
#elif defined(SITELINK_HAVE_DEV_NETNS_LOCAL)
	dev->netns_local = true;
#else
	dev->features |= NETIF_F_NETNS_LOCAL;
#endif
}

#ifdef SITELINK_HAVE_HEADER_PARSE_DEV
#define SITELINK_HEADER_PARSE(name)					\
	static int name(const struct sk_buff *skb,			\
			const struct net_device *dev, unsigned char *haddr)
#else
#define SITELINK_HEADER_PARSE(name)					\
	static int name(const struct sk_buff *skb, unsigned char *haddr)
#endif

#endif /* _SITELINK_COMPAT_NETDEVICE_H */
