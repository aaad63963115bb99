// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICMP errors that quote our outer packets. No protocol handler sees those
 * for GRE version 1, so the receive hook looks itself; the error goes on to
 * the stack in any case.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <net/icmp.h>
#include <net/ip6_route.h>
#include <net/route.h>

#include "sitelink.h"

static bool icmp_is_error(u8 type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_TIME_EXCEEDED ||
	       type == ICMP_PARAMETERPROB;
}

/* A packet did not arrive: the sender of the next one shall hear of it. */
static void not_reached(struct sitelink_tunnel *t)
{
	sitelink_count(t, RX_ICMP_UNREACH);
	WRITE_ONCE(t->unreachable, true);
}

/* The path to the quoted packet's destination carries mtu octets. */
static void update_pmtu4(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			 unsigned int quoted, unsigned int mtu)
{
	struct net *net = cfg->tun->net;
	u8 mode = READ_ONCE(net->ipv4.sysctl_ip_no_pmtu_disc);

	/* as icmp_unreach(): modes 1 and 2 do not listen */
	if (mode == 1 || mode == 2)
		return;
	sitelink_count(cfg->tun, RX_ICMP_PMTU);
	/* it takes the quoted header from skb->data */
	__skb_pull(skb, quoted);
	ipv4_update_pmtu(skb, net, mtu, cfg->p.link, cfg->kind->protocol);
	__skb_push(skb, quoted);
}

/**
 * sitelink_icmp4() - look at an ICMP message for an error about a tunnel
 * @sn: underlay namespace
 * @skb: IPv4 packet with protocol ICMP at LOCAL_IN; not consumed
 * @kind: the kind whose packets may be quoted
 *
 * Context: softirq, RCU read side.
 */
void sitelink_icmp4(const struct sitelink_net *sn, struct sk_buff *skb,
		    const struct sitelink_kind *kind)
{
	unsigned int icmp_off = ip_hdrlen(skb), quoted, off;
	const struct sitelink_cfg *cfg;
	const struct icmphdr *icmph;
	struct icmphdr icmp_buf;
	struct iphdr *iph, iph_buf;
	u8 hdr[SITELINK_KIND_HLEN_MAX];
	int id;

	icmph = skb_header_pointer(skb, icmp_off, sizeof(icmp_buf), &icmp_buf);
	if (!icmph || !icmp_is_error(icmph->type))
		return;
	icmp_buf = *icmph;

	quoted = icmp_off + sizeof(*icmph);
	iph = skb_header_pointer(skb, quoted, sizeof(iph_buf), &iph_buf);
	if (!iph || iph->version != 4 || iph->ihl < 5 ||
	    iph->protocol != kind->protocol ||
	    (iph->frag_off & htons(IP_OFFSET)))
		return;
	iph_buf = *iph;
	off = quoted + iph_buf.ihl * 4;
	if (skb_copy_bits(skb, off, hdr, kind->quoted_len))
		return;
	id = kind->quoted_id(hdr);
	if (id < 0)
		return;
	if (!skb_csum_unnecessary(skb) &&
	    csum_fold(skb_checksum(skb, icmp_off, skb->len - icmp_off, 0))) {
		sitelink_net_count(sn, RX_ICMP_BAD);
		return;
	}
	cfg = sitelink_lookup4(sn, kind, iph_buf.daddr, iph_buf.saddr, id);
	if (!cfg) {
		sitelink_net_count(sn, RX_ICMP_BAD);
		return;
	}
	if (!pskb_may_pull(skb, off))
		return;
	if (icmp_buf.type == ICMP_DEST_UNREACH &&
	    icmp_buf.code == ICMP_FRAG_NEEDED)
		update_pmtu4(cfg, skb, quoted, ntohs(icmp_buf.un.frag.mtu));
	else
		not_reached(cfg->tun);
}
EXPORT_SYMBOL_GPL(sitelink_icmp4);

