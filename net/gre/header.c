// SPDX-License-Identifier: GPL-2.0-only
/*
 * The GRE header.
 *
 *	flags, version 0 | EtherType [| checksum, 0] [| key] [| sequence number]
 */
#include <linux/if_ether.h>

#include "gre.h"

static unsigned int header_len(__be16 flags)
{
	unsigned int len = sizeof(struct gre_hdr);

	if (flags & GRE_CSUM)
		len += 4;
	if (flags & GRE_KEY)
		len += 4;
	if (flags & GRE_SEQ)
		len += 4;
	return len;
}

/**
 * gre_prepare() - sitelink_kind.prepare of gre
 * @cfg: new configuration
 * @hdr: its header
 */
void gre_prepare(struct sitelink_cfg *cfg, void *hdr)
{
	__be16 flags = cfg->p.oflags;
	struct gre_hdr *h = hdr;
	__be32 *opt = (__be32 *)(h + 1);

	cfg->khlen = header_len(flags);
	/* nobody numbers segments; a checksum is done by segmentation */
	if (!(flags & GRE_SEQ))
		cfg->gso_type = flags & GRE_CSUM ? SKB_GSO_GRE_CSUM :
						   SKB_GSO_GRE;
	h->flags = flags;
	if (flags & GRE_CSUM)
		opt++;
	if (flags & GRE_KEY)
		*opt = htonl(cfg->p.okey);
}

/**
 * gretap_prepare() - sitelink_kind.prepare of gretap
 * @cfg: new configuration
 * @hdr: its header
 */
void gretap_prepare(struct sitelink_cfg *cfg, void *hdr)
{
	struct gre_hdr *h = hdr;

	gre_prepare(cfg, hdr);
	h->protocol = htons(ETH_P_TEB);
}

/* Sequence number and checksum, in this order: the latter covers all. */
static void build_options(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			  void *hdr)
{
	struct gre_tunnel *gt = gre_tunnel(cfg->tun);
	__be16 flags = cfg->p.oflags;
	unsigned int off;
	__sum16 *check;

	if (flags & GRE_SEQ) {
		__be32 *seq = hdr + cfg->khlen - 4;

		*seq = htonl(atomic_fetch_inc(&gt->o_seqno));
	}
	if (!(flags & GRE_CSUM) ||
	    skb_shinfo(skb)->gso_type & SKB_GSO_GRE_CSUM)
		return;
	off = hdr - (void *)skb->data;
	check = hdr + sizeof(struct gre_hdr);
	if (skb->ip_summed == CHECKSUM_PARTIAL) {
		*check = csum_fold(lco_csum(skb));
	} else {
		skb->ip_summed = CHECKSUM_NONE;
		*check = csum_fold(skb_checksum(skb, off, skb->len - off, 0));
	}
}

/**
 * gre_build() - sitelink_kind.build of gre
 * @cfg: configuration
 * @skb: packet, skb->protocol that of the inner one
 * @hdr: its GRE header
 * @frame_len: unused, GRE tells no length
 */
void gre_build(const struct sitelink_cfg *cfg, struct sk_buff *skb, void *hdr,
	       unsigned int frame_len)
{
	struct gre_hdr *h = hdr;

	h->protocol = skb->protocol;
	skb_set_inner_protocol(skb, skb->protocol);
	if (unlikely(cfg->p.oflags & (GRE_CSUM | GRE_SEQ)))
		build_options(cfg, skb, hdr);
}

/**
 * gretap_build() - sitelink_kind.build of gretap
 * @cfg: configuration
 * @skb: packet
 * @hdr: its GRE header
 * @frame_len: unused, GRE tells no length
 */
void gretap_build(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		  void *hdr, unsigned int frame_len)
{
	skb_set_inner_protocol(skb, htons(ETH_P_TEB));
	if (unlikely(cfg->p.oflags & (GRE_CSUM | GRE_SEQ)))
		build_options(cfg, skb, hdr);
}

/**
 * gre_parse_hdr() - read a header of version 0
 * @skb: packet; pointers into it become invalid
 * @off: of the header from skb->data, octets
 * @g: filled in on success
 *
 * WCCP redirects (draft-wilson-wrec-wccp-v2) pass as IPv4, a redirect header of
 * version 2 skipped, as with the in-tree kind.
 *
 * Return: 0, or -EINVAL when it is truncated or not ours.
 */
int gre_parse_hdr(struct sk_buff *skb, unsigned int off, struct gre_info *g)
{
	const struct gre_hdr *h;
	const __be32 *opt;

	if (unlikely(!pskb_may_pull(skb, off + sizeof(*h))))
		return -EINVAL;
	h = (const struct gre_hdr *)(skb->data + off);
	if (unlikely(h->flags & (GRE_VERSION | GRE_ROUTING)))
		return -EINVAL;
	g->flags = h->flags & GRE_OPTIONS;
	g->proto = h->protocol;
	g->hlen = header_len(g->flags);
	g->key = 0;
	g->seq = 0;
	if (likely(!g->flags)) {
		if (unlikely(g->proto == htons(ETH_P_WCCP)))
			goto wccp;
		return 0;
	}
	if (unlikely(!pskb_may_pull(skb, off + g->hlen)))
		return -EINVAL;
	opt = (const __be32 *)(skb->data + off + sizeof(*h));
	if (g->flags & GRE_CSUM)
		opt++;
	if (g->flags & GRE_KEY)
		g->key = ntohl(*opt++);
	if (g->flags & GRE_SEQ)
		g->seq = ntohl(*opt);
	return 0;

wccp:
	if (!pskb_may_pull(skb, off + g->hlen + 4))
		return -EINVAL;
	g->proto = htons(ETH_P_IP);
	if ((skb->data[off + g->hlen] & 0xf0) != 0x40)
		g->hlen += 4;
	return 0;
}
