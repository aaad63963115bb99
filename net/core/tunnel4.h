/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Receiving what IPv4 packets carry without a header in between: through
 * tunnel4.ko, or alone on a kernel that is built without it.
 */
#ifndef _NET_SITELINK_TUNNEL4_H
#define _NET_SITELINK_TUNNEL4_H

#include <linux/kconfig.h>
#include <net/xfrm.h>

#if IS_ENABLED(CONFIG_INET_TUNNEL)
static inline int sitelink_tunnel4_register(struct xfrm_tunnel *handler,
					    unsigned short family)
{
	return xfrm4_tunnel_register(handler, family);
}

static inline void sitelink_tunnel4_unregister(struct xfrm_tunnel *handler,
					       unsigned short family)
{
	xfrm4_tunnel_deregister(handler, family);
}
#else
int sitelink_tunnel4_register(struct xfrm_tunnel *handler,
			      unsigned short family);
void sitelink_tunnel4_unregister(struct xfrm_tunnel *handler,
				 unsigned short family);
#endif

#endif /* _NET_SITELINK_TUNNEL4_H */