/**
 * sitelink_icmp4_err() - take an ICMP error from a protocol's error handler
 * @cfg: configuration of the tunnel that sent the quoted packet
 * @skb: the error, checksum verified, skb->data at the quoted IPv4 header;
 *	not consumed
 * @info: path mtu of ICMP_FRAG_NEEDED
 *
 * Context: softirq, RCU read side.
 */
void sitelink_icmp4_err(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			u32 info)
{
	const int type = icmp_hdr(skb)->type, code = icmp_hdr(skb)->code;
	struct net *net = cfg->tun->net;
	u8 protocol = cfg->kind->protocol;

	if (type == ICMP_DEST_UNREACH && code == ICMP_FRAG_NEEDED) {
		sitelink_count(cfg->tun, RX_ICMP_PMTU);
		ipv4_update_pmtu(skb, net, info, cfg->p.link, protocol);
		return;
	}
	if (type == ICMP_REDIRECT) {
		ipv4_redirect(skb, net, cfg->p.link, protocol);
		return;
	}
	if (cfg->dynamic)
		return;
	/* an inherited TTL runs out for the inner packet's sake */
	if (type == ICMP_DEST_UNREACH ||
	    (type == ICMP_TIME_EXCEEDED && code == ICMP_EXC_TTL && cfg->p.ttl))
		not_reached(cfg->tun);
}
EXPORT_SYMBOL_GPL(sitelink_icmp4_err);

/**
 * sitelink_bare_err() - xfrm_tunnel.err_handler of kinds that have no header
 * @kind: the kind
 * @skb: as for sitelink_icmp4_err()
 * @info: as for sitelink_icmp4_err()
 *
 * Context: softirq, RCU read side.
 * Return: 0, or -ENOENT when no tunnel of ours sent the packet.
 */
int sitelink_bare_err(const struct sitelink_kind *kind, struct sk_buff *skb,
		      u32 info)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;
	const struct sitelink_cfg *cfg;

	cfg = sitelink_bare_lookup(kind, skb, iph->daddr, iph->saddr);
	if (!cfg)
		return -ENOENT;
	sitelink_icmp4_err(cfg, skb, info);
	return 0;
}
EXPORT_SYMBOL_GPL(sitelink_bare_err);

#if IS_ENABLED(CONFIG_IPV6)
/**
 * sitelink_icmp6() - handle an ICMPv6 error that quotes a kind's packet
 * @skb: the error, skb->data at the quoted IPv6 header; not consumed
 * @kind: the kind
 * @type: ICMPv6 type
 * @offset: of the kind's header from skb->data
 * @info: the message's third word
 *
 * To be called from struct inet6_protocol.err_handler; the stack has verified
 * the checksum.
 *
 * Context: softirq, RCU read side.
 * Return: 0, or -ENOENT when no tunnel of ours sent the packet.
 */
int sitelink_icmp6(struct sk_buff *skb, const struct sitelink_kind *kind,
		   u8 type, int offset, __be32 info)
{
	const struct ipv6hdr *ip6h = (const struct ipv6hdr *)skb->data;
	struct net *net = dev_net(skb->dev);
	const struct sitelink_cfg *cfg;
	u8 hdr[SITELINK_KIND_HLEN_MAX];
	int id;

	if (skb_copy_bits(skb, offset, hdr, kind->quoted_len))
		return -ENOENT;
	id = kind->quoted_id(hdr);
	if (id < 0)
		return -ENOENT;
	cfg = sitelink_lookup6(sitelink_net(net), kind, &ip6h->daddr,
			       &ip6h->saddr, id);
	if (!cfg) {
		sitelink_net_count(sitelink_net(net), RX_ICMP_BAD);
		return -ENOENT;
	}
	switch (type) {
	case ICMPV6_PKT_TOOBIG:
		sitelink_count(cfg->tun, RX_ICMP_PMTU);
		ip6_update_pmtu(skb, net, info, cfg->p.link, 0,
				sock_net_uid(net, NULL));
		break;
	case ICMPV6_DEST_UNREACH:
	case ICMPV6_TIME_EXCEED:
	case ICMPV6_PARAMPROB:
		not_reached(cfg->tun);
		break;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(sitelink_icmp6);
#endif
