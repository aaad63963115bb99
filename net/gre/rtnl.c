// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtnetlink attributes of gre and gretap: those of the in-tree kinds.
 */
#include "gre.h"

const struct nla_policy gre_policy[IFLA_SITELINK + 1] = {
	[IFLA_GRE_LINK] = { .type = NLA_U32 },
	[IFLA_GRE_IFLAGS] = { .type = NLA_U16 },
	[IFLA_GRE_OFLAGS] = { .type = NLA_U16 },
	[IFLA_GRE_IKEY] = { .type = NLA_U32 },
	[IFLA_GRE_OKEY] = { .type = NLA_U32 },
	[IFLA_GRE_LOCAL] = { .len = sizeof(__be32) },
	[IFLA_GRE_REMOTE] = { .len = sizeof(__be32) },
	[IFLA_GRE_TTL] = { .type = NLA_U8 },
	[IFLA_GRE_TOS] = { .type = NLA_U8 },
	[IFLA_GRE_PMTUDISC] = { .type = NLA_U8 },
	[IFLA_GRE_ENCAP_TYPE] = { .type = NLA_U16 },
	[IFLA_GRE_COLLECT_METADATA] = { .type = NLA_FLAG },
	[IFLA_GRE_IGNORE_DF] = { .type = NLA_U8 },
	[IFLA_GRE_FWMARK] = { .type = NLA_U32 },
	[IFLA_GRE_ERSPAN_INDEX] = { .type = NLA_U32 },
	[IFLA_GRE_ERSPAN_VER] = { .type = NLA_U8 },
	[IFLA_SITELINK] = { .type = NLA_NESTED },
};

const struct sitelink_attrs gre_attrs = {
	.link = IFLA_GRE_LINK,
	.local = IFLA_GRE_LOCAL,
	.remote = IFLA_GRE_REMOTE,
	.ttl = IFLA_GRE_TTL,
	.tos = IFLA_GRE_TOS,
	.pmtudisc = IFLA_GRE_PMTUDISC,
	.ignore_df = IFLA_GRE_IGNORE_DF,
	.fwmark = IFLA_GRE_FWMARK,
	.encap_type = IFLA_GRE_ENCAP_TYPE,
	.external = IFLA_GRE_COLLECT_METADATA,
};

/* GRE_KEY and its key, or neither. */
static int parse_key(const struct nlattr *a, __be16 flags, u32 *key,
		     struct netlink_ext_ack *extack)
{
	if (!(flags & GRE_KEY)) {
		*key = 0;
		if (!a || !nla_get_be32(a))
			return 0;
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "key: a key other than 0 needs GRE_KEY in the flags");
		return -EINVAL;
	}
	if (a)
		*key = ntohl(nla_get_be32(a));
	return 0;
}

static int parse_flags(const struct nlattr *a, __be16 *flags,
		       struct netlink_ext_ack *extack)
{
	if (!a)
		return 0;
	if (nla_get_be16(a) & ~GRE_OPTIONS) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "flags: GRE_CSUM, GRE_KEY and GRE_SEQ");
		return -EINVAL;
	}
	*flags = nla_get_be16(a);
	return 0;
}

/**
 * gre_parse() - sitelink_kind.parse of gre and gretap
 * @data: IFLA_INFO_DATA or NULL
 * @p: properties to change
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0, -EINVAL or -EOPNOTSUPP.
 */
int gre_parse(struct nlattr *data[], struct sitelink_params *p,
	      struct netlink_ext_ack *extack)
{
	int err;

	if (!data)
		return 0;
	if (data[IFLA_GRE_ERSPAN_VER] || data[IFLA_GRE_ERSPAN_INDEX]) {
		NL_SET_ERR_MSG(extack,
			       "erspan: only with the in-tree module, not with sitelink's");
		return -EOPNOTSUPP;
	}
	err = sitelink_attrs_parse(&gre_attrs, data, p, extack);
	if (!err)
		err = parse_flags(data[IFLA_GRE_IFLAGS], &p->iflags, extack);
	if (!err)
		err = parse_flags(data[IFLA_GRE_OFLAGS], &p->oflags, extack);
	if (!err)
		err = parse_key(data[IFLA_GRE_IKEY], p->iflags, &p->id,
				extack);
	if (!err)
		err = parse_key(data[IFLA_GRE_OKEY], p->oflags, &p->okey,
				extack);
	return err;
}

/**
 * gre_check() - sitelink_kind.check of gre
 * @p: properties
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int gre_check(const struct sitelink_params *p, struct netlink_ext_ack *extack)
{
	if (ipv4_is_multicast(p->remote.v4) && !p->local.v4) {
		NL_SET_ERR_MSG(extack,
			       "remote: a multicast group needs a local address");
		return -EINVAL;
	}
	return sitelink_attrs_check(p, extack);
}

/**
 * gretap_check() - sitelink_kind.check of gretap
 * @p: properties
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int gretap_check(const struct sitelink_params *p,
		 struct netlink_ext_ack *extack)
{
	if (!p->remote.v4) {
		NL_SET_ERR_MSG(extack, "remote: an IPv4 address is needed");
		return -EINVAL;
	}
	if (p->ka_interval) {
		NL_SET_ERR_MSG(extack,
			       "keepalive: gretap has none, only off");
		return -EINVAL;
	}
	return sitelink_attrs_check(p, extack);
}

/**
 * gre_fill() - sitelink_kind.fill of gre and gretap
 * @skb: netlink message
 * @p: properties
 *
 * Return: 0 or -EMSGSIZE.
 */
int gre_fill(struct sk_buff *skb, const struct sitelink_params *p)
{
	if (sitelink_attrs_fill(&gre_attrs, skb, p) ||
	    nla_put_be16(skb, IFLA_GRE_IFLAGS, p->iflags) ||
	    nla_put_be16(skb, IFLA_GRE_OFLAGS, p->oflags) ||
	    nla_put_be32(skb, IFLA_GRE_IKEY, htonl(p->id)) ||
	    nla_put_be32(skb, IFLA_GRE_OKEY, htonl(p->okey)))
		return -EMSGSIZE;
	return 0;
}
