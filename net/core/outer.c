// SPDX-License-Identifier: GPL-2.0-only
/*
 * The outer header of both families: template, route, output.
 */
#include <net/dst_metadata.h>
#include <net/flow.h>
#include <net/inet_dscp.h>
#include <net/ip6_route.h>
#include <net/ip_tunnels.h>
#include <net/l3mdev.h>
#include <net/route.h>

#include "outer.h"

/**
 * sitelink_outer_template() - write the constant part of the outer header
 * @cfg: configuration, its properties set
 */
void sitelink_outer_template(struct sitelink_cfg *cfg)
{
	const struct sitelink_params *p = &cfg->p;
	struct ipv6hdr *ip6h = (struct ipv6hdr *)cfg->tmpl;

	if (cfg->kind->family == AF_INET) {
		struct iphdr *iph = (struct iphdr *)cfg->tmpl;

		iph->version = 4;
		iph->ihl = sizeof(*iph) / 4;
		iph->protocol = cfg->kind->protocol;
		iph->daddr = p->remote.v4;
		return;
	}
	ip6h->version = 6;
	ip6h->nexthdr = cfg->kind->protocol;
	ip6h->daddr = p->remote.v6;
}

/* The tunnel's own TOS without ECN: the one whose route the cache holds. */
static u8 cfg_tos(const struct sitelink_params *p)
{
	return p->tos & INET_DSCP_MASK;
}

/**
 * sitelink_outer_init() - begin an outer packet without an inner one
 * @cfg: configuration
 * @o: set to what the tunnel's properties say
 */
void sitelink_outer_init(const struct sitelink_cfg *cfg,
			 struct sitelink_outer *o)
{
	o->dest = 0;
	o->tos = cfg_tos(&cfg->p);
	o->ttl = cfg->p.ttl ?: 255;
	o->df = cfg->p.pmtudisc;
}
EXPORT_SYMBOL_GPL(sitelink_outer_init);

/*
 * A link that is part of a VRF stands for the VRF: packets may leave by any of
 * its devices, as with the in-tree kinds.
 */
static void flow_set_link(struct flowi_common *fl,
			  const struct sitelink_cfg *cfg)
{
	fl->flowic_l3mdev = 0;
	fl->flowic_oif = cfg->p.link;
	if (likely(!cfg->p.link))
		return;
	fl->flowic_l3mdev =
		l3mdev_master_upper_ifindex_by_index_rcu(cfg->tun->net,
							 cfg->p.link);
	if (fl->flowic_l3mdev)
		fl->flowic_oif = 0;
}

/* A directed broadcast address is known by its route alone. */
static bool type_ok(const struct sitelink_kind *kind, const struct rtable *r)
{
	return !kind->unicast_only || r->rt_type == RTN_UNICAST ||
	       r->rt_type == RTN_LOCAL;
}

static int route4(const struct sitelink_cfg *cfg, struct sitelink_outer *o)
{
	struct dst_cache *cache = (struct dst_cache *)&cfg->dst_cache;
	bool cached = !o->dest && !((o->tos ^ cfg->p.tos) & INET_DSCP_MASK);
	struct flowi4 fl4 = {};
	struct rtable *r;

	if (likely(cached)) {
		r = dst_cache_get_ip4(cache, &o->saddr.v4);
		if (likely(r))
			goto found;
	}
	flowi4_init_output(&fl4, 0, cfg->p.fwmark,
			   o->tos & INET_DSCP_MASK, RT_SCOPE_UNIVERSE,
			   cfg->kind->protocol, 0,
			   o->dest ?: cfg->p.remote.v4, cfg->p.local.v4, 0, 0,
			   GLOBAL_ROOT_UID);
	flow_set_link(&fl4.__fl_common, cfg);
	fl4.fl4_gre_key = htonl(cfg->p.okey);
	r = ip_route_output_key(cfg->tun->net, &fl4);
	if (IS_ERR(r))
		return PTR_ERR(r);
	if (unlikely(!type_ok(cfg->kind, r))) {
		ip_rt_put(r);
		return -EHOSTUNREACH;
	}
	o->saddr.v4 = fl4.saddr;
	if (cached)
		dst_cache_set_ip4(cache, &r->dst, fl4.saddr);
found:
	o->dst = &r->dst;
	return 0;
}

