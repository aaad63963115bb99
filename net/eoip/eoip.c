// SPDX-License-Identifier: GPL-2.0-only
/*
 * EoIP over IPv4: GRE version 1 with protocol type 0x6400.
 *
 *	20 01 | 64 00 | length, big endian | tunnel-id, little endian
 *
 * and an Ethernet frame without FCS. Length 0 is a keepalive.
 */
#include <net/xfrm.h>

#include "eoip.h"

#define EOIP_MAGIC	0x20016400
#define EOIP_ID_MAX	65535

struct eoip_hdr {
	__be32 magic;
	__be16 len;
	__le16 id;
};

static void eoip_prepare(struct sitelink_cfg *cfg, void *hdr)
{
	struct eoip_hdr *h = hdr;

	cfg->khlen = sizeof(*h);
	cfg->gso_type = SKB_GSO_GRE;
	h->magic = htonl(EOIP_MAGIC);
	h->id = cpu_to_le16(cfg->p.id);
}

static void eoip_build(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		       void *hdr, unsigned int frame_len)
{
	struct eoip_hdr *h = hdr;

	skb_set_inner_protocol(skb, htons(ETH_P_TEB));
	h->len = htons(frame_len);
}

static int eoip_quoted_id(const void *hdr)
{
	const struct eoip_hdr *h = hdr;

	return h->magic == htonl(EOIP_MAGIC) ? le16_to_cpu(h->id) : -1;
}

static int eoip_parse(struct nlattr *data[], struct sitelink_params *p,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *a;

	if (!data || (!data[IFLA_EOIP_REMOTE] && !p->remote.v4)) {
		NL_SET_ERR_MSG(extack, "remote: an IPv4 address is needed");
		return -EINVAL;
	}
	a = data[IFLA_EOIP_REMOTE];
	if (a)
		p->remote.v4 = nla_get_in_addr(a);
	if (ipv4_is_zeronet(p->remote.v4) ||
	    ipv4_is_multicast(p->remote.v4) ||
	    ipv4_is_lbcast(p->remote.v4)) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "remote: a unicast IPv4 address");
		return -EINVAL;
	}
	a = data[IFLA_EOIP_LOCAL];
	if (a) {
		p->local.v4 = nla_get_in_addr(a);
		if (ipv4_is_multicast(p->local.v4) ||
		    ipv4_is_lbcast(p->local.v4)) {
			NL_SET_ERR_MSG_ATTR(extack, a,
					    "local: a unicast IPv4 address, or 0.0.0.0 for any");
			return -EINVAL;
		}
	}
	a = data[IFLA_EOIP_TUNNEL_ID];
	if (a) {
		if (nla_get_u32(a) > EOIP_ID_MAX) {
			NL_SET_ERR_MSG_ATTR(extack, a,
					    "tunnel-id: 0 to 65535");
			return -EINVAL;
		}
		p->id = nla_get_u32(a);
	}
	return eoip_parse_common(data, p, extack);
}

static int eoip_fill(struct sk_buff *skb, const struct sitelink_params *p)
{
	if (nla_put_in_addr(skb, IFLA_EOIP_LOCAL, p->local.v4) ||
	    nla_put_in_addr(skb, IFLA_EOIP_REMOTE, p->remote.v4))
		return -EMSGSIZE;
	return eoip_fill_common(skb, p);
}

/*
 * LOCAL_IN, after all firewall rules: the outer packet is whole, its length
 * trimmed, the addresses are ours. It comes before the policy check that a
 * protocol handler gets for free.
 */
static unsigned int eoip_hook(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	const struct iphdr *iph = ip_hdr(skb);
	const struct sitelink_net *sn = priv;
	const struct sitelink_cfg *cfg;
	const struct eoip_hdr *h;
	unsigned int off, len;
	u32 id;
	u8 tos;

	if (unlikely(iph->protocol != IPPROTO_GRE)) {
		if (iph->protocol == IPPROTO_ICMP)
			sitelink_icmp4(sn, skb, &eoip_kind);
		return NF_ACCEPT;
	}
	off = iph->ihl * 4;
	if (unlikely(!pskb_may_pull(skb, off + sizeof(*h)))) {
		__be32 magic;

		/* too short for us; does it claim to be ours? */
		if (skb_copy_bits(skb, off, &magic, sizeof(magic)) ||
		    magic != htonl(EOIP_MAGIC))
			return NF_ACCEPT;
		sitelink_net_count(sn, RX_TRUNCATED);
		return NF_DROP;
	}
	h = (const struct eoip_hdr *)(skb->data + off);
	if (unlikely(h->magic != htonl(EOIP_MAGIC)))
		return NF_ACCEPT;

	iph = ip_hdr(skb);
	id = le16_to_cpu(h->id);
	cfg = sitelink_lookup4(sn, &eoip_kind, iph->saddr, iph->daddr, id);
	if (unlikely(!cfg)) {
		/* nobody else speaks this; an ICMP error would help no one */
		sitelink_count_unmatched(sn, &eoip_kind, id);
		return NF_DROP;
	}
	if (unlikely(!xfrm4_policy_check(NULL, XFRM_POLICY_IN, skb))) {
		sitelink_count(cfg->tun, RX_POLICY);
		return NF_DROP;
	}
	/* the policy check may have moved nothing, but let us not rely on it */
	h = (const struct eoip_hdr *)(skb->data + off);
	len = ntohs(h->len);
	tos = ip_hdr(skb)->tos;
	if (unlikely(!len)) {
		sitelink_keepalive_rcv(cfg);
		consume_skb(skb);
	} else {
		sitelink_rcv(cfg, skb, off + sizeof(*h), len, htons(ETH_P_TEB),
			     tos);
	}
	return NF_STOLEN;
}

static const struct nla_policy eoip_policy[IFLA_SITELINK + 1] = {
	[IFLA_EOIP_LINK] = { .type = NLA_U32 },
	[IFLA_EOIP_LOCAL] = NLA_POLICY_EXACT_LEN(sizeof(__be32)),
	[IFLA_EOIP_REMOTE] = NLA_POLICY_EXACT_LEN(sizeof(__be32)),
	[IFLA_EOIP_TUNNEL_ID] = { .type = NLA_U32 },
	[IFLA_EOIP_TTL] = { .type = NLA_U8 },
	[IFLA_SITELINK] = { .type = NLA_NESTED },
};

/* also of eoip6 */
const struct sitelink_attrs eoip_attrs = {
	.local = IFLA_EOIP_LOCAL,
	.remote = IFLA_EOIP_REMOTE,
	.id = IFLA_EOIP_TUNNEL_ID,
	.ttl = IFLA_EOIP_TTL,
};

struct sitelink_kind eoip_kind = {
	.link_ops = {
		.kind = "eoip",
		.maxtype = IFLA_SITELINK,
		.policy = eoip_policy,
	},
	.family = AF_INET,
	.protocol = IPPROTO_GRE,
	.arphrd = ARPHRD_ETHER,
	.keepalive_on = true,
	.uniform_gso = true,
	.mtu_msg = "mtu: 0 (auto), or 68 to 65493",
	.attrs = &eoip_attrs,
	.hook = eoip_hook,
	.prepare = eoip_prepare,
	.build = eoip_build,
	.quoted_len = sizeof(struct eoip_hdr),
	.quoted_id = eoip_quoted_id,
	.parse = eoip_parse,
	.fill = eoip_fill,
	.attr_size = 4 * 8 + 8,
};
