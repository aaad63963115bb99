// SPDX-License-Identifier: GPL-2.0-only
/*
 * Delivering what was decrypted to the stack.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/dst_metadata.h>
#include <net/esp.h>
#include <net/protocol.h>

#include "espdev.h"

/* A route that says: ask no policy. IPv4 has a flag for that. */
static struct metadata_dst *no_policy;

static u32 status(int err)
{
	switch (err) {
	case 0:
		return CRYPTO_SUCCESS;
	case -EBADMSG:
		return CRYPTO_TUNNEL_ESP_AUTH_FAILED;
	default:
		return CRYPTO_GENERIC_ERROR;
	}
}

static int encap_type(const struct espdev_sa *sa)
{
	return sa->udp_len ? UDP_ENCAP_ESPINUDP : 0;
}

/* What the stack's own GRO of ESP does: to the state, past routing. */
static void deliver_to_state(struct sk_buff *skb, const struct espdev_sa *sa)
{
	xfrm_offload(skb)->flags |= XFRM_GRO;
	XFRM_TUNNEL_SKB_CB(skb)->tunnel.ip4 = NULL;
	XFRM_SPI_SKB_CB(skb)->family = sa->family;
	/* where the protocol goes that was inside, in transport mode */
	if (sa->family == AF_INET6)
		IP6CB(skb)->nhoff = offsetof(struct ipv6hdr, nexthdr);
	XFRM_SPI_SKB_CB(skb)->daddroff = sa->family == AF_INET ?
		offsetof(struct iphdr, daddr) : offsetof(struct ipv6hdr, daddr);
	XFRM_SPI_SKB_CB(skb)->seq = ip_esp_hdr(skb)->seq_no;
	xfrm_input(skb, IPPROTO_ESP, sa->spi, encap_type(sa));
}

/*
 * Does an inbound policy want what is in the tunnel? As a vti device asks: by
 * the state's mark.
 */
static bool wanted(struct sk_buff *skb, const struct espdev_sa *sa)
{
	const unsigned int off = sizeof(struct ip_esp_hdr) + sa->iv_len;
	const int network = skb_network_offset(skb);
	const u32 mark = skb->mark;
	bool ok = false;
	u8 proto;

	if (skb_copy_bits(skb, skb->len - sa->icv_len - 1, &proto, 1))
		return false;
	skb_set_network_header(skb, off);
	skb->mark = xfrm_input_state(skb)->mark.v;
	if (proto == IPPROTO_IPIP)
		ok = pskb_may_pull(skb, off + sizeof(struct iphdr)) &&
		     xfrm_policy_check(NULL, XFRM_POLICY_IN, skb, AF_INET);
	else if (proto == IPPROTO_IPV6)
		ok = pskb_may_pull(skb, off + sizeof(struct ipv6hdr)) &&
		     xfrm_policy_check(NULL, XFRM_POLICY_IN, skb, AF_INET6);
	skb->mark = mark;
	skb_set_network_header(skb, network);
	return ok;
}

/*
 * A state with a mark is that of a vti device, which must see the packet first:
 * to those who receive ESP, past routing. In-tree vti asks the policies twice,
 * for the outer packet, which must not have been in a tunnel, and for the inner
 * one; so these are asked for the inner one before, and then no more.
 */
static void deliver_to_handlers(struct sk_buff *skb, struct espdev_sa *sa)
{
	const bool asked = sa->tunnel &&
			   xfrm_offload(skb)->status == CRYPTO_SUCCESS;
	const struct net_protocol *p4;
#if IS_ENABLED(CONFIG_IPV6)
	const struct inet6_protocol *p6;
#endif

	if (asked && unlikely(!wanted(skb, sa))) {
		espdev_drop(sa, RX, POLICY);
		kfree_skb(skb);
		return;
	}
#if IS_ENABLED(CONFIG_IPV6)
	if (sa->family == AF_INET6) {
		memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
		IP6CB(skb)->iif = skb->dev->ifindex;
		IP6CB(skb)->nhoff = offsetof(struct ipv6hdr, nexthdr);
		/* dropped where the packet leaves the tunnel */
		if (asked)
			skb_dst_set_noref(skb, &no_policy->dst);
		p6 = rcu_dereference(inet6_protos[IPPROTO_ESP]);
		if (p6)
			p6->handler(skb);
		else
			kfree_skb(skb);
		return;
	}
#endif
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	IPCB(skb)->iif = skb->dev->ifindex;
	if (asked)
		IPCB(skb)->flags |= IPSKB_NOPOLICY;
	p4 = rcu_dereference(inet_protos[IPPROTO_ESP]);
	if (sa->udp_len)
		xfrm4_rcv_encap(skb, IPPROTO_ESP, 0, encap_type(sa));
	else if (p4)
		p4->handler(skb);
	else
		kfree_skb(skb);
}

/**
 * espdev_rx_deliver() - give a packet whose turn it is to the stack
 * @job: done; its packet is consumed
 *
 * Context: BH disabled, RCU read side.
 */
void espdev_rx_deliver(struct espdev_job *job)
{
	struct espdev_sa *sa = job->sa;
	struct sk_buff *skb = job->skb;
	struct xfrm_offload *xo = xfrm_offload(skb);

	if (unlikely(job->err == -EBADMSG))
		espdev_drop(sa, RX, BAD_ICV);
	else if (unlikely(job->err))
		espdev_drop(sa, RX, ENGINE);
	xo->flags = CRYPTO_DONE;
	xo->status = status(job->err);
	skb->ip_summed = CHECKSUM_NONE;
	__skb_pull(skb, skb_transport_offset(skb));
	/* as where UDP hands it over */
	if (sa->udp_len)
		be16_add_cpu(&ip_hdr(skb)->tot_len, -sa->udp_len);
	if (xfrm_input_state(skb)->mark.m)
		deliver_to_handlers(skb, sa);
	else
		deliver_to_state(skb, sa);
}

/**
 * espdev_deliver_init() - set up what deliveries need
 *
 * Return: 0 or -ENOMEM.
 */
int espdev_deliver_init(void)
{
	no_policy = metadata_dst_alloc(0, METADATA_HW_PORT_MUX, GFP_KERNEL);
	if (!no_policy)
		return -ENOMEM;
	/* dropped like any route when a packet leaves its tunnel */
	no_policy->dst.flags &= ~DST_METADATA;
	no_policy->dst.flags |= DST_NOPOLICY;
	return 0;
}

/**
 * espdev_deliver_exit() - undo espdev_deliver_init(); no device is left
 */
void espdev_deliver_exit(void)
{
	metadata_dst_free(no_policy);
}
