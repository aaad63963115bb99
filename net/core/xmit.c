// SPDX-License-Identifier: GPL-2.0-only
/*
 * Encapsulation. No lock, no shared counter: one RCU dereference gives the
 * configuration that the whole packet is built from.
 */
#include <net/gso.h>
#include <net/inet_ecn.h>
#include <net/ip_tunnels.h>

#include "gso.h"
#include "inner.h"
#include "outer.h"
#include "pmtu.h"
#include "sitelink.h"

/* 64-bit statistics of what went out; a super-packet counts per segment. */
static void count_tx(struct net_device *dev, unsigned int segs,
		     unsigned int bytes)
{
	struct pcpu_sw_netstats *tstats = this_cpu_ptr(dev->tstats);

	u64_stats_update_begin(&tstats->syncp);
	u64_stats_add(&tstats->tx_packets, segs);
	u64_stats_add(&tstats->tx_bytes, bytes);
	u64_stats_update_end(&tstats->syncp);
}

/* Tell the next sender, once, that the remote is unreachable. */
static void report_unreachable(struct sitelink_tunnel *t, struct sk_buff *skb)
{
	if (unlikely(READ_ONCE(t->unreachable)) &&
	    xchg(&t->unreachable, false))
		dst_link_failure(skb);
}

/* Room in a packet's length field, less the outer header where it counts. */
static bool fits_outer(const struct sitelink_cfg *cfg, unsigned int frame_len)
{
	unsigned int hlen = cfg->hlen;

	if (cfg->kind->family == AF_INET6)
		hlen -= sizeof(struct ipv6hdr);
	return frame_len + hlen <= IP_MAX_MTU;
}

/*
 * Send one frame or one super-packet of equal segments.
 * Consumes @skb. Context: BH disabled, RCU read side.
 */
static void xmit_one(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	const struct sitelink_kind *kind = cfg->kind;
	struct sitelink_tunnel *t = cfg->tun;
	struct net_device *dev = t->dev;
	unsigned int segs = 1, frame_len = skb->len, bytes = skb->len;
	struct sitelink_inner in;
	struct sitelink_route rt;
	bool df;
	int err;
	u8 tos;

	sitelink_inner_l3(skb, kind->l2len, &in);
	if (in.proto)
		skb_set_network_header(skb, in.off);
	if (skb_is_gso(skb)) {
		frame_len = sitelink_gso_frame_len(skb);
		segs = skb_shinfo(skb)->gso_segs;
		bytes += (segs - 1) * (frame_len - skb_shinfo(skb)->gso_size);
	}
	if (unlikely(!fits_outer(cfg, frame_len))) {
		sitelink_count(t, TX_TOO_BIG);
		goto drop;
	}

	tos = cfg->p.dscp == SITELINK_DSCP_INHERIT ?
	      in.dsfield & ~INET_ECN_MASK : cfg->p.dscp << 2;
	if (unlikely(sitelink_route(cfg, tos, &rt))) {
		sitelink_count(t, TX_NO_ROUTE);
		dst_link_failure(skb);
		goto drop;
	}
	if (unlikely(rt.dst->dev == dev)) {
		sitelink_count(t, TX_ROUTE_LOOP);
		goto drop_dst;
	}

	df = cfg->p.df == SITELINK_DF_INHERIT && in.df;
	if (df) {
		int mtu = sitelink_pmtu_exceeded(skb, cfg, rt.dst, &in);

		/* below its minimum IPv6 leaves fragmentation to the link */
		if (mtu && in.proto == htons(ETH_P_IPV6) &&
		    mtu < IPV6_MIN_MTU) {
			df = false;
		} else if (unlikely(mtu)) {
			sitelink_count(t, TX_TOO_BIG);
			sitelink_pmtu_answer(skb, cfg, rt.dst, &in, mtu);
			dst_release(rt.dst);
			return;
		}
	}
	report_unreachable(t, skb);

	tos = INET_ECN_encapsulate(tos, in.dsfield);
	if (unlikely(skb_cow_head(skb, LL_RESERVED_SPACE(rt.dst->dev) +
				  rt.dst->header_len + cfg->hlen)) ||
	    unlikely(iptunnel_handle_offloads(skb, kind->gso_type))) {
		sitelink_count(t, TX_NOMEM);
		goto drop_dst;
	}
	skb_set_inner_protocol(skb, kind->inner_protocol);
	err = sitelink_output(cfg, skb, &rt, tos, df, frame_len);
	if (likely(!net_xmit_eval(err)))
		count_tx(dev, segs, bytes);
	else
		dev_core_stats_tx_dropped_inc(dev);
	return;

drop_dst:
	dst_release(rt.dst);
drop:
	kfree_skb(skb);
}

/**
 * sitelink_xmit() - ndo_start_xmit of every kind
 * @skb: inner frame or super-packet; consumed
 * @dev: the tunnel
 *
 * Context: BH disabled, RCU read side; concurrent on all CPUs.
 * Return: NETDEV_TX_OK.
 */
netdev_tx_t sitelink_xmit(struct sk_buff *skb, struct net_device *dev)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_cfg *cfg = rcu_dereference_bh(t->cfg);
	struct sk_buff *next;

	if (unlikely(!cfg || skb->len < cfg->kind->l2len)) {
		dev_core_stats_tx_dropped_inc(dev);
		kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	if (skb_is_gso(skb)) {
		skb = sitelink_gso_prepare(skb, cfg);
		if (IS_ERR(skb)) {
			sitelink_count(t, TX_NOMEM);
			return NETDEV_TX_OK;
		}
	}
	for (; skb; skb = next) {
		next = skb->next;
		skb_mark_not_on_list(skb);
		xmit_one(skb, cfg);
	}
	return NETDEV_TX_OK;
}

/**
 * sitelink_xmit_bare() - send the header alone, an EoIP keepalive
 * @t: the tunnel
 *
 * Context: any that may take BH.
 */
void sitelink_xmit_bare(struct sitelink_tunnel *t)
{
	const struct sitelink_cfg *cfg;
	struct sitelink_route rt;
	unsigned int headroom;
	struct sk_buff *skb;
	u8 tos;

	rcu_read_lock_bh();
	cfg = rcu_dereference_bh(t->cfg);
	if (!cfg)
		goto out;
	tos = cfg->p.dscp == SITELINK_DSCP_INHERIT ? 0 : cfg->p.dscp << 2;
	if (sitelink_route(cfg, tos, &rt)) {
		sitelink_count(t, TX_NO_ROUTE);
		goto out;
	}
	if (rt.dst->dev == t->dev) {
		sitelink_count(t, TX_ROUTE_LOOP);
		dst_release(rt.dst);
		goto out;
	}
	headroom = LL_RESERVED_SPACE(rt.dst->dev) + rt.dst->header_len +
		   cfg->hlen;
	skb = alloc_skb(headroom + rt.dst->trailer_len, GFP_ATOMIC);
	if (!skb) {
		sitelink_count(t, TX_NOMEM);
		dst_release(rt.dst);
		goto out;
	}
	skb_reserve(skb, headroom);
	skb->dev = t->dev;
	skb->protocol = htons(ETH_P_IP);
	sitelink_count(t, TX_KEEPALIVES);
	sitelink_output(cfg, skb, &rt, tos, false, 0);
out:
	rcu_read_unlock_bh();
}
