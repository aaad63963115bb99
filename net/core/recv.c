// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decapsulation: from the outer header to gro_cells.
 */
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/inet_ecn.h>
#include <net/ip_tunnels.h>

#include "inner.h"
#include "sitelink.h"

/* 64-bit statistics of what came; a super-packet counts per segment. */
static void count_rx(struct net_device *dev, unsigned int segs,
		     unsigned int bytes)
{
	struct pcpu_sw_netstats *tstats = this_cpu_ptr(dev->tstats);

	u64_stats_update_begin(&tstats->syncp);
	u64_stats_add(&tstats->rx_packets, segs);
	u64_stats_add(&tstats->rx_bytes, bytes);
	u64_stats_update_end(&tstats->syncp);
}

/*
 * RFC 6040, section 4.2: combine outer and inner ECN. Only CE and ECT(1)
 * outside change anything. Returns false when the packet must be dropped.
 */
static bool ecn_decap(struct sk_buff *skb, u8 outer_tos)
{
	struct sitelink_inner in;
	bool set_ce;

	sitelink_inner_l3(skb, 0, &in);
	if (!in.proto)
		return true;
	if (__INET_ECN_decapsulate(outer_tos, in.dsfield, &set_ce) > 1)
		return false;
	if (skb_ensure_writable(skb, in.off + sizeof(struct ipv6hdr)) &&
	    skb_ensure_writable(skb, in.off + sizeof(struct iphdr)))
		return false;
	skb_set_network_header(skb, in.off);
	if (set_ce)
		INET_ECN_set_ce(skb);
	else if (!INET_ECN_is_not_ect(in.dsfield))
		INET_ECN_set_ect1(skb);
	return true;
}

/*
 * Check the frame's length against what came. A super-packet that was never
 * segmented (veth) says the length of one segment.
 */
static bool frame_length_ok(struct sk_buff *skb, unsigned int hdr_len,
			    unsigned int frame_len)
{
	unsigned int have = skb->len - hdr_len;

	if (unlikely(frame_len > have))
		return false;
	if (likely(frame_len == have) || skb_is_gso(skb))
		return true;
	return !pskb_trim_rcsum(skb, hdr_len + frame_len);
}

/* Length of the headers of a super-packet, from its network header on. */
static unsigned int inner_headers(struct sk_buff *skb)
{
	const struct tcphdr *th;
	struct sitelink_inner in;
	struct tcphdr buf;
	u8 ihl;

	sitelink_inner_l3(skb, 0, &in);
	if (in.proto == htons(ETH_P_IP)) {
		ihl = *(skb->data + in.off) & 0xf;
		in.off += ihl * 4;
	} else if (in.proto == htons(ETH_P_IPV6)) {
		in.off += sizeof(struct ipv6hdr);
	}
	if (!(skb_shinfo(skb)->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)))
		return in.off + sizeof(struct udphdr);
	th = skb_header_pointer(skb, in.off, sizeof(buf), &buf);
	return in.off + (th ? th->doff * 4 : 0);
}

/**
 * sitelink_rcv() - receive one packet of a tunnel
 * @cfg: the tunnel's configuration, from a lookup
 * @skb: outer packet, skb->data at most @hdr_len before the inner frame;
 *	consumed
 * @hdr_len: octets from skb->data to the inner frame, in the linear part
 * @frame_len: length of the inner frame, or of each segment, as the header
 *	tells it, octets; all there is when it does not tell
 * @proto: EtherType of what is inside, ETH_P_TEB for frames
 * @outer_tos: TOS or traffic class of the outer packet
 *
 * The caller has checked the inbound IPsec policy.
 *
 * Context: softirq, RCU read side.
 */
void sitelink_rcv(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		  unsigned int hdr_len, unsigned int frame_len, __be16 proto,
		  u8 outer_tos)
{
	unsigned int l2len = sitelink_l2len(cfg->kind), segs = 1, bytes;
	struct sitelink_tunnel *t = cfg->tun;
	struct net_device *dev = t->dev;

	if (unlikely(!(dev->flags & IFF_UP)))
		goto drop;
	if (unlikely(!frame_length_ok(skb, hdr_len, frame_len))) {
		sitelink_count(t, RX_LENGTH);
		goto drop;
	}
	if (unlikely(frame_len < l2len)) {
		sitelink_count(t, RX_RUNT);
		goto drop;
	}
	if (unlikely(!pskb_may_pull(skb, hdr_len + l2len))) {
		sitelink_count(t, RX_NOMEM);
		goto drop;
	}
	if (unlikely(__iptunnel_pull_header(skb, hdr_len, proto,
					    true,
					    !net_eq(t->net, dev_net(dev))))) {
		sitelink_count(t, RX_NOMEM);
		goto drop;
	}
	if (l2len) {
		skb->protocol = eth_type_trans(skb, dev);
		skb_postpull_rcsum(skb, eth_hdr(skb), ETH_HLEN);
	} else {
		skb->dev = dev;
		/* NBMA neighbours look at the outer header */
		if (dev->header_ops)
			skb_pop_mac_header(skb);
		else
			skb_reset_mac_header(skb);
	}
	skb_reset_network_header(skb);

	if (unlikely(outer_tos & INET_ECN_MASK) &&
	    (outer_tos & INET_ECN_MASK) != INET_ECN_ECT_0 &&
	    !ecn_decap(skb, outer_tos)) {
		sitelink_count(t, RX_ECN);
		goto drop;
	}
	if (cfg->p.loop_protect && unlikely(sitelink_loop_rcv(cfg, skb))) {
		sitelink_count(t, RX_LOOP);
		goto drop;
	}
	if (!l2len && unlikely(!pskb_inet_may_pull(skb))) {
		sitelink_count(t, RX_RUNT);
		goto drop;
	}
	if (cfg->p.clamp_mss)
		sitelink_clamp_mss(skb, t);

	bytes = skb->len + l2len;
	if (skb_is_gso(skb)) {
		segs = skb_shinfo(skb)->gso_segs ?: 1;
		bytes += (segs - 1) * (l2len + inner_headers(skb));
	}
	count_rx(dev, segs, bytes);
	gro_cells_receive(&t->gro_cells, skb);
	return;
drop:
	kfree_skb(skb);
}
EXPORT_SYMBOL_GPL(sitelink_rcv);
