// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tunnels without one unicast remote: to a group, or to whom the neighbour
 * table says (NBMA). Their devices put the outer header before each packet
 * themselves, since the neighbour's link layer address is an outer one.
 */
#include <linux/igmp.h>
#include <linux/inetdevice.h>
#include <net/dst_metadata.h>
#include <net/ip6_route.h>
#include <net/ip_tunnels.h>
#include <net/route.h>

#include "outer.h"
#include "gre.h"

static int header_create(struct sk_buff *skb, struct net_device *dev,
			 unsigned short type, const void *daddr,
			 const void *saddr, unsigned int len)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_cfg *cfg;
	int hlen = dev->hard_header_len;
	struct gre_hdr *h;
	struct iphdr *iph;

	if (skb_cow_head(skb, hlen))
		return -hlen;
	rcu_read_lock();
	cfg = rcu_dereference(t->cfg);
	if (!cfg || cfg->hlen != hlen) {
		rcu_read_unlock();
		return -hlen;
	}
	iph = skb_push(skb, hlen);
	memcpy(iph, cfg->tmpl, hlen);
	rcu_read_unlock();
	h = (struct gre_hdr *)(iph + 1);
	h->protocol = htons(type);
	if (saddr)
		memcpy(&iph->saddr, saddr, sizeof(iph->saddr));
	if (daddr)
		memcpy(&iph->daddr, daddr, sizeof(iph->daddr));
	return iph->daddr ? hlen : -hlen;
}

SITELINK_HEADER_PARSE(header_parse)
{
	const struct iphdr *iph = (const struct iphdr *)skb_mac_header(skb);

	memcpy(haddr, &iph->saddr, sizeof(iph->saddr));
	return sizeof(iph->saddr);
}

const struct header_ops gre_header_ops = {
	.create = header_create,
	.parse = header_parse,
};

#if IS_ENABLED(CONFIG_IPV6)
/* The next hop, or the destination, as an IPv4-compatible address. */
static __be32 compatible_neighbour(const struct sk_buff *skb)
{
	const struct in6_addr *addr = &ipv6_hdr(skb)->daddr;
	struct neighbour *n;
	__be32 dest = 0;

	n = dst_neigh_lookup(skb_dst(skb), addr);
	if (!n)
		return 0;
	if (!ipv6_addr_any((const struct in6_addr *)n->primary_key))
		addr = (const struct in6_addr *)n->primary_key;
	if (!(addr->s6_addr32[0] | addr->s6_addr32[1] | addr->s6_addr32[2]))
		dest = addr->s6_addr32[3];
	neigh_release(n);
	return dest;
}
#else
static __be32 compatible_neighbour(const struct sk_buff *skb)
{
	return 0;
}
#endif

/**
 * gre_dest() - sitelink_kind.dest of gre
 * @cfg: configuration
 * @skb: packet behind what header_create() has put; that is pulled
 *
 * Return: where it goes, 0: nobody knows.
 */
__be32 gre_dest(const struct sitelink_cfg *cfg, struct sk_buff *skb)
{
	__be32 dest;

	if (skb_cow_head(skb, 0) || !pskb_may_pull(skb, cfg->hlen))
		return 0;
	dest = ((const struct iphdr *)skb->data)->daddr;
	skb_pull(skb, cfg->hlen);
	skb_reset_mac_header(skb);
	skb_reset_network_header(skb);
	if (skb->ip_summed == CHECKSUM_PARTIAL &&
	    skb_checksum_start(skb) < skb->data)
		return 0;
	if (dest || !skb_valid_dst(skb) || !pskb_inet_may_pull(skb))
		return dest;
	if (skb->protocol == htons(ETH_P_IP))
		return rt_nexthop(skb_rtable(skb), ip_hdr(skb)->daddr);
	if (skb->protocol == htons(ETH_P_IPV6))
		return compatible_neighbour(skb);
	return 0;
}

/**
 * gre_open() - sitelink_kind.open of gre: join the group
 * @t: the tunnel
 *
 * Context: RTNL.
 * Return: 0, or -EADDRNOTAVAIL without a device to join it on.
 */
int gre_open(struct sitelink_tunnel *t)
{
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	struct gre_tunnel *gt = gre_tunnel(t);
	struct in_device *in_dev;
	struct sitelink_outer o;

	if (!ipv4_is_multicast(cfg->p.remote.v4))
		return 0;
	sitelink_outer_init(cfg, &o);
	local_bh_disable();
	if (sitelink_route(cfg, &o))
		o.dst = NULL;
	local_bh_enable();
	if (!o.dst)
		return -EADDRNOTAVAIL;
	in_dev = __in_dev_get_rtnl(o.dst->dev);
	if (in_dev) {
		gt->mlink = o.dst->dev->ifindex;
		gt->group = cfg->p.remote.v4;
		ip_mc_inc_group(in_dev, gt->group);
	}
	dst_release(o.dst);
	return in_dev ? 0 : -EADDRNOTAVAIL;
}

/**
 * gre_stop() - sitelink_kind.stop of gre: leave the group
 * @t: the tunnel
 *
 * Context: RTNL.
 */
void gre_stop(struct sitelink_tunnel *t)
{
	struct gre_tunnel *gt = gre_tunnel(t);
	struct in_device *in_dev;

	if (!gt->mlink)
		return;
	in_dev = inetdev_by_index(t->net, gt->mlink);
	if (in_dev)
		ip_mc_dec_group(in_dev, gt->group);
	gt->mlink = 0;
}
