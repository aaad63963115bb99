// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending: what the stack has marked for us is encrypted, what it has encrypted
 * itself keeps its place among the former, all else passes.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/esp.h>

#include "espdev.h"

static void pass(struct espdev *ed, struct sk_buff *skb)
{
	dev_sw_netstats_tx_add(ed->dev, 1, skb->len);
	skb->dev = ed->lower;
	dev_queue_xmit(skb);
}

static void pending_dec(struct espdev *ed)
{
	int left = atomic_dec_return(&ed->tx_pending);

	/* pairs with the one in pending_inc() */
	smp_mb__after_atomic();
	if (unlikely(netif_queue_stopped(ed->dev)) && left <= ed->window / 2)
		netif_wake_queue(ed->dev);
}

/* A full engine stops the queue: the qdisc knows best what to drop. */
static void pending_inc(struct espdev *ed)
{
	if (likely(atomic_inc_return(&ed->tx_pending) < ed->window))
		return;
	netif_stop_queue(ed->dev);
	/* pairs with the one in pending_dec() */
	smp_mb__after_atomic();
	if (atomic_read(&ed->tx_pending) <= ed->window / 2)
		netif_wake_queue(ed->dev);
}

/* An engine is full; whoever is next to be delivered makes the queue go on. */
static void pause_queue(struct espdev *ed)
{
	netif_stop_queue(ed->dev);
	/* pairs with the one in pending_dec() */
	smp_mb__after_atomic();
	if (!atomic_read(&ed->tx_pending))
		netif_wake_queue(ed->dev);
}

/**
 * espdev_tx_deliver() - send a packet whose turn it is
 * @job: done; its packet is consumed
 *
 * Context: BH disabled, RCU read side.
 */
void espdev_tx_deliver(struct espdev_job *job)
{
	struct espdev *ed = job->sa->ed;
	struct sk_buff *skb = job->skb;

	pending_dec(ed);
	if (unlikely(job->err)) {
		espdev_drop(job->sa, TX, ENGINE);
		kfree_skb(skb);
		return;
	}
	pass(ed, skb);
}

/**
 * espdev_tx_given_up() - an engine keeps a packet
 * @sa: its SA
 *
 * Context: BH disabled.
 */
void espdev_tx_given_up(struct espdev_sa *sa)
{
	espdev_drop(sa, TX, ENGINE);
	pending_dec(sa->ed);
}

/**
 * espdev_flush() - hand a burst to the workers
 * @ed: device
 *
 * Context: BH disabled, the queue's lock held.
 */
void espdev_flush(struct espdev *ed)
{
	if (!list_empty(&ed->batch))
		espdev_spread(&ed->batch);
}

/* @sa: a reference of it goes over */
static void encrypt(struct espdev *ed, struct espdev_sa *sa,
		    struct sk_buff *skb)
{
	const struct xfrm_offload *xo = xfrm_offload(skb);
	unsigned int off = skb_transport_offset(skb) + sa->udp_len;
	const struct ip_esp_hdr *esph;
	struct espdev_job *job;
	u32 lo, hi = 0;

	if (unlikely(!pskb_may_pull(skb, off + sizeof(*esph) + sa->iv_len) ||
		     skb->len < off + sizeof(*esph) + sa->iv_len +
				sa->icv_len)) {
		espdev_drop(sa, TX, MALFORMED);
		goto drop;
	}
	esph = (const struct ip_esp_hdr *)(skb->data + off);
	lo = ntohl(esph->seq_no);
	if (sa->esn) {
		hi = xo->seq.hi;
		/* the stack has counted up one segment too early */
		if (unlikely(lo == U32_MAX && xo->flags & XFRM_GSO_SEGMENT))
			hi--;
	}
	job = espdev_job_crypt(sa, skb, off, (u64)hi << 32 | lo);
	if (IS_ERR(job)) {
		if (PTR_ERR(job) == -ENOMEM)
			espdev_drop(sa, TX, NOMEM);
		else
			espdev_drop(sa, TX, ENGINE);
		goto drop;
	}
	secpath_reset(skb);
	skb->ip_summed = CHECKSUM_NONE;
	espdev_count(ed, TX_ESP);
	pending_inc(ed);
	espdev_order(job);
	if (espdev_spreads(job))
		list_add_tail(&job->work, &ed->batch);
	else if (unlikely(espdev_submit(job) == -ENOSPC))
		pause_queue(ed);
	return;

drop:
	espdev_sa_put(sa);
	kfree_skb(skb);
}

