// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink_ipip: IPv4 in IPv4 (RFC 2003) with RouterOS' properties, kind ipip,
 * in the place of the in-tree one. There is no header of its own.
 *
 * RouterOS has a keepalive here, too, and nobody knows its format: ours is an
 * inner packet of protocol 4 and four octets that is addressed back to us. A peer
 * that forwards sends it home; one of ours answers in the driver.
 */
#include <linux/module.h>
#include <linux/if_tunnel.h>
#include <net/dst_metadata.h>
#include <net/ip_tunnels.h>
#include <net/route.h>
#include <net/xfrm.h>

#include "attrs.h"
#include "tunnel4.h"

static struct sitelink_kind ipip_kind;

static void ipip_prepare(struct sitelink_cfg *cfg, void *hdr)
{
	cfg->gso_type = SKB_GSO_IPXIP4;
}

static void ipip_build(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		       void *hdr, unsigned int frame_len)
{
	skb_set_inner_ipproto(skb, IPPROTO_IPIP);
}

/* Without a remote each packet goes to its own next hop. */
static __be32 ipip_dest(const struct sitelink_cfg *cfg, struct sk_buff *skb)
{
	if (!skb_valid_dst(skb) || !pskb_inet_may_pull(skb))
		return 0;
	return rt_nexthop(skb_rtable(skb), ip_hdr(skb)->daddr);
}

/* What a keepalive comes home with: ESP does not take an empty packet. */
#define IPIP_KEEPALIVE	4

static unsigned int ipip_keepalive_len(const struct sitelink_cfg *cfg)
{
	return sizeof(struct iphdr) + IPIP_KEEPALIVE;
}

static void ipip_keepalive(const struct sitelink_cfg *cfg, __be32 saddr,
			   void *payload)
{
	sitelink_echo_build(cfg, saddr, IPPROTO_IPIP, payload,
			    sizeof(struct iphdr) + IPIP_KEEPALIVE);
}

/*
 * Our keepalive comes home with less than an inner header, and the stack's handler
 * of protocol 4 drops it before any tunnel sees it, so a hook looks.
 */
static unsigned int ipip_keepalive_hook(void *priv, struct sk_buff *skb,
					const struct nf_hook_state *state)
{
	const struct iphdr *iph = ip_hdr(skb);
	const struct sitelink_cfg *cfg;

	if (likely(iph->protocol != IPPROTO_IPIP ||
		   skb->len > iph->ihl * 4 + IPIP_KEEPALIVE))
		return NF_ACCEPT;
	cfg = sitelink_bare_lookup(&ipip_kind, skb, iph->saddr, iph->daddr);
	if (cfg)
		sitelink_echo_home(cfg, skb);
	return NF_ACCEPT;
}

/* skb->data at the inner header; the stack has not checked the policy. */
static int ipip_rcv(struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	const struct sitelink_cfg *cfg;

	cfg = sitelink_bare_lookup(&ipip_kind, skb, iph->saddr, iph->daddr);
	if (unlikely(!cfg))
		return -ENOENT;
	if (unlikely(!xfrm4_policy_check(NULL, XFRM_POLICY_IN, skb))) {
		sitelink_count(cfg->tun, RX_POLICY);
		kfree_skb(skb);
		return 0;
	}
	if (unlikely(skb->len <= sizeof(*iph) + IPIP_KEEPALIVE) &&
	    !cfg->dynamic &&
	    sitelink_echo_valid(skb, 0, IPPROTO_IPIP, 0)) {
		sitelink_echo_answer(cfg, skb, 0);
		return 0;
	}
	sitelink_rcv(cfg, skb, 0, skb->len, htons(ETH_P_IP),
		     ip_hdr(skb)->tos);
	return 0;
}

static int ipip_err(struct sk_buff *skb, u32 info)
{
	return sitelink_bare_err(&ipip_kind, skb, info);
}

static const struct nla_policy ipip_policy[IFLA_SITELINK + 1] = {
	[IFLA_IPTUN_LINK] = { .type = NLA_U32 },
	[IFLA_IPTUN_LOCAL] = { .type = NLA_U32 },
	[IFLA_IPTUN_REMOTE] = { .type = NLA_U32 },
	[IFLA_IPTUN_TTL] = { .type = NLA_U8 },
	[IFLA_IPTUN_TOS] = { .type = NLA_U8 },
	[IFLA_IPTUN_PROTO] = { .type = NLA_U8 },
	[IFLA_IPTUN_PMTUDISC] = { .type = NLA_U8 },
	[IFLA_IPTUN_ENCAP_TYPE] = { .type = NLA_U16 },
	[IFLA_IPTUN_COLLECT_METADATA] = { .type = NLA_FLAG },
	[IFLA_IPTUN_FWMARK] = { .type = NLA_U32 },
	[IFLA_SITELINK] = { .type = NLA_NESTED },
};

