/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inner frame's network header, VLAN tags skipped.
 */
#ifndef _NET_SITELINK_INNER_H
#define _NET_SITELINK_INNER_H

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/dsfield.h>
#include <net/ip.h>

/* A tag of each kind, and one more for those who nest. */
#define SITELINK_VLAN_DEPTH	3

/**
 * struct sitelink_inner - what the outer header may take from the inner one
 * @proto: ETH_P_IP, ETH_P_IPV6 with the whole fixed header in the linear
 *	part, or 0
 * @off: offset of the network header from skb->data, octets
 * @dsfield: TOS or traffic class, 0 when @proto is 0
 * @ttl: TTL or hop limit, 0 when @proto is 0
 * @df: the sender wants no fragmentation (always so in IPv6)
 */
struct sitelink_inner {
	__be16 proto;
	unsigned int off;
	u8 dsfield;
	u8 ttl;
	bool df;
};

/**
 * sitelink_inner_l3() - find the network header of a frame
 * @skb: the frame
 * @off: where the layer above the link layer starts from skb->data, octets
 * @in: filled in; pointers into @skb become invalid
 */
static inline void sitelink_inner_l3(struct sk_buff *skb, unsigned int off,
				     struct sitelink_inner *in)
{
	__be16 proto = skb->protocol;
	int depth = 0;

	while (unlikely(eth_type_vlan(proto))) {
		const struct vlan_hdr *vh;
		struct vlan_hdr buf;

		vh = skb_header_pointer(skb, off, sizeof(buf), &buf);
		if (!vh || ++depth > SITELINK_VLAN_DEPTH)
			break;
		proto = vh->h_vlan_encapsulated_proto;
		off += VLAN_HLEN;
	}
	in->off = off;
	if (proto == htons(ETH_P_IP) &&
	    likely(pskb_may_pull(skb, off + sizeof(struct iphdr)))) {
		const struct iphdr *iph = (void *)(skb->data + off);

		in->proto = proto;
		in->dsfield = iph->tos;
		in->ttl = iph->ttl;
		in->df = iph->frag_off & htons(IP_DF);
	} else if (proto == htons(ETH_P_IPV6) &&
		   likely(pskb_may_pull(skb, off + sizeof(struct ipv6hdr)))) {
		const struct ipv6hdr *ip6h = (void *)(skb->data + off);

		in->proto = proto;
		in->dsfield = ipv6_get_dsfield(ip6h);
		in->ttl = ip6h->hop_limit;
		in->df = true;
	} else {
		in->proto = 0;
		in->dsfield = 0;
		in->ttl = 0;
		in->df = false;
	}
}

#endif /* _NET_SITELINK_INNER_H */
