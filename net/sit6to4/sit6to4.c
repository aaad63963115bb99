// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink_6to4: IPv6 in IPv4 (protocol 41). With a remote it is a configured
 * tunnel (RFC 4213, a broker's); without one it is 6to4 (RFC 3056): the outer
 * destination is in the inner 2002:V4ADDR::/48, checked as RFC 3964 says.
 *
 * RouterOS has a keepalive here, too, and nobody knows its format: ours is an
 * inner packet without a next header from 2002:PEER:: to 2002:US::. A peer
 * that forwards sends it home; one of ours answers in the driver.
 */
#include <linux/if_tunnel.h>
#include <linux/module.h>
#include <net/addrconf.h>
#include <net/dst_metadata.h>
#include <net/ip_tunnels.h>

#include "attrs.h"
#include "tunnel4.h"

static struct sitelink_kind sit6to4_kind;

static bool is_6to4(const struct in6_addr *a)
{
	return a->s6_addr16[0] == htons(0x2002);
}

static __be32 embedded(const struct in6_addr *a)
{
	return (__force __be32)((__force u32)a->s6_addr16[1] |
				(__force u32)a->s6_addr16[2] << 16);
}

static void make_6to4(__be32 v4, struct in6_addr *a)
{
	memset(a, 0, sizeof(*a));
	a->s6_addr[0] = 0x20;
	a->s6_addr[1] = 0x02;
	memcpy(&a->s6_addr[2], &v4, sizeof(v4));
}

/* RFC 3964, section 5.3: what no 6to4 address may embed. */
static bool is_martian(__be32 v4)
{
	return ipv4_is_zeronet(v4) || ipv4_is_loopback(v4) ||
	       ipv4_is_linklocal_169(v4) || ipv4_is_multicast(v4) ||
	       ipv4_is_lbcast(v4) || (ntohl(v4) >> 28) == 15;
}

/*
 * Those of RFC 1918 are 6to4's only among themselves, in a network of one's own,
 * as in RouterOS' manual; between them and the Internet they are martians.
 */
static bool is_private(__be32 v4)
{
	return ipv4_is_private_10(v4) || ipv4_is_private_172(v4) ||
	       ipv4_is_private_192(v4);
}

static void sit6to4_prepare(struct sitelink_cfg *cfg, void *hdr)
{
	cfg->gso_type = SKB_GSO_IPXIP4;
}

static void sit6to4_build(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			  void *hdr, unsigned int frame_len)
{
	skb_set_inner_ipproto(skb, IPPROTO_IPV6);
}

/* The next hop, where the destination itself is no 6to4 address: a relay. */
static __be32 relay(const struct sk_buff *skb)
{
	const struct in6_addr *addr;
	struct neighbour *n;
	__be32 dest = 0;

	if (!skb_valid_dst(skb))
		return 0;
	n = dst_neigh_lookup(skb_dst(skb), &ipv6_hdr(skb)->daddr);
	if (!n)
		return 0;
	addr = (const struct in6_addr *)n->primary_key;
	if (is_6to4(addr))
		dest = embedded(addr);
	else if (!(addr->s6_addr32[0] | addr->s6_addr32[1] |
		   addr->s6_addr32[2]))
		dest = addr->s6_addr32[3];	/* ::192.0.2.1 */
	neigh_release(n);
	return dest;
}

/*
 * RFC 3964, section 5.2, towards the outside: what is embedded is a host, and
 * a 6to4 source is our own.
 */
static __be32 sit6to4_dest(const struct sitelink_cfg *cfg, struct sk_buff *skb)
{
	const struct ipv6hdr *ip6h;
	__be32 dest, own;

	skb_reset_network_header(skb);
	if (!pskb_inet_may_pull(skb))
		return 0;
	ip6h = ipv6_hdr(skb);
	dest = is_6to4(&ip6h->daddr) ? embedded(&ip6h->daddr) : relay(skb);
	if (is_martian(dest) || dest == cfg->p.local.v4)
		return 0;
	own = is_6to4(&ip6h->saddr) ? embedded(&ip6h->saddr) :
				      cfg->p.local.v4;
	if (is_private(own) != is_private(dest) || (own && is_martian(own)))
		return 0;
	if (is_6to4(&ip6h->saddr) && cfg->p.local.v4 &&
	    embedded(&ip6h->saddr) != cfg->p.local.v4)
		return 0;
	return dest;
}

/*
 * RFC 3964, section 5.2, from the outside: a 6to4 source comes from the host
 * that it embeds, and the destination is one of ours. Other sources come by a
 * relay, any relay.
 */
static bool source_ok(const struct ipv6hdr *ip6h, __be32 src, __be32 dst)
{
	if (is_martian(src) || is_private(src) != is_private(dst) ||
	    ipv6_addr_is_multicast(&ip6h->saddr))
		return false;
	if (is_6to4(&ip6h->saddr) && embedded(&ip6h->saddr) != src)
		return false;
	return is_6to4(&ip6h->daddr) && embedded(&ip6h->daddr) == dst;
}

static unsigned int sit6to4_keepalive_len(const struct sitelink_cfg *cfg)
{
	return sizeof(struct ipv6hdr);
}

static void sit6to4_keepalive(const struct sitelink_cfg *cfg, __be32 saddr,
			      void *payload)
{
	struct ipv6hdr *ip6h = payload;

	ip6h->version = 6;
	ip6h->nexthdr = NEXTHDR_NONE;
	ip6h->hop_limit = 255;
	make_6to4(cfg->p.remote.v4, &ip6h->saddr);
	make_6to4(saddr, &ip6h->daddr);
}

/* Returns true when @skb was a keepalive and is consumed. */
static bool keepalive_rcv(const struct sitelink_cfg *cfg, struct sk_buff *skb)
{
	const struct ipv6hdr *ip6h = (const struct ipv6hdr *)skb->data;
	__be32 peer = ip_hdr(skb)->saddr, us = ip_hdr(skb)->daddr;

	if (likely(ip6h->nexthdr != NEXTHDR_NONE) || skb->len != sizeof(*ip6h))
		return false;
	if (!is_6to4(&ip6h->saddr) || !is_6to4(&ip6h->daddr))
		return false;
	if (embedded(&ip6h->saddr) == peer && embedded(&ip6h->daddr) == us) {
		if (cfg->p.ka_interval)
			sitelink_keepalive_rcv(cfg);
		consume_skb(skb);
		return true;
	}
	if (cfg->dynamic || embedded(&ip6h->saddr) != us ||
	    embedded(&ip6h->daddr) != peer)
		return false;
	sitelink_count(cfg->tun, RX_KEEPALIVE_REQUESTS);
	sitelink_xmit_back(cfg, skb);
	return true;
}

/*
 * skb->data at the inner header, which the stack has made linear; it has not
 * checked the policy.
 */
static int sit6to4_rcv(struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	const struct sitelink_cfg *cfg;

	cfg = sitelink_bare_lookup(&sit6to4_kind, skb, iph->saddr, iph->daddr);
	if (unlikely(!cfg))
		return -ENOENT;
	if (unlikely(!xfrm4_policy_check(NULL, XFRM_POLICY_IN, skb))) {
		sitelink_count(cfg->tun, RX_POLICY);
		goto drop;
	}
	if (cfg->dynamic && !source_ok((const struct ipv6hdr *)skb->data,
				       iph->saddr, iph->daddr)) {
		sitelink_count(cfg->tun, RX_SPOOFED);
		goto drop;
	}
	if (unlikely(keepalive_rcv(cfg, skb)))
		return 0;
	sitelink_rcv(cfg, skb, 0, skb->len, htons(ETH_P_IPV6),
		     ip_hdr(skb)->tos);
	return 0;

drop:
	kfree_skb(skb);
	return 0;
}

static int sit6to4_err(struct sk_buff *skb, u32 info)
{
	return sitelink_bare_err(&sit6to4_kind, skb, info);
}

static const struct nla_policy sit6to4_policy[IFLA_SITELINK + 1] = {
	[IFLA_6TO4_LINK] = { .type = NLA_U32 },
	[IFLA_6TO4_LOCAL] = NLA_POLICY_EXACT_LEN(sizeof(__be32)),
	[IFLA_6TO4_REMOTE] = NLA_POLICY_EXACT_LEN(sizeof(__be32)),
	[IFLA_6TO4_TTL] = { .type = NLA_U8 },
	[IFLA_SITELINK] = { .type = NLA_NESTED },
};

static const struct sitelink_attrs sit6to4_attrs = {
	.link = IFLA_6TO4_LINK,
	.local = IFLA_6TO4_LOCAL,
	.remote = IFLA_6TO4_REMOTE,
	.ttl = IFLA_6TO4_TTL,
};

static int sit6to4_parse(struct nlattr *data[], struct sitelink_params *p,
			 struct netlink_ext_ack *extack)
{
	return data ? sitelink_attrs_parse(&sit6to4_attrs, data, p, extack) : 0;
}

static int sit6to4_check(const struct sitelink_params *p,
			 struct netlink_ext_ack *extack)
{
	if (ipv4_is_multicast(p->remote.v4)) {
		NL_SET_ERR_MSG(extack,
			       "remote: a unicast address, or none for 6to4");
		return -EINVAL;
	}
	return sitelink_attrs_check(p, extack);
}

static int sit6to4_fill(struct sk_buff *skb, const struct sitelink_params *p)
{
	return sitelink_attrs_fill(&sit6to4_attrs, skb, p);
}

static struct sitelink_kind sit6to4_kind = {
	.link_ops = {
		.kind = "6to4",
		.maxtype = IFLA_SITELINK,
		.policy = sit6to4_policy,
	},
	.family = AF_INET,
	.protocol = IPPROTO_IPV6,
	.arphrd = ARPHRD_SIT,
	.inner_protocol = htons(ETH_P_IPV6),
	.unicast_only = true,
	.mtu_msg = "mtu: 0 (auto), or 68 to 65515",
	.attrs = &sit6to4_attrs,
	.prepare = sit6to4_prepare,
	.build = sit6to4_build,
	.dest = sit6to4_dest,
	.keepalive_len = sit6to4_keepalive_len,
	.keepalive = sit6to4_keepalive,
	.parse = sit6to4_parse,
	.check = sit6to4_check,
	.fill = sit6to4_fill,
	.attr_size = SITELINK_ATTRS_SIZE,
};

/* Before sit, whose fallback device would take everything when it is up. */
static struct xfrm_tunnel sit6to4_handler = {
	.handler = sit6to4_rcv,
	.err_handler = sit6to4_err,
	.priority = -1,
};

static int __init sit6to4_init(void)
{
	int err;

	err = sitelink_kind_register(&sit6to4_kind);
	if (err)
		goto err_said;
	err = sitelink_tunnel4_register(&sit6to4_handler, AF_INET6);
	if (err)
		goto err_kind;
	return 0;

err_kind:
	sitelink_kind_unregister(&sit6to4_kind);
err_said:
	pr_err("sitelink_6to4: cannot register kind 6to4: %d\n", err);
	return err;
}

static void __exit sit6to4_exit(void)
{
	sitelink_tunnel4_unregister(&sit6to4_handler, AF_INET6);
	sitelink_kind_unregister(&sit6to4_kind);
}

module_init(sit6to4_init);
module_exit(sit6to4_exit);
MODULE_DESCRIPTION("IPv6 in IPv4: 6to4 and configured tunnels");
MODULE_LICENSE("GPL");
MODULE_ALIAS_RTNL_LINK("6to4");
