// SPDX-License-Identifier: GPL-2.0-only
/*
 * Becoming the receiver of GRE version 0: through gre.ko, which others share,
 * or alone on a kernel that is built without it.
 */
#include <net/gre.h>
#include <net/protocol.h>

#include "gre.h"

#if IS_ENABLED(CONFIG_NET_IPGRE_DEMUX)
static const struct gre_protocol gre_version0 = {
	.handler = gre_rcv,
	.err_handler = gre_err,
};

/**
 * gre_demux_init() - receive GRE version 0
 *
 * Context: process.
 * Return: 0, or -EEXIST when somebody else does.
 */
int gre_demux_init(void)
{
	return gre_add_protocol(&gre_version0, GREPROTO_CISCO) ? -EEXIST : 0;
}

/**
 * gre_demux_exit() - undo gre_demux_init()
 *
 * Context: process; waits for packets in the handlers.
 */
void gre_demux_exit(void)
{
	gre_del_protocol(&gre_version0, GREPROTO_CISCO);
}
#else
static bool is_version0(const struct gre_hdr *h)
{
	return (h->flags & GRE_VERSION) == GRE_VERSION_0;
}

/* As gre.ko: what is shorter is not for gre_rcv() but for the receive hook. */
static int demux_rcv(struct sk_buff *skb)
{
	if (pskb_may_pull(skb, GRE_DEMUX_MIN) &&
	    is_version0((const struct gre_hdr *)skb->data))
		return gre_rcv(skb);
	kfree_skb(skb);
	return NET_RX_DROP;
}

static int demux_err(struct sk_buff *skb, u32 info)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;

	if (is_version0((const void *)iph + iph->ihl * 4))
		gre_err(skb, info);
	return 0;
}

static const struct net_protocol protocol = {
	.handler = demux_rcv,
	.err_handler = demux_err,
};

int gre_demux_init(void)
{
	return inet_add_protocol(&protocol, IPPROTO_GRE) ? -EEXIST : 0;
}

void gre_demux_exit(void)
{
	inet_del_protocol(&protocol, IPPROTO_GRE);
}
#endif
