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

/**
 * sitelink_count_tx() - 64-bit statistics of what went out
 * @dev: the tunnel
 * @segs: packets; a super-packet counts per segment
 * @bytes: octets of all of them
 *
 * Context: BH disabled.
 */
void sitelink_count_tx(struct net_device *dev, unsigned int segs,
		       unsigned int bytes)
{
	struct pcpu_sw_netstats *tstats = this_cpu_ptr(dev->tstats);

	u64_stats_update_begin(&tstats->syncp);
	u64_stats_add(&tstats->tx_packets, segs);
	u64_stats_add(&tstats->tx_bytes, bytes);
	u64_stats_update_end(&tstats->syncp);
}
EXPORT_SYMBOL_GPL(sitelink_count_tx);

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
 * What the outer header takes from the inner packet, but for ECN, which must
 * not choose the route.
 */
static void inherit(const struct sitelink_cfg *cfg,
		    const struct sitelink_inner *in, struct sitelink_outer *o)
{
	const struct sitelink_params *p = &cfg->p;

	if (in->proto && (p->tos & SITELINK_TOS_INHERIT))
		o->tos = in->dsfield & ~INET_ECN_MASK;
	else
		o->tos = p->tos & ~SITELINK_TOS_INHERIT;
	/* in-tree kinds copy what is a bit, not what IPv6 implies */
	o->df = p->pmtudisc ||
		(in->df && !p->ignore_df &&
		 (in->proto == htons(ETH_P_IP) || !cfg->kind->twin));
}

/*
 * Does the path carry the packet whole, if it must? Returns false when @skb
 * was consumed: its sender has been told.
 */
static bool fits_path(struct sk_buff *skb, const struct sitelink_cfg *cfg,
		      struct sitelink_outer *o, const struct sitelink_inner *in)
{
	int mtu = sitelink_pmtu_exceeded(skb, cfg, o->dst, in);

	if (likely(!mtu))
		return true;
	/* nobody may fragment it, and nobody has to be told */
	if (!in->df) {
		skb_dst_update_pmtu_no_confirm(skb, mtu);
		return true;
	}
	/* below its minimum IPv6 leaves fragmentation to the link */
	if (in->proto == htons(ETH_P_IPV6) && mtu < IPV6_MIN_MTU) {
		o->df = false;
		return true;
	}
	sitelink_count(cfg->tun, TX_TOO_BIG);
	sitelink_pmtu_answer(skb, cfg, o->dst, in, mtu);
	return false;
}

/*
 * Send one packet or one super-packet of equal segments to @dest, or to the
 * tunnel's remote when that is 0.
 * Consumes @skb. Context: BH disabled, RCU read side.
 */
static void xmit_one(struct sk_buff *skb, const struct sitelink_cfg *cfg,
		     __be32 dest)
{
	unsigned int segs = 1, frame_len = skb->len, bytes = skb->len;
	struct sitelink_outer o = { .dest = dest };
	struct sitelink_tunnel *t = cfg->tun;
	struct net_device *dev = t->dev;
	struct sitelink_inner in;
	int err;

	sitelink_inner_l3(skb, sitelink_l2len(cfg->kind), &in);
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
	inherit(cfg, &in, &o);
	if (unlikely(sitelink_route(cfg, &o))) {
		sitelink_count(t, TX_NO_ROUTE);
		dst_link_failure(skb);
		goto drop;
	}
	if (unlikely(o.dst->dev == dev)) {
		sitelink_count(t, TX_ROUTE_LOOP);
		goto drop_dst;
	}
	if (o.df && !fits_path(skb, cfg, &o, &in)) {
		dst_release(o.dst);
		return;
	}
	report_unreachable(t, skb);

	o.tos = INET_ECN_encapsulate(o.tos, in.dsfield);
	o.ttl = cfg->p.ttl ?: in.ttl ?: ip4_dst_hoplimit(o.dst);
	if (unlikely(skb_cow_head(skb, LL_RESERVED_SPACE(o.dst->dev) +
				  o.dst->header_len + cfg->hlen)) ||
	    unlikely(iptunnel_handle_offloads(skb, cfg->gso_type))) {
		sitelink_count(t, TX_NOMEM);
		goto drop_dst;
	}
	err = sitelink_output(cfg, skb, &o, frame_len);
	if (likely(!net_xmit_eval(err)))
		sitelink_count_tx(dev, segs, bytes);
	else
		dev_core_stats_tx_dropped_inc(dev);
	return;

drop_dst:
	dst_release(o.dst);
drop:
	kfree_skb(skb);
}

