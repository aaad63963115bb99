// SPDX-License-Identifier: GPL-2.0-only
/*
 * The outer header of both families: template, route, output.
 */
#include <net/dst_metadata.h>
#include <net/flow.h>
#include <net/inet_dscp.h>
#include <net/ip6_route.h>
#include <net/ip_tunnels.h>
#include <net/route.h>

#include "outer.h"

/**
 * sitelink_outer_template() - write the constant part of the outer header
 * @cfg: configuration, its properties set
 *
 * Return: length of the header, octets.
 */
unsigned int sitelink_outer_template(struct sitelink_cfg *cfg)
{
	const struct sitelink_params *p = &cfg->p;
	struct ipv6hdr *ip6h = (struct ipv6hdr *)cfg->tmpl;

	if (cfg->kind->family == AF_INET) {
		struct iphdr *iph = (struct iphdr *)cfg->tmpl;

		iph->version = 4;
		iph->ihl = sizeof(*iph) / 4;
		iph->ttl = p->ttl;
		iph->protocol = cfg->kind->protocol;
		iph->daddr = p->remote.v4;
		return sizeof(*iph);
	}
	ip6h->version = 6;
	ip6h->nexthdr = cfg->kind->protocol;
	ip6h->hop_limit = p->ttl;
	ip6h->daddr = p->remote.v6;
	return sizeof(*ip6h);
}

/* The template's TOS: the one whose route the cache holds. */
static u8 cfg_tos(const struct sitelink_params *p)
{
	return p->dscp == SITELINK_DSCP_INHERIT ? 0 : p->dscp << 2;
}

static int route4(const struct sitelink_cfg *cfg, u8 tos,
		  struct sitelink_route *rt)
{
	bool cached = tos == cfg_tos(&cfg->p);
	struct dst_cache *cache = (struct dst_cache *)&cfg->dst_cache;
	struct flowi4 fl4 = {};
	struct rtable *r;

	if (cached) {
		r = dst_cache_get_ip4(cache, &rt->saddr.v4);
		if (likely(r))
			goto found;
	}
	flowi4_init_output(&fl4, cfg->p.link, 0, tos & INET_DSCP_MASK,
			   RT_SCOPE_UNIVERSE, cfg->kind->protocol, 0,
			   cfg->p.remote.v4, cfg->p.local.v4, 0, 0,
			   GLOBAL_ROOT_UID);
	r = ip_route_output_key(cfg->tun->net, &fl4);
	if (IS_ERR(r))
		return PTR_ERR(r);
	rt->saddr.v4 = fl4.saddr;
	if (cached)
		dst_cache_set_ip4(cache, &r->dst, fl4.saddr);
found:
	rt->dst = &r->dst;
	return 0;
}

#if IS_ENABLED(CONFIG_IPV6)
static int route6(const struct sitelink_cfg *cfg, u8 tos,
		  struct sitelink_route *rt)
{
	bool cached = tos == cfg_tos(&cfg->p);
	struct dst_cache *cache = (struct dst_cache *)&cfg->dst_cache;
	struct dst_entry *dst;
	struct flowi6 fl6;

	if (cached) {
		dst = dst_cache_get_ip6(cache, &rt->saddr.v6);
		if (likely(dst))
			goto found;
	}
	memset(&fl6, 0, sizeof(fl6));
	fl6.flowi6_oif = cfg->p.link;
	fl6.flowi6_proto = cfg->kind->protocol;
	fl6.flowlabel = ip6_make_flowinfo(tos, 0);
	fl6.daddr = cfg->p.remote.v6;
	fl6.saddr = cfg->p.local.v6;
	dst = ip6_dst_lookup_flow(cfg->tun->net, NULL, &fl6, NULL);
	if (IS_ERR(dst))
		return PTR_ERR(dst);
	rt->saddr.v6 = fl6.saddr;
	if (cached)
		dst_cache_set_ip6(cache, dst, &fl6.saddr);
found:
	rt->dst = dst;
	return 0;
}
#else
static int route6(const struct sitelink_cfg *cfg, u8 tos,
		  struct sitelink_route *rt)
{
	return -EAFNOSUPPORT;
}
#endif

/**
 * sitelink_route() - find the route to a tunnel's remote
 * @cfg: configuration
 * @tos: TOS or traffic class of the outer packet without ECN
 * @rt: filled in on success; the caller owns @rt->dst
 *
 * The route for the configured DSCP comes from the cache; one for an
 * inherited DSCP other than 0 is looked up, so that routing by TOS holds.
 *
 * Context: BH disabled, RCU read side.
 * Return: 0 or a negative error.
 */
int sitelink_route(const struct sitelink_cfg *cfg, u8 tos,
		   struct sitelink_route *rt)
{
	return cfg->kind->family == AF_INET ? route4(cfg, tos, rt) :
					      route6(cfg, tos, rt);
}

/**
 * sitelink_output() - put the headers before an inner frame and send it
 * @cfg: configuration
 * @skb: the frame, headroom made, offloads prepared; consumed
 * @rt: route; its reference is consumed
 * @tos: TOS or traffic class of the outer packet
 * @df: set DF; IPv6: never fragment
 * @frame_len: length of each inner frame on the wire, octets
 *
 * The packet passes netfilter's output hooks, IPsec and fragmentation like
 * any other of this host.
 *
 * Context: BH disabled, RCU read side.
 * Return: NET_XMIT_* or a negative error.
 */
int sitelink_output(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		    const struct sitelink_route *rt, u8 tos, bool df,
		    unsigned int frame_len)
{
	const struct sitelink_kind *kind = cfg->kind;
	struct net *net = cfg->tun->net;
	void *hdr;

	skb_scrub_packet(skb, !net_eq(net, dev_net(cfg->tun->dev)));
	skb_clear_hash_if_not_l4(skb);
	skb_dst_set(skb, rt->dst);

	hdr = __skb_push(skb, cfg->hlen);
	memcpy(hdr, cfg->tmpl, cfg->hlen);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, cfg->hlen - kind->hlen);
	kind->build(hdr + cfg->hlen - kind->hlen, frame_len);

	if (kind->family == AF_INET) {
		struct iphdr *iph = hdr;

		memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
		iph->tos = tos;
		iph->saddr = rt->saddr.v4;
		if (df && !ip_mtu_locked(rt->dst))
			iph->frag_off = htons(IP_DF);
		ip_select_ident_segs(net, skb, NULL,
				     skb_shinfo(skb)->gso_segs ?: 1);
		return ip_local_out(net, NULL, skb);
	}
#if IS_ENABLED(CONFIG_IPV6)
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	ip6_flow_hdr(hdr, tos, 0);
	((struct ipv6hdr *)hdr)->saddr = rt->saddr.v6;
	skb->protocol = htons(ETH_P_IPV6);
	/* without this ip6_fragment() refuses to fragment for us */
	skb->ignore_df = !df;
	return ip6_local_out(net, NULL, skb);
#else
	kfree_skb(skb);
	return -EAFNOSUPPORT;
#endif
}
