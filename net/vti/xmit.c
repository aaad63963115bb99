// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending: the IPsec policies with the tunnel's mark say what becomes of a
 * packet. Without an SA it is dropped, and the lookup has asked the IKE daemon
 * for one. Super-packets stay whole up to ESP.
 */
#include <net/gso.h>
#include <net/ip6_route.h>
#include <net/route.h>
#include <net/xfrm.h>

#include "gso.h"
#include "inner.h"
#include "pmtu.h"
#include "vti.h"

/* A route through the tunnel, for what came without one (packet sockets). */
static struct dst_entry *route(const struct sk_buff *skb, struct flowi *fl)
{
	struct net_device *dev = skb->dev;
	struct dst_entry *dst;
	struct rtable *rt;

	if (skb->protocol == htons(ETH_P_IP)) {
		fl->u.ip4.flowi4_oif = dev->ifindex;
		fl->u.ip4.flowi4_flags |= FLOWI_FLAG_ANYSRC;
		rt = __ip_route_output_key(dev_net(dev), &fl->u.ip4);
		return IS_ERR(rt) ? NULL : &rt->dst;
	}
#if IS_ENABLED(CONFIG_IPV6)
	fl->u.ip6.flowi6_oif = dev->ifindex;
	fl->u.ip6.flowi6_flags |= FLOWI_FLAG_ANYSRC;
	dst = ip6_route_output(dev_net(dev), NULL, &fl->u.ip6);
	if (!dst->error)
		return dst;
	dst_release(dst);
#endif
	return NULL;
}

/* Is it a tunnel mode SA between the tunnel's addresses? */
static bool right_sa(const struct xfrm_state *x,
		     const struct sitelink_params *p)
{
	const xfrm_address_t *saddr = (const void *)&p->local.v4;
	const xfrm_address_t *daddr = (const void *)&p->remote.v4;

	if (!x || x->props.mode != XFRM_MODE_TUNNEL ||
	    x->props.family != AF_INET)
		return false;
	if (!p->remote.v4)
		return xfrm_addr_equal(saddr, &x->props.saddr, AF_INET);
	return xfrm_state_addr_check(x, daddr, saddr, AF_INET);
}

/*
 * The packet's IPsec bundle, or NULL after it was counted why not.
 * Context: BH disabled, RCU read side.
 */
static struct dst_entry *bundle(struct sk_buff *skb,
				const struct sitelink_cfg *cfg)
{
	bool ip4 = skb->protocol == htons(ETH_P_IP);
	struct sitelink_tunnel *t = cfg->tun;
	struct dst_entry *dst;
	struct flowi fl = {};

	if (ip4)
		memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	else
		memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	sitelink_decode_session(dev_net(t->dev), skb, &fl,
				ip4 ? AF_INET : AF_INET6);
	fl.flowi_mark = cfg->p.mark_out;

	if (!skb_dst(skb)) {
		dst = route(skb, &fl);
		if (!dst) {
			sitelink_count(t, TX_NO_ROUTE);
			return NULL;
		}
		skb_dst_set(skb, dst);
	}
	dst_hold(skb_dst(skb));
	dst = xfrm_lookup_route(t->net, skb_dst(skb), &fl, NULL, 0);
	if (IS_ERR(dst)) {
		sitelink_count(t, TX_NO_SA);
		return NULL;
	}
	/* queued until there is an SA: xfrm_larval_drop=0 */
	if (unlikely(dst->flags & DST_XFRM_QUEUE))
		return dst;
	if (unlikely(!right_sa(dst->xfrm, &cfg->p))) {
		sitelink_count(t, TX_NO_SA);
		dst_release(dst);
		return NULL;
	}
	return dst;
}

/*
 * Does the path carry the packet, or may it be fragmented? Returns false when
 * @skb was consumed: its sender has been told.
 */
static bool fits_path(struct sk_buff *skb, const struct sitelink_cfg *cfg,
		      struct dst_entry *dst, const struct sitelink_inner *in)
{
	struct vti_tunnel *vt = container_of(cfg->tun, struct vti_tunnel, t);
	unsigned int mtu = dst_mtu(dst);

