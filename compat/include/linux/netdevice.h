/* SPDX-License-Identifier: GPL-2.0-only */
/* LLTX was a feature bit before it became a member of struct net_device. */
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

#endif /* _SITELINK_COMPAT_NETDEVICE_H */