#if IS_ENABLED(CONFIG_IPV6)
static int route6(const struct sitelink_cfg *cfg, struct sitelink_outer *o)
{
	struct dst_cache *cache = (struct dst_cache *)&cfg->dst_cache;
	bool cached = !((o->tos ^ cfg->p.tos) & INET_DSCP_MASK);
	struct dst_entry *dst;
	struct flowi6 fl6;

	if (likely(cached)) {
		dst = dst_cache_get_ip6(cache, &o->saddr.v6);
		if (likely(dst))
			goto found;
	}
	memset(&fl6, 0, sizeof(fl6));
	flow_set_link(&fl6.__fl_common, cfg);
	fl6.flowi6_mark = cfg->p.fwmark;
	fl6.flowi6_proto = cfg->kind->protocol;
	fl6.flowlabel = ip6_make_flowinfo(o->tos & INET_DSCP_MASK, 0);
	fl6.daddr = cfg->p.remote.v6;
	fl6.saddr = cfg->p.local.v6;
	dst = ip6_dst_lookup_flow(cfg->tun->net, NULL, &fl6, NULL);
	if (IS_ERR(dst))
		return PTR_ERR(dst);
	o->saddr.v6 = fl6.saddr;
	if (cached)
		dst_cache_set_ip6(cache, dst, &fl6.saddr);
found:
	o->dst = dst;
	return 0;
}
#else
static int route6(const struct sitelink_cfg *cfg, struct sitelink_outer *o)
{
	return -EAFNOSUPPORT;
}
#endif

/**
 * sitelink_route() - find the route of an outer packet
 * @cfg: configuration
 * @o: destination and TOS set; on success @o->dst, which the caller then owns,
 *	and the source address are filled in
 *
 * The route for the configured remote and DSCP comes from the cache; one for
 * an inherited DSCP or another destination is looked up, so that routing by
 * TOS holds.
 *
 * Context: BH disabled, RCU read side.
 * Return: 0 or a negative error.
 */
int sitelink_route(const struct sitelink_cfg *cfg, struct sitelink_outer *o)
{
	return cfg->kind->family == AF_INET ? route4(cfg, o) : route6(cfg, o);
}
EXPORT_SYMBOL_GPL(sitelink_route);

/**
 * sitelink_output() - put the headers before an inner frame and send it
 * @cfg: configuration
 * @skb: the frame, headroom made, offloads prepared; consumed
 * @o: outer packet, complete; its reference of the route is consumed
 * @frame_len: length of each inner frame on the wire, octets
 *
 * The packet passes netfilter's output hooks, IPsec and fragmentation like
 * any other of this host.
 *
 * Context: BH disabled, RCU read side.
 * Return: NET_XMIT_* or a negative error.
 */
int sitelink_output(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		    const struct sitelink_outer *o, unsigned int frame_len)
{
	const struct sitelink_kind *kind = cfg->kind;
	struct net *net = cfg->tun->net;
	unsigned int hlen = cfg->hlen;
	void *hdr;

	skb_scrub_packet(skb, !net_eq(net, dev_net(cfg->tun->dev)));
	skb_clear_hash_if_not_l4(skb);
	skb_dst_set(skb, o->dst);

	hdr = __skb_push(skb, hlen);
	memcpy(hdr, cfg->tmpl, hlen);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, hlen - cfg->khlen);
	kind->build(cfg, skb, hdr + hlen - cfg->khlen, frame_len);

	if (kind->family == AF_INET) {
		struct iphdr *iph = hdr;

		memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
		iph->tos = o->tos;
		iph->ttl = o->ttl;
		iph->saddr = o->saddr.v4;
		if (unlikely(o->dest))
			iph->daddr = o->dest;
		if (o->df && !ip_mtu_locked(o->dst))
			iph->frag_off = htons(IP_DF);
		ip_select_ident_segs(net, skb, NULL,
				     skb_shinfo(skb)->gso_segs ?: 1);
		return ip_local_out(net, NULL, skb);
	}
#if IS_ENABLED(CONFIG_IPV6)
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	ip6_flow_hdr(hdr, o->tos, 0);
	((struct ipv6hdr *)hdr)->saddr = o->saddr.v6;
	((struct ipv6hdr *)hdr)->hop_limit = o->ttl;
	skb->protocol = htons(ETH_P_IPV6);
	/* without this ip6_fragment() refuses to fragment for us */
	skb->ignore_df = !o->df;
	return ip6_local_out(net, NULL, skb);
#else
	kfree_skb(skb);
	return -EAFNOSUPPORT;
#endif
}