	if (unlikely(READ_ONCE(vt->sa_mtu) != mtu))
		WRITE_ONCE(vt->sa_mtu, mtu);
	if (in->proto == htons(ETH_P_IPV6))
		mtu = max_t(unsigned int, mtu, IPV6_MIN_MTU);
	if (skb_is_gso(skb) ? skb_gso_validate_network_len(skb, mtu) :
			      skb->len <= mtu)
		return true;
	if (!in->df) {
		skb_dst_update_pmtu_no_confirm(skb, mtu);
		return true;
	}
	sitelink_count(cfg->tun, TX_TOO_BIG);
	sitelink_pmtu_answer(skb, cfg, dst, in, mtu);
	return false;
}

/*
 * The stack cuts a super-packet into buffers with as much headroom as it has
 * itself. TCP's is so large that a full segment leaves no room in 2 KiB for
 * ESP's trailer, which then takes pages and copies. So the headers move to the
 * front, as far as the outer ones allow.
 */
static void trim_headroom(struct sk_buff *skb, const struct dst_entry *dst,
			  unsigned int hlen)
{
	int spare = (int)skb_headroom(skb) -
		    (int)(LL_RESERVED_SPACE(dst->dev) + dst->header_len);

	/* what of the payload is beside them may belong to others, too */
	if (skb_headlen(skb) != hlen || skb_header_cloned(skb))
		return;
	spare = round_down(spare, (int)sizeof(u64));
	if (spare <= 0)
		return;
	memmove(skb->data - spare, skb->data, hlen);
	skb->data -= spare;
	skb->tail -= spare;
	skb_headers_offset_update(skb, -spare);
}

/**
 * vti_path_mtu() - sitelink_kind.path_mtu
 * @t: the tunnel
 *
 * Return: what the last packet's SA and path left, 0 before the first.
 */
unsigned int vti_path_mtu(const struct sitelink_tunnel *t)
{
	return READ_ONCE(container_of(t, struct vti_tunnel, t)->sa_mtu);
}

/**
 * vti_xmit() - ndo_start_xmit
 * @skb: inner packet or super-packet; consumed
 * @dev: the tunnel
 *
 * Context: BH disabled, RCU read side; concurrent on all CPUs.
 * Return: NETDEV_TX_OK.
 */
netdev_tx_t vti_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_cfg *cfg = rcu_dereference_bh(t->cfg);
	unsigned int segs = 1, bytes = skb->len, hlen;
	struct sitelink_inner in;
	struct dst_entry *dst;
	int err;

	if (unlikely(!cfg)) {
		dev_core_stats_tx_dropped_inc(dev);
		goto drop;
	}
	sitelink_inner_l3(skb, 0, &in);
	if (unlikely(!in.proto || in.proto != skb->protocol)) {
		sitelink_count(t, TX_PROTOCOL);
		goto drop;
	}
	dst = bundle(skb, cfg);
	if (unlikely(!dst)) {
		dst_link_failure(skb);
		goto drop;
	}
	if (unlikely(dst->dev == dev)) {
		sitelink_count(t, TX_ROUTE_LOOP);
		dst_release(dst);
		goto drop;
	}
	if (likely(!(dst->flags & DST_XFRM_QUEUE)) &&
	    unlikely(!fits_path(skb, cfg, dst, &in))) {
		dst_release(dst);
		return NETDEV_TX_OK;
	}
	if (skb_is_gso(skb)) {
		segs = skb_shinfo(skb)->gso_segs ?: 1;
		hlen = sitelink_gso_hdr_len(skb);
		bytes += (segs - 1) * hlen;
		trim_headroom(skb, dst, hlen);
	}

	skb_scrub_packet(skb, !net_eq(t->net, dev_net(dev)));
	skb_dst_set(skb, dst);
	skb->dev = dst->dev;
	err = dst_output(t->net, skb->sk, skb);
	if (likely(!net_xmit_eval(err)))
		sitelink_count_tx(dev, segs, bytes);
	else
		dev_core_stats_tx_dropped_inc(dev);
	return NETDEV_TX_OK;
drop:
	kfree_skb(skb);
	return NETDEV_TX_OK;
}
