// SPDX-License-Identifier: GPL-2.0-only
/*
 * Super-packets through a header with a length field.
 *
 * The stock GRE segmentation, and the NIC's, copies our header to each
 * segment as it is. All segments but the last are equally long, so a header
 * with the length of a full one is right once the last, shorter one goes as a
 * packet of its own.
 */
#include <linux/udp.h>
#include <net/gso.h>
#include <net/ip6_checksum.h>
#include <net/tcp.h>

#include "gso.h"
#include "inner.h"

#define GSO_KNOWN	(SKB_GSO_TCPV4 | SKB_GSO_TCPV6 | SKB_GSO_UDP_L4 | \
			 SKB_GSO_DODGY | SKB_GSO_TCP_ECN | SKB_GSO_TCP_FIXEDID)

/* The pseudo-header sum in the checksum field counts the length. */
static void fix_csum(__sum16 *check, unsigned int from, unsigned int to)
{
	__wsum sum = csum_sub(csum_unfold(*check), (__force __wsum)htonl(from));

	*check = ~csum_fold(csum_add(sum, (__force __wsum)htonl(to)));
}

/*
 * Make the headers of @skb, a part of a super-packet with @old_len octets
 * behind the network header, right for its own length.
 */
static void fix_headers(struct sk_buff *skb, const struct sitelink_inner *in,
			unsigned int old_len, unsigned int nth)
{
	unsigned int len = skb->len - skb_transport_offset(skb);

	if (in->proto == htons(ETH_P_IP)) {
		struct iphdr *iph = (void *)(skb->data + in->off);

		iph->tot_len = htons(skb->len - in->off);
		iph->id = htons(ntohs(iph->id) + nth);
		ip_send_check(iph);
	} else {
		struct ipv6hdr *ip6h = (void *)(skb->data + in->off);

		ip6h->payload_len = htons(skb->len - in->off - sizeof(*ip6h));
	}
	if (skb->csum_offset == offsetof(struct udphdr, check)) {
		udp_hdr(skb)->len = htons(len);
		fix_csum(&udp_hdr(skb)->check, old_len, len);
	} else {
		fix_csum(&tcp_hdr(skb)->check, old_len, len);
	}
}

/* A packet with the headers of @skb and its last @rest octets. */
static struct sk_buff *copy_tail(const struct sk_buff *skb, unsigned int hlen,
				 unsigned int rest)
{
	struct sk_buff *tail;

	/* the same headroom: header offsets stay what they are */
	tail = alloc_skb(skb_headroom(skb) + hlen + rest, GFP_ATOMIC);
	if (!tail)
		return NULL;
	skb_reserve(tail, skb_headroom(skb));
	skb_put(tail, hlen + rest);
	skb_copy_header(tail, skb);
	skb_gso_reset(tail);
	if (skb_copy_bits(skb, 0, tail->data, hlen) ||
	    skb_copy_bits(skb, skb->len - rest, tail->data + hlen, rest)) {
		kfree_skb(tail);
		return NULL;
	}
	return tail;
}

/* Cut the shorter last segment off. Consumes @skb on error only. */
static struct sk_buff *split(struct sk_buff *skb, unsigned int hlen,
			     unsigned int segs, unsigned int rest,
			     const struct sitelink_inner *in)
{
	bool tcp = skb_shinfo(skb)->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6);
	unsigned int nth = segs;
	unsigned int old_len = skb->len - skb_transport_offset(skb);
	struct sk_buff *tail;

	if (skb_shinfo(skb)->gso_type & SKB_GSO_TCP_FIXEDID)
		nth = 0;
	tail = copy_tail(skb, hlen, rest);
	if (!tail || skb_cow_head(skb, 0) || pskb_trim(skb, skb->len - rest)) {
		kfree_skb(tail);
		kfree_skb(skb);
		return ERR_PTR(-ENOMEM);
	}
	if (tcp) {
		struct tcphdr *th = tcp_hdr(tail);

		th->seq = htonl(ntohl(th->seq) + skb->len - hlen);
		th->cwr = 0;
		tcp_hdr(skb)->fin = 0;
		tcp_hdr(skb)->psh = 0;
	}
	fix_headers(tail, in, old_len, nth);
	fix_headers(skb, in, old_len, 0);
	if (segs == 1)
		skb_gso_reset(skb);
	else
		skb_shinfo(skb)->gso_segs = segs;
	skb->next = tail;
	return skb;
}

static struct sk_buff *segment(struct sk_buff *skb)
{
	struct sk_buff *segs = skb_gso_segment(skb, 0);

	if (IS_ERR_OR_NULL(segs)) {
		kfree_skb(skb);
		return ERR_PTR(-EINVAL);
	}
	consume_skb(skb);
	return segs;
}

/**
 * sitelink_gso_prepare() - turn a super-packet into packets of equal segments
 * @skb: super-packet; consumed on error
 * @cfg: configuration
 *
 * Context: BH disabled.
 * Return: a list by skb->next, @skb itself when nothing was to be done, or an
 *	error pointer.
 */
struct sk_buff *sitelink_gso_prepare(struct sk_buff *skb,
				     const struct sitelink_cfg *cfg)
{
	struct skb_shared_info *shinfo = skb_shinfo(skb);
	unsigned int hlen, segs, rest, payload;
	struct sitelink_inner in;

	sitelink_inner_l3(skb, sitelink_l2len(cfg->kind), &in);
	if (unlikely(!cfg->gso_type ||
		     (shinfo->gso_type & ~GSO_KNOWN) || !in.proto ||
		     skb->encapsulation || skb->ip_summed != CHECKSUM_PARTIAL))
		return segment(skb);

	hlen = sitelink_gso_hdr_len(skb);
	if (unlikely(!pskb_may_pull(skb, hlen) || hlen >= skb->len)) {
		kfree_skb(skb);
		return ERR_PTR(-EINVAL);
	}
	shinfo = skb_shinfo(skb);
	payload = skb->len - hlen;
	if (unlikely(payload <= shinfo->gso_size)) {
		if (skb_header_unclone(skb, GFP_ATOMIC)) {
			kfree_skb(skb);
			return ERR_PTR(-ENOMEM);
		}
		skb_gso_reset(skb);
		return skb;
	}
	/* an untrusted source may have said anything, or nothing */
	rest = payload % shinfo->gso_size;
	segs = payload / shinfo->gso_size;
	if (rest && cfg->kind->uniform_gso)
		return split(skb, hlen, segs, rest, &in);
	segs += !!rest;
	if (unlikely(shinfo->gso_segs != segs)) {
		if (skb_header_unclone(skb, GFP_ATOMIC)) {
			kfree_skb(skb);
			return ERR_PTR(-ENOMEM);
		}
		skb_shinfo(skb)->gso_segs = segs;
	}
	return skb;
}
