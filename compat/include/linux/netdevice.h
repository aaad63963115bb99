/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * LLTX was a feature bit before it became a member of struct net_device;
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

#ifdef SITELINK_HAVE_HEADER_PARSE_DEV
#define SITELINK_HEADER_PARSE(name)					\
	static int name(const struct sk_buff *skb,			\
			const struct net_device *dev, unsigned char *haddr)
#else
#define SITELINK_HEADER_PARSE(name)					\
	static int name(const struct sk_buff *skb, unsigned char *haddr)
#endif

#endif /* _SITELINK_COMPAT_NETDEVICE_H */