/**
 * sitelink_xmit() - ndo_start_xmit of kinds without one of their own
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
	__be32 dest = 0;

	if (unlikely(!cfg || skb->len < sitelink_l2len(cfg->kind))) {
		dev_core_stats_tx_dropped_inc(dev);
		kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	if (unlikely(cfg->kind->inner_protocol &&
		     skb->protocol != cfg->kind->inner_protocol)) {
		sitelink_count(t, TX_PROTOCOL);
		kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	if (unlikely(cfg->dynamic)) {
		dest = cfg->kind->dest ? cfg->kind->dest(cfg, skb) : 0;
		if (!dest) {
			sitelink_count(t, TX_NO_ROUTE);
			dst_link_failure(skb);
			kfree_skb(skb);
			return NETDEV_TX_OK;
		}
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
		xmit_one(skb, cfg, dest);
	}
	return NETDEV_TX_OK;
}

/*
 * The outer packet of what is not from the stack, past qdisc and statistics.
 * On success the caller owns @o->dst.
 */
static bool bare_route(const struct sitelink_cfg *cfg, struct sitelink_outer *o)
{
	sitelink_outer_init(cfg, o);
	o->df = false;
	if (sitelink_route(cfg, o)) {
		sitelink_count(cfg->tun, TX_NO_ROUTE);
		return false;
	}
	if (o->dst->dev == cfg->tun->dev) {
		sitelink_count(cfg->tun, TX_ROUTE_LOOP);
		dst_release(o->dst);
		return false;
	}
	return true;
}

static unsigned int bare_headroom(const struct sitelink_cfg *cfg,
				  const struct sitelink_outer *o)
{
	return LL_RESERVED_SPACE(o->dst->dev) + o->dst->header_len + cfg->hlen;
}

/**
 * sitelink_xmit_keepalive() - send a keepalive
 * @t: the tunnel
 *
 * Context: any that may take BH.
 */
void sitelink_xmit_keepalive(struct sitelink_tunnel *t)
{
	const struct sitelink_cfg *cfg;
	unsigned int headroom, len;
	struct sitelink_outer o;
	struct sk_buff *skb;

	rcu_read_lock_bh();
	cfg = rcu_dereference_bh(t->cfg);
	if (!cfg || !bare_route(cfg, &o))
		goto out;
	len = cfg->kind->keepalive_len ? cfg->kind->keepalive_len(cfg) : 0;
	headroom = bare_headroom(cfg, &o);
	skb = alloc_skb(headroom + len + o.dst->trailer_len, GFP_ATOMIC);
	if (!skb) {
		sitelink_count(t, TX_NOMEM);
		dst_release(o.dst);
		goto out;
	}
	skb_reserve(skb, headroom);
	if (len)
		cfg->kind->keepalive(cfg, o.saddr.v4, skb_put_zero(skb, len));
	skb->dev = t->dev;
	skb->protocol = htons(ETH_P_IP);
	sitelink_count(t, TX_KEEPALIVES);
	sitelink_output(cfg, skb, &o, len);
out:
	rcu_read_unlock_bh();
}

/**
 * sitelink_xmit_back() - send an inner packet back where it came from
 * @cfg: configuration with a unicast remote
 * @skb: inner packet as received, skb->data at its header; consumed
 *
 * Context: softirq, RCU read side.
 */
void sitelink_xmit_back(const struct sitelink_cfg *cfg, struct sk_buff *skb)
{
	struct sitelink_outer o;

	if (!bare_route(cfg, &o))
		goto drop;
	if (skb_cow_head(skb, bare_headroom(cfg, &o))) {
		sitelink_count(cfg->tun, TX_NOMEM);
		dst_release(o.dst);
		goto drop;
	}
	skb_orphan(skb);
	skb->ip_summed = CHECKSUM_NONE;
	sitelink_output(cfg, skb, &o, skb->len);
	return;
drop:
	kfree_skb(skb);
}
EXPORT_SYMBOL_GPL(sitelink_xmit_back);

/**
 * sitelink_xmit_reply() - send a packet back without the kind's header
 * @cfg: the tunnel's configuration
 * @skb: IPv4 packet to the tunnel's remote, skb->data at its header; consumed
 *
 * Context: BH disabled, RCU read side.
 */
void sitelink_xmit_reply(const struct sitelink_cfg *cfg, struct sk_buff *skb)
{
	struct sitelink_tunnel *t = cfg->tun;
	struct sitelink_outer o;

	sitelink_outer_init(cfg, &o);
	if (sitelink_route(cfg, &o)) {
		sitelink_count(t, TX_NO_ROUTE);
		goto drop;
	}
	if (skb_cow_head(skb, LL_RESERVED_SPACE(o.dst->dev) +
			      o.dst->header_len)) {
		sitelink_count(t, TX_NOMEM);
		dst_release(o.dst);
		goto drop;
	}
	skb_scrub_packet(skb, true);
	skb_dst_set(skb, o.dst);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, ip_hdrlen(skb));
	skb->ip_summed = CHECKSUM_NONE;
	skb->protocol = htons(ETH_P_IP);
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	ip_local_out(t->net, NULL, skb);
	return;
drop:
	kfree_skb(skb);
}
