// SPDX-License-Identifier: GPL-2.0-only
/*
 * The place of tunnel4.ko on a kernel that is built without it: one handler of
 * ours for each of IPv4 in IPv4 and IPv6 in IPv4.
 */
#include <linux/export.h>
#include <net/icmp.h>
#include <net/protocol.h>

#include "tunnel4.h"

#if !IS_ENABLED(CONFIG_INET_TUNNEL)
static struct xfrm_tunnel __rcu *handler4;
static struct xfrm_tunnel __rcu *handler6;

static int rcv(struct sk_buff *skb, struct xfrm_tunnel *handler,
	       unsigned int min_len)
{
	if (!handler || !pskb_may_pull(skb, min_len))
		goto drop;
	if (!handler->handler(skb))
		return 0;
	icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);

drop:
	kfree_skb(skb);
	return 0;
}

static int rcv4(struct sk_buff *skb)
{
	return rcv(skb, rcu_dereference(handler4), sizeof(struct iphdr));
}

static int rcv6(struct sk_buff *skb)
{
	return rcv(skb, rcu_dereference(handler6), sizeof(struct ipv6hdr));
}

static int err(struct sk_buff *skb, u32 info, struct xfrm_tunnel *handler)
{
	return handler && !handler->err_handler(skb, info) ? 0 : -ENOENT;
}

static int err4(struct sk_buff *skb, u32 info)
{
	return err(skb, info, rcu_dereference(handler4));
}

static int err6(struct sk_buff *skb, u32 info)
{
	return err(skb, info, rcu_dereference(handler6));
}

/* The handlers ask for the inbound policy themselves, as with tunnel4.ko. */
static const struct net_protocol protocol4 = {
	.handler = rcv4,
	.err_handler = err4,
	.no_policy = 1,
};

static const struct net_protocol protocol6 = {
	.handler = rcv6,
	.err_handler = err6,
	.no_policy = 1,
};

/**
 * sitelink_tunnel4_register() - receive IPv4 or IPv6 in IPv4
 * @handler: as for xfrm4_tunnel_register(); its priority matters only there
 * @family: AF_INET or AF_INET6, of the inner packets
 *
 * Context: process, a module's init.
 * Return: 0, or -EEXIST when somebody has the protocol.
 */
int sitelink_tunnel4_register(struct xfrm_tunnel *handler,
			      unsigned short family)
{
	const bool v4 = family == AF_INET;

	rcu_assign_pointer(*(v4 ? &handler4 : &handler6), handler);
	if (inet_add_protocol(v4 ? &protocol4 : &protocol6,
			      v4 ? IPPROTO_IPIP : IPPROTO_IPV6))
		return -EEXIST;
	return 0;
}
EXPORT_SYMBOL_GPL(sitelink_tunnel4_register);

/**
 * sitelink_tunnel4_unregister() - undo sitelink_tunnel4_register()
 * @handler: the same
 * @family: the same
 *
 * Context: process; waits for packets in the handler.
 */
void sitelink_tunnel4_unregister(struct xfrm_tunnel *handler,
				 unsigned short family)
{
	const bool v4 = family == AF_INET;

	inet_del_protocol(v4 ? &protocol4 : &protocol6,
			  v4 ? IPPROTO_IPIP : IPPROTO_IPV6);
}
EXPORT_SYMBOL_GPL(sitelink_tunnel4_unregister);
#endif
