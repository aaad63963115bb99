/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * xfrm_decode_session() has come to know the namespace, xdo_dev_state_add() to
 * say why not, the stack to release devices from deleted states.
 */
#include_next <net/xfrm.h>

#ifndef _SITELINK_COMPAT_XFRM_H
#define _SITELINK_COMPAT_XFRM_H

static inline int sitelink_decode_session(struct net *net, struct sk_buff *skb,
					  struct flowi *fl,
					  unsigned int family)
{
#ifdef SITELINK_HAVE_XFRM_DECODE_NET
	return xfrm_decode_session(net, skb, fl, family);
#else
	return xfrm_decode_session(skb, fl, family);
#endif
}

#ifdef SITELINK_HAVE_XDO_STATE_ADD_EXTACK
#define SITELINK_XDO_STATE_ADD(name)					\
	static int name(struct xfrm_state *x,				\
			struct netlink_ext_ack *extack)
#define SITELINK_XDO_EXTACK	extack
#else
#define SITELINK_XDO_STATE_ADD(name)					\
	static int name(struct xfrm_state *x)
#define SITELINK_XDO_EXTACK	NULL
#endif

/* Does the stack take a device from deleted states when it goes? */
static inline bool sitelink_xfrm_releases_devs(void)
{
#ifdef SITELINK_HAVE_XFRM_DEV_GCLIST
	return true;
#else
	return false;
#endif
}

#endif /* _SITELINK_COMPAT_XFRM_H */
