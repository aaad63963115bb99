// SPDX-License-Identifier: GPL-2.0-only
/*
 * EoIP over IPv6: next header 97 (EtherIP, RFC 3378), with the tunnel-id in
 * what RFC 3378 calls reserved.
 *
 *	tunnel-id bits 8..11, version 3 | tunnel-id bits 0..7
 *
 * and an Ethernet frame without FCS. The two octets alone are a keepalive.
 */
#include <net/dsfield.h>
#include <net/protocol.h>

#include "eoip.h"

/* EtherIP; the uapi headers do not name it */
#define IPPROTO_EOIP6	97

#define EOIP6_VERSION	3
#define EOIP6_ID_MAX	4095

struct eoip6_hdr {
	u8 id_hi_version;
	u8 id_lo;
};

/* No gso_type: nobody segments behind this header. */
static void eoip6_prepare(struct sitelink_cfg *cfg, void *hdr)
{
	const struct sitelink_params *p = &cfg->p;
	struct eoip6_hdr *h = hdr;

	cfg->khlen = sizeof(*h);
	h->id_hi_version = (p->id >> 8) << 4 | EOIP6_VERSION;
	h->id_lo = p->id;
}

static void eoip6_build(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			void *hdr, unsigned int frame_len)
{
	skb_set_inner_protocol(skb, htons(ETH_P_TEB));
}

static int eoip6_id(const void *hdr)
{
	const struct eoip6_hdr *h = hdr;

	if ((h->id_hi_version & 0xf) != EOIP6_VERSION)
		return -1;
	return (h->id_hi_version >> 4) << 8 | h->id_lo;
}

static int eoip6_parse(struct nlattr *data[], struct sitelink_params *p,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *a;

	if (!data ||
	    (!data[IFLA_EOIP_REMOTE] && ipv6_addr_any(&p->remote.v6))) {
		NL_SET_ERR_MSG(extack, "remote: an IPv6 address is needed");
		return -EINVAL;
	}
	a = data[IFLA_EOIP_REMOTE];
	if (a)
		p->remote.v6 = nla_get_in6_addr(a);
	if (!(ipv6_addr_type(&p->remote.v6) & IPV6_ADDR_UNICAST)) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "remote: a unicast IPv6 address");
		return -EINVAL;
	}
	a = data[IFLA_EOIP_LOCAL];
	if (a) {
		p->local.v6 = nla_get_in6_addr(a);
		if (ipv6_addr_is_multicast(&p->local.v6)) {
			NL_SET_ERR_MSG_ATTR(extack, a,
					    "local: a unicast IPv6 address, or :: for any");
			return -EINVAL;
		}
	}
	a = data[IFLA_EOIP_TUNNEL_ID];
	if (a) {
		if (nla_get_u32(a) > EOIP6_ID_MAX) {
			NL_SET_ERR_MSG_ATTR(extack, a, "tunnel-id: 0 to 4095");
			return -EINVAL;
		}
		p->id = nla_get_u32(a);
	}
	return eoip_parse_common(data, p, extack);
}

static int eoip6_fill(struct sk_buff *skb, const struct sitelink_params *p)
{
	if (nla_put_in6_addr(skb, IFLA_EOIP_LOCAL, &p->local.v6) ||
	    nla_put_in6_addr(skb, IFLA_EOIP_REMOTE, &p->remote.v6))
		return -EMSGSIZE;
	return eoip_fill_common(skb, p);
}

/*
 * Protocol handler: fragments are reassembled, the policy is checked,
 * skb->data is at our header.
 */
