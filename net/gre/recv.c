// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving GRE version 0, and the ICMP errors about what we sent.
 */
#include <linux/icmp.h>
#include <net/gre.h>
#include <net/icmp.h>
#include <net/route.h>

#include "gre.h"

/* Frames that no gretap takes are any other payload, as in-tree. */
static const struct sitelink_cfg *lookup(const struct sk_buff *skb,
					 __be32 remote, __be32 local,
					 const struct gre_info *g)
{
	const struct sitelink_net *sn = sitelink_net(dev_net(skb->dev));
	const struct sitelink_cfg *cfg = NULL;

	if (g->proto == htons(ETH_P_TEB))
		cfg = sitelink_lookup4_any(sn, &gretap_kind, remote, local,
					   g->key, g->flags & GRE_KEY,
					   skb->dev->ifindex);
	return cfg ?: sitelink_lookup4_any(sn, &gre_kind, remote, local,
					   g->key, g->flags & GRE_KEY,
					   skb->dev->ifindex);
}

/* RFC 2784: a checksum where none was agreed on is as wrong as a false one. */
static bool checksum_ok(struct sk_buff *skb, const struct sitelink_cfg *cfg,
			const struct gre_info *g)
{
	if (likely(!((g->flags | cfg->p.iflags) & GRE_CSUM)))
		return true;
	if (!(g->flags & cfg->p.iflags & GRE_CSUM) ||
	    skb_checksum_simple_validate(skb))
		return false;
	skb_checksum_try_convert(skb, IPPROTO_GRE, null_compute_pseudo);
	return true;
}

/* RFC 2890, section 2.2: late packets are dropped. */
static bool sequence_ok(const struct sitelink_cfg *cfg,
			const struct gre_info *g)
{
	struct gre_tunnel *gt = gre_tunnel(cfg->tun);
	u32 next;

	if (likely(!(cfg->p.iflags & GRE_SEQ)))
		return true;
	if (!(g->flags & GRE_SEQ))
		return false;
	next = READ_ONCE(gt->i_seqno);
	if (next && (s32)(g->seq - next) < 0)
		return false;
	WRITE_ONCE(gt->i_seqno, g->seq + 1);
	return true;
}

/**
 * gre_rcv() - protocol handler
 * @skb: packet, skb->data at the GRE header, inbound policy checked; consumed
 *
 * Context: softirq, RCU read side.
 * Return: 0.
 */
int gre_rcv(struct sk_buff *skb)
{
	const struct sitelink_cfg *cfg;
	const struct iphdr *iph;
	struct gre_info g;

	if (unlikely(gre_parse_hdr(skb, 0, &g))) {
		sitelink_net_count(sitelink_net(dev_net(skb->dev)),
				   RX_TRUNCATED);
		goto drop;
	}
	iph = ip_hdr(skb);
	/* our own, looped back to the group */
	if (unlikely(ipv4_is_multicast(iph->daddr)) &&
	    rt_is_output_route(skb_rtable(skb)))
		goto drop;
	cfg = lookup(skb, iph->saddr, iph->daddr, &g);
	if (unlikely(!cfg)) {
		sitelink_net_count(sitelink_net(dev_net(skb->dev)),
				   RX_UNKNOWN_ID);
		icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
		goto drop;
	}
	if (unlikely(!checksum_ok(skb, cfg, &g))) {
		sitelink_count(cfg->tun, RX_CSUM);
		goto drop;
	}
	if (unlikely(!sequence_ok(cfg, &g))) {
		sitelink_count(cfg->tun, RX_SEQ);
		goto drop;
	}
	if (unlikely(gre_keepalive_rcv(cfg, skb, &g)))
		return 0;
	iph = ip_hdr(skb);
	if (unlikely(ipv4_is_multicast(iph->daddr))) {
		sitelink_count(cfg->tun, RX_MULTICAST);
		skb->pkt_type = PACKET_BROADCAST;
	}
	sitelink_rcv(cfg, skb, g.hlen, skb->len - g.hlen, g.proto, iph->tos);
	return 0;

drop:
	kfree_skb(skb);
	return 0;
}

/* Tell who sent the inner IPv6 packet, if the error quotes enough of it. */
static bool relayed_to_ipv6(struct sk_buff *skb, const struct gre_info *g,
			    unsigned int off)
{
#if IS_ENABLED(CONFIG_IPV6)
	const int type = icmp_hdr(skb)->type, code = icmp_hdr(skb)->code;
	unsigned int quoted = 0;

	if (g->proto != htons(ETH_P_IPV6))
		return false;
	if (type == ICMP_TIME_EXCEEDED && code == ICMP_EXC_TTL)
		quoted = icmp_hdr(skb)->un.reserved[1] * 4; /* RFC 4884, 4.1 */
	else if (type != ICMP_DEST_UNREACH || code == ICMP_FRAG_NEEDED)
		return false;
	return !ip6_err_gen_icmpv6_unreach(skb, off + g->hlen, type, quoted);
#else
	return false;
#endif
}

/**
 * gre_err() - protocol error handler
 * @skb: ICMP error, checksum verified, skb->data at the quoted IPv4 header;
 *	not consumed
 * @info: path mtu of ICMP_FRAG_NEEDED
 *
 * Context: softirq, RCU read side.
 */
void gre_err(struct sk_buff *skb, u32 info)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;
	const struct sitelink_cfg *cfg;
	struct gre_info g;

	if (gre_parse_hdr(skb, iph->ihl * 4, &g))
		return;
	iph = (const struct iphdr *)skb->data;
	cfg = lookup(skb, iph->daddr, iph->saddr, &g);
	if (cfg && !relayed_to_ipv6(skb, &g, iph->ihl * 4))
		sitelink_icmp4_err(cfg, skb, info);
}
