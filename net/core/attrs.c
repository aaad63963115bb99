// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attributes that IPv4 kinds have in common, each under the number of the
 * in-tree kind, so that stock `ip` serves both.
 */
#include <linux/if_tunnel.h>

#include "attrs.h"

static struct nlattr *get(struct nlattr *data[], u8 attr)
{
	return attr ? data[attr] : NULL;
}

static int refuse_unknown(struct nlattr *data[], const struct sitelink_attrs *m,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *a = get(data, m->external);

	if (a) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "external: only with the in-tree module, not with sitelink's");
		return -EOPNOTSUPP;
	}
	a = get(data, m->encap_type);
	if (a && nla_get_u16(a) != TUNNEL_ENCAP_NONE) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "encap: only with the in-tree module, not with sitelink's");
		return -EOPNOTSUPP;
	}
	return 0;
}

static void parse_df(struct nlattr *data[], const struct sitelink_attrs *m,
		     struct sitelink_params *p)
{
	struct nlattr *a = get(data, m->pmtudisc);

	if (a)
		p->pmtudisc = nla_get_u8(a);
	/* to ask for the one is to give up the other */
	if (a && p->pmtudisc)
		p->ignore_df = false;
	a = get(data, m->ignore_df);
	if (a)
		p->ignore_df = nla_get_u8(a);
}

/**
 * sitelink_link_parse() - take the link, which every kind has
 * @a: u32, ifindex; NULL: stays
 * @p: properties to change
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or -EINVAL.
 */
int sitelink_link_parse(const struct nlattr *a, struct sitelink_params *p,
			struct netlink_ext_ack *extack)
{
	if (!a)
		return 0;
	if (nla_get_u32(a) > INT_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, a, "dev: an interface index");
		return -EINVAL;
	}
	p->link = nla_get_u32(a);
	return 0;
}
EXPORT_SYMBOL_GPL(sitelink_link_parse);

/**
 * sitelink_attrs_parse() - take the common attributes
 * @m: their numbers
 * @data: IFLA_INFO_DATA
 * @p: properties to change; what is absent stays
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0, -EINVAL or -EOPNOTSUPP.
 */
int sitelink_attrs_parse(const struct sitelink_attrs *m, struct nlattr *data[],
			 struct sitelink_params *p,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *a;
	int err;

	err = refuse_unknown(data, m, extack);
	if (err)
		return err;
	err = sitelink_link_parse(get(data, m->link), p, extack);
	if (err)
		return err;
	a = get(data, m->local);
	if (a)
		p->local.v4 = nla_get_in_addr(a);
	a = get(data, m->remote);
	if (a)
		p->remote.v4 = nla_get_in_addr(a);
	a = get(data, m->ttl);
	if (a)
		p->ttl = nla_get_u8(a);
	a = get(data, m->tos);
	if (a)
		p->tos = nla_get_u8(a);
	a = get(data, m->fwmark);
	if (a)
		p->fwmark = nla_get_u32(a);
	parse_df(data, m, p);
	return 0;
}
EXPORT_SYMBOL_GPL(sitelink_attrs_parse);

/**
 * sitelink_attrs_check() - are the common properties possible together?
 * @p: properties
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int sitelink_attrs_check(const struct sitelink_params *p,
			 struct netlink_ext_ack *extack)
{
	if (p->pmtudisc && p->ignore_df) {
		NL_SET_ERR_MSG(extack,
			       "ignore-df: needs pmtudisc off (nopmtudisc)");
		return -EINVAL;
	}
	if (p->local.v4 && !sitelink_is_host(p->local.v4)) {
		NL_SET_ERR_MSG(extack,
			       "local: a unicast IPv4 address, or 0.0.0.0 for any");
		return -EINVAL;
	}
	if (ipv4_is_lbcast(p->remote.v4)) {
		NL_SET_ERR_MSG(extack, "remote: not the broadcast address");
		return -EINVAL;
	}
	if (p->ka_interval && !sitelink_is_host(p->remote.v4)) {
		NL_SET_ERR_MSG(extack,
			       "keepalive: needs a unicast remote; or say keepalive off");
		return -EINVAL;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(sitelink_attrs_check);

static bool put_u8(struct sk_buff *skb, u8 attr, u8 v)
{
	return attr && nla_put_u8(skb, attr, v);
}

/**
 * sitelink_attrs_fill() - put the common attributes
 * @m: their numbers
 * @skb: netlink message with room for SITELINK_ATTRS_SIZE
 * @p: properties
 *
 * Return: 0 or -EMSGSIZE.
 */
int sitelink_attrs_fill(const struct sitelink_attrs *m, struct sk_buff *skb,
			const struct sitelink_params *p)
{
	if (nla_put_u32(skb, m->link, p->link) ||
	    nla_put_in_addr(skb, m->local, p->local.v4) ||
	    nla_put_in_addr(skb, m->remote, p->remote.v4) ||
	    put_u8(skb, m->ttl, p->ttl) ||
	    put_u8(skb, m->tos, p->tos) ||
	    put_u8(skb, m->pmtudisc, p->pmtudisc) ||
	    put_u8(skb, m->ignore_df, p->ignore_df) ||
	    (m->fwmark && nla_put_u32(skb, m->fwmark, p->fwmark)))
		return -EMSGSIZE;
	if (m->encap_type &&
	    nla_put_u16(skb, m->encap_type, TUNNEL_ENCAP_NONE))
		return -EMSGSIZE;
	return 0;
}
EXPORT_SYMBOL_GPL(sitelink_attrs_fill);