static int eoip6_rcv(struct sk_buff *skb)
{
	const struct ipv6hdr *ip6h = ipv6_hdr(skb);
	struct net *net = dev_net(skb->dev);
	struct sitelink_net *sn = sitelink_net(net);
	const struct sitelink_cfg *cfg;
	unsigned int len;
	int id;

	if (unlikely(!pskb_may_pull(skb, sizeof(struct eoip6_hdr)))) {
		sitelink_net_count(sn, RX_TRUNCATED);
		goto drop;
	}
	ip6h = ipv6_hdr(skb);
	id = eoip6_id(skb->data);
	cfg = id < 0 ? NULL : sitelink_lookup6(sn, &eoip6_kind, &ip6h->saddr,
					       &ip6h->daddr, id);
	if (unlikely(!cfg)) {
		sitelink_count_unmatched(sn, &eoip6_kind, id);
		goto drop;
	}
	len = skb->len - sizeof(struct eoip6_hdr);
	if (unlikely(!len)) {
		sitelink_keepalive_rcv(cfg);
		consume_skb(skb);
	} else {
		sitelink_rcv(cfg, skb, sizeof(struct eoip6_hdr), len,
			     htons(ETH_P_TEB), ipv6_get_dsfield(ip6h));
	}
	return 0;
drop:
	kfree_skb(skb);
	return 0;
}

static const struct nla_policy eoip6_policy[IFLA_SITELINK + 1] = {
	[IFLA_EOIP_LINK] = { .type = NLA_U32 },
	[IFLA_EOIP_LOCAL] = NLA_POLICY_EXACT_LEN(sizeof(struct in6_addr)),
	[IFLA_EOIP_REMOTE] = NLA_POLICY_EXACT_LEN(sizeof(struct in6_addr)),
	[IFLA_EOIP_TUNNEL_ID] = { .type = NLA_U32 },
	[IFLA_EOIP_TTL] = { .type = NLA_U8 },
	[IFLA_SITELINK] = { .type = NLA_NESTED },
};

struct sitelink_kind eoip6_kind = {
	.link_ops = {
		.kind = "eoip6",
		.maxtype = IFLA_SITELINK,
		.policy = eoip6_policy,
	},
	.family = AF_INET6,
	.protocol = IPPROTO_EOIP6,
	.arphrd = ARPHRD_ETHER,
	.keepalive_on = true,
	.mtu_msg = "mtu: 0 (auto), or 68 to 65519",
	.attrs = &eoip_attrs,
	.prepare = eoip6_prepare,
	.build = eoip6_build,
	.quoted_len = sizeof(struct eoip6_hdr),
	.quoted_id = eoip6_id,
	.parse = eoip6_parse,
	.fill = eoip6_fill,
	.attr_size = 2 * 20 + 2 * 8 + 8,
};

#if IS_ENABLED(CONFIG_IPV6)
static int eoip6_err(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type,
		     u8 code, int offset, __be32 info)
{
	return sitelink_icmp6(skb, &eoip6_kind, type, offset, info);
}

/* FINAL: the stack checks the inbound IPsec policy. */
static const struct inet6_protocol eoip6_protocol = {
	.handler = eoip6_rcv,
	.err_handler = eoip6_err,
	.flags = INET6_PROTO_FINAL,
};

/**
 * eoip6_init() - register kind eoip6 and its protocol handler
 *
 * Return: 0 or a negative error, said in the log.
 */
int __init eoip6_init(void)
{
	int err;

	err = inet6_add_protocol(&eoip6_protocol, IPPROTO_EOIP6);
	if (err) {
		pr_err("sitelink_eoip: another module has IPv6 protocol 97\n");
		return -EEXIST;
	}
	err = sitelink_kind_register(&eoip6_kind);
	if (err) {
		pr_err("sitelink_eoip: cannot register kind eoip6: %d\n", err);
		inet6_del_protocol(&eoip6_protocol, IPPROTO_EOIP6);
	}
	return err;
}

/**
 * eoip6_exit() - undo eoip6_init()
 */
void eoip6_exit(void)
{
	sitelink_kind_unregister(&eoip6_kind);
	inet6_del_protocol(&eoip6_protocol, IPPROTO_EOIP6);
}
#else
int __init eoip6_init(void)
{
	return 0;
}

void eoip6_exit(void)
{
}
#endif
