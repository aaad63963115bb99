// SPDX-License-Identifier: GPL-2.0-only
/*
 * clamp-tcp-mss: lower the MSS of a TCP SYN that came through the tunnel to
 * what the tunnel's mtu carries (RouterOS manual, EoIP, clamp-tcp-mss).
 */
#include <linux/unaligned.h>
#include <linux/tcp.h>
#include <net/tcp.h>

#include "inner.h"
#include "sitelink.h"

/*
 * Find the TCP header of an unfragmented packet: offset from skb->data, or 0.
 * *room is what mtu leaves for the payload of a segment.
 */
static unsigned int find_tcp(struct sk_buff *skb, unsigned int mtu, int *room)
{
	struct sitelink_inner in;

	sitelink_inner_l3(skb, 0, &in);
	if (in.proto == htons(ETH_P_IP)) {
		const struct iphdr *iph = (void *)(skb->data + in.off);

		if (iph->protocol != IPPROTO_TCP || iph->ihl < 5 ||
		    (iph->frag_off & htons(IP_OFFSET)))
			return 0;
		*room = (int)mtu - (int)(sizeof(*iph) + sizeof(struct tcphdr));
		return in.off + iph->ihl * 4;
	}
	if (in.proto == htons(ETH_P_IPV6)) {
		const struct ipv6hdr *ip6h = (void *)(skb->data + in.off);
		u8 nexthdr = ip6h->nexthdr;
		__be16 frag_off = 0;
		int off = in.off + sizeof(*ip6h);

		if (nexthdr != IPPROTO_TCP)
			off = ipv6_skip_exthdr(skb, off, &nexthdr, &frag_off);
		if (off < 0 || nexthdr != IPPROTO_TCP ||
		    (frag_off & htons(IP6_OFFSET)))
			return 0;
		*room = (int)mtu -
			(int)(sizeof(*ip6h) + sizeof(struct tcphdr));
		return off;
	}
	return 0;
}

/* Offset of a well-formed MSS option in the TCP header, or 0. */
static unsigned int find_mss(const u8 *th, unsigned int len)
{
	unsigned int i = sizeof(struct tcphdr);

	while (i < len && th[i] != TCPOPT_EOL) {
		if (th[i] == TCPOPT_NOP) {
			i++;
			continue;
		}
		if (i + 1 >= len || th[i + 1] < 2 || i + th[i + 1] > len)
			return 0;
		if (th[i] == TCPOPT_MSS)
			return th[i + 1] == TCPOLEN_MSS ? i : 0;
		i += th[i + 1];
	}
	return 0;
}

/**
 * sitelink_clamp_mss() - lower the MSS of a received SYN to the tunnel's mtu
 * @skb: decapsulated frame, skb->data behind the link layer header
 * @t: the tunnel
 *
 * Malformed options stay untouched, and so does what cannot be made writable.
 *
 * Context: softirq.
 */
void sitelink_clamp_mss(struct sk_buff *skb, struct sitelink_tunnel *t)
{
	unsigned int off, opt, len;
	struct tcphdr *th, buf;
	u16 old, mss;
	__be16 from, to;
	int room;
	u8 *p;

	off = find_tcp(skb, READ_ONCE(t->dev->mtu), &room);
	if (likely(!off))
		return;
	th = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (likely(!th || !th->syn))
		return;
	len = th->doff * 4;
	if (room <= 0 || len < sizeof(*th) ||
	    skb_ensure_writable(skb, off + len))
		return;

	p = skb->data + off;
	opt = find_mss(p, len);
	if (!opt)
		return;
	old = get_unaligned_be16(p + opt + 2);
	mss = min_t(int, room, U16_MAX);
	if (old <= mss)
		return;
	put_unaligned_be16(mss, p + opt + 2);
	from = htons(old);
	to = htons(mss);
	/* the sum is over 16-bit words: at an odd offset bytes change place */
	if (opt & 1) {
		from = (__force __be16)swab16((__force u16)from);
		to = (__force __be16)swab16((__force u16)to);
	}
	inet_proto_csum_replace2(&((struct tcphdr *)p)->check, skb, from, to,
				 false);
	sitelink_count(t, RX_MSS_CLAMPED);
}
EXPORT_SYMBOL_GPL(sitelink_clamp_mss);