/* SPI of an ESP packet, in UDP maybe, and of a first fragment, for its SA. */
static struct espdev_sa *sa_of(struct espdev *ed, struct sk_buff *skb)
{
	int off = skb_network_offset(skb);
	struct ip_esp_hdr buf;
	const struct ip_esp_hdr *esph;
	const struct ipv6hdr *ip6h;
	const struct iphdr *iph;
	struct ipv6hdr hdr;
	__be16 dport;

	if (skb->protocol == htons(ETH_P_IP)) {
		iph = skb_header_pointer(skb, off, sizeof(*iph), &hdr);
		if (!iph || iph->frag_off & htons(IP_OFFSET))
			return NULL;
		off += iph->ihl * 4;
		if (iph->protocol == IPPROTO_ESP)
			esph = skb_header_pointer(skb, off, sizeof(buf), &buf);
		else if (iph->protocol == IPPROTO_UDP &&
			 atomic_read(&ed->udp_sas))
			esph = espdev_in_udp(skb, off, &dport, &buf);
		else
			return NULL;
		return !esph ? NULL : espdev_sa_find(ed, false, esph->spi,
						     &iph->daddr, AF_INET);
	}
	if (skb->protocol != htons(ETH_P_IPV6))
		return NULL;
	ip6h = skb_header_pointer(skb, off, sizeof(*ip6h), &hdr);
	if (!ip6h || ip6h->nexthdr != IPPROTO_ESP)
		return NULL;
	esph = skb_header_pointer(skb, off + sizeof(*ip6h), sizeof(buf), &buf);
	return !esph ? NULL : espdev_sa_find(ed, false, esph->spi,
					     &ip6h->daddr, AF_INET6);
}

/* Encrypted by the stack: behind what an engine still has. */
static bool keeps_order(struct espdev *ed, struct sk_buff *skb)
{
	struct espdev_sa *sa = sa_of(ed, skb);
	struct espdev_job *job;

	if (!sa)
		return false;
	espdev_count(ed, TX_ESP_SOFTWARE);
	if (!atomic_read(&sa->pending))
		goto not_kept;
	job = espdev_job_new(sa, skb, NULL);
	if (!job)
		goto not_kept;
	pending_inc(ed);
	espdev_order(job);
	espdev_finish(job, 0);
	return true;

not_kept:
	espdev_sa_put(sa);
	return false;
}

/**
 * espdev_xmit() - ndo_start_xmit
 * @skb: packet, consumed
 * @dev: device
 *
 * A packet that the stack left to us in clear, and whose SA is gone, goes
 * nowhere.
 *
 * Context: BH disabled, RCU read side, the queue's lock held.
 * Return: NETDEV_TX_OK.
 */
netdev_tx_t espdev_xmit(struct sk_buff *skb, struct net_device *dev)
{
	const struct xfrm_offload *xo = xfrm_offload(skb);
	struct espdev *ed = netdev_priv(dev);
	const struct xfrm_state *x;
	struct espdev_sa *sa;

	x = xo ? xfrm_input_state(skb) : NULL;
	/* what was received by an offload may be forwarded */
	if (x && x->xso.dir != XFRM_DEV_OFFLOAD_IN &&
	    !(xo->flags & (CRYPTO_DONE | XFRM_GRO))) {
		sa = (void *)READ_ONCE(x->xso.offload_handle);
		if (likely(sa && sa->ed == ed && xo->flags & XFRM_XMIT &&
			   refcount_inc_not_zero(&sa->refs))) {
			encrypt(ed, sa, skb);
		} else {
			espdev_count(ed, TX_NO_SA);
			kfree_skb(skb);
		}
	} else if (!atomic_read(&ed->out_sas) || !keeps_order(ed, skb)) {
		pass(ed, skb);
	}
	if (!netdev_xmit_more() || netif_queue_stopped(dev))
		espdev_flush(ed);
	return NETDEV_TX_OK;
}
