// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keepalives as Cisco and RouterOS have them: a GRE packet that carries an
 * IPv4 packet addressed back to its sender, whose GRE header has protocol 0.
 * Who receives it sends the inner packet on its way; coming home it proves
 * that both ends and both directions live.
 *
 *	outer IP us -> peer | GRE 00 00 08 00 | IP peer -> us | GRE 00 00 00 00
 */
#include "gre.h"

/* With a key the inner header has it, too: it must find the tunnel home. */
static unsigned int inner_gre_len(const struct sitelink_cfg *cfg)
{
	return sizeof(struct gre_hdr) + (cfg->p.iflags & GRE_KEY ? 4 : 0);
}

/**
 * gre_keepalive_len() - sitelink_kind.keepalive_len of gre
 * @cfg: configuration
 *
 * Return: length of the inner packet, octets.
 */
unsigned int gre_keepalive_len(const struct sitelink_cfg *cfg)
{
	return sizeof(struct iphdr) + inner_gre_len(cfg);
}

/**
 * gre_keepalive() - sitelink_kind.keepalive of gre
 * @cfg: configuration
 * @saddr: outer source address, where it shall return to
 * @payload: the inner packet, zeroed
 */
void gre_keepalive(const struct sitelink_cfg *cfg, __be32 saddr,
		   void *payload)
{
	struct iphdr *iph = payload;
	struct gre_hdr *h = (struct gre_hdr *)(iph + 1);

	sitelink_echo_build(cfg, saddr, IPPROTO_GRE, iph,
			    gre_keepalive_len(cfg));
	if (cfg->p.iflags & GRE_KEY) {
		h->flags = GRE_KEY;
		*(__be32 *)(h + 1) = htonl(cfg->p.id);
	}
}

/* Is the inner packet one that only wants to go home? */
static bool is_request(struct sk_buff *skb, unsigned int off)
{
	const struct gre_hdr *h;

	if (!sitelink_echo_valid(skb, off, IPPROTO_GRE, sizeof(*h)))
		return false;
	h = (const struct gre_hdr *)(skb->data + off + sizeof(struct iphdr));
	return !h->protocol && !(h->flags & (GRE_VERSION | GRE_ROUTING));
}

/**
 * gre_keepalive_rcv() - take keepalives out of what a tunnel received
 * @cfg: the tunnel's configuration
 * @skb: packet, skb->data at the GRE header
 * @g: that header
 *
 * Ours come home here when they are long enough for gre.ko, else by
 * gre_keepalive_hook().
 *
 * Context: softirq, RCU read side.
 * Return: true when @skb was a keepalive and is consumed.
 */
bool gre_keepalive_rcv(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		       const struct gre_info *g)
{
	if (likely(skb->len - g->hlen > GRE_KEEPALIVE_MAX))
		return false;
	if (!g->proto) {
		sitelink_keepalive_rcv(cfg);
		consume_skb(skb);
		return true;
	}
	if (cfg->dynamic || cfg->kind != &gre_kind ||
	    (g->proto != htons(ETH_P_IP) &&
	     g->proto != htons(GRE_PROTO_HUAWEI)) ||
	    !is_request(skb, g->hlen))
		return false;
	sitelink_echo_answer(cfg, skb, g->hlen);
	return true;
}

/**
 * gre_keepalive_hook() - see our short keepalives come home
 * @priv: struct sitelink_net
 * @skb: packet at LOCAL_IN, after all firewall rules; not consumed
 * @state: unused
 *
 * gre.ko drops them thereafter: conntrack shall have confirmed what it saw.
 *
 * Return: NF_ACCEPT.
 */
unsigned int gre_keepalive_hook(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	const struct sitelink_cfg *cfg;
	const struct iphdr *iph = ip_hdr(skb);
	unsigned int off = iph->ihl * 4;
	struct gre_info g;

	if (likely(iph->protocol != IPPROTO_GRE ||
		   skb->len - off >= GRE_DEMUX_MIN))
		return NF_ACCEPT;
	if (gre_parse_hdr(skb, off, &g) || g.proto)
		return NF_ACCEPT;
	iph = ip_hdr(skb);
	cfg = sitelink_lookup4_any(priv, &gre_kind, iph->saddr, iph->daddr,
				   g.key, g.flags & GRE_KEY,
				   skb->dev->ifindex);
	if (cfg)
		sitelink_echo_home(cfg, skb);
	return NF_ACCEPT;
}