static const struct sitelink_attrs ipip_attrs = {
	.link = IFLA_IPTUN_LINK,
	.local = IFLA_IPTUN_LOCAL,
	.remote = IFLA_IPTUN_REMOTE,
	.ttl = IFLA_IPTUN_TTL,
	.tos = IFLA_IPTUN_TOS,
	.pmtudisc = IFLA_IPTUN_PMTUDISC,
	.fwmark = IFLA_IPTUN_FWMARK,
	.encap_type = IFLA_IPTUN_ENCAP_TYPE,
	.external = IFLA_IPTUN_COLLECT_METADATA,
};

static int ipip_parse(struct nlattr *data[], struct sitelink_params *p,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *a;

	if (!data)
		return 0;
	a = data[IFLA_IPTUN_PROTO];
	if (a && nla_get_u8(a) && nla_get_u8(a) != IPPROTO_IPIP) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "mode: ipip or any; mplsip only with the in-tree module");
		return -EOPNOTSUPP;
	}
	if (a)
		p->mode = nla_get_u8(a);
	return sitelink_attrs_parse(&ipip_attrs, data, p, extack);
}

static int ipip_check(const struct sitelink_params *p,
		      struct netlink_ext_ack *extack)
{
	if (ipv4_is_multicast(p->remote.v4)) {
		NL_SET_ERR_MSG(extack,
			       "remote: a unicast address, only gre knows groups");
		return -EINVAL;
	}
	return sitelink_attrs_check(p, extack);
}

static int ipip_fill(struct sk_buff *skb, const struct sitelink_params *p)
{
	if (sitelink_attrs_fill(&ipip_attrs, skb, p) ||
	    nla_put_u8(skb, IFLA_IPTUN_PROTO, p->mode))
		return -EMSGSIZE;
	return 0;
}

/* No flags, no keys; of the modes neither mplsip nor, then, both at once. */
static int ipip_from_parm(const struct ip_tunnel_parm *parm,
			  struct sitelink_params *p)
{
	p->mode = parm->iph.protocol;
	return p->mode && p->mode != IPPROTO_IPIP ? -EINVAL : 0;
}

static void ipip_to_parm(const struct sitelink_params *p,
			 struct ip_tunnel_parm *parm)
{
	parm->iph.protocol = p->mode;
}

static struct sitelink_kind ipip_kind = {
	.link_ops = {
		.kind = "ipip",
		.maxtype = IFLA_SITELINK,
		.policy = ipip_policy,
	},
	.family = AF_INET,
	.protocol = IPPROTO_IPIP,
	.arphrd = ARPHRD_TUNNEL,
	.inner_protocol = htons(ETH_P_IP),
	.twin = true,
	.fallback_name = "tunl0",
	.mtu_msg = "mtu: 0 (auto), or 68 to 65515",
	.attrs = &ipip_attrs,
	.hook = ipip_keepalive_hook,
	.hook_for_keepalive = true,
	.prepare = ipip_prepare,
	.build = ipip_build,
	.dest = ipip_dest,
	.keepalive_len = ipip_keepalive_len,
	.keepalive = ipip_keepalive,
	.parse = ipip_parse,
	.check = ipip_check,
	.from_parm = ipip_from_parm,
	.to_parm = ipip_to_parm,
	.fill = ipip_fill,
	.attr_size = SITELINK_ATTRS_SIZE + 8,
};

/* The in-tree kind's priority: there is only one of the two. */
static struct xfrm_tunnel ipip_handler = {
	.handler = ipip_rcv,
	.err_handler = ipip_err,
	.priority = 1,
};

static int __init ipip_init(void)
{
	int err;

	err = sitelink_kind_register(&ipip_kind);
	if (err)
		goto err_owner;
	err = sitelink_tunnel4_register(&ipip_handler, AF_INET);
	if (err)
		goto err_kind;
	return 0;

err_kind:
	sitelink_kind_unregister(&ipip_kind);
err_owner:
	if (err == -EEXIST)
		pr_err("sitelink_ipip: ipip belongs to the in-tree module; for this one: rmmod ipip, modprobe sitelink_ipip\n");
	return err;
}

static void __exit ipip_exit(void)
{
	sitelink_tunnel4_unregister(&ipip_handler, AF_INET);
	sitelink_kind_unregister(&ipip_kind);
}

module_init(ipip_init);
module_exit(ipip_exit);
MODULE_DESCRIPTION("IPIP tunnels with RouterOS' properties");
MODULE_LICENSE("GPL");
