// SPDX-License-Identifier: GPL-2.0-only
/*
 * vti's attributes, and the mark that it chooses for itself.
 */
#include "vti.h"

const struct nla_policy vti_policy[IFLA_SITELINK + 1] = {
	[IFLA_VTI_LINK] = { .type = NLA_U32 },
	[IFLA_VTI_IKEY] = { .type = NLA_U32 },
	[IFLA_VTI_OKEY] = { .type = NLA_U32 },
	[IFLA_VTI_LOCAL] = { .type = NLA_U32 },
	[IFLA_VTI_REMOTE] = { .type = NLA_U32 },
	[IFLA_VTI_FWMARK] = { .type = NLA_U32 },
	[IFLA_SITELINK] = { .type = NLA_NESTED },
};

const struct sitelink_attrs vti_attrs = {
	.link = IFLA_VTI_LINK,
	.local = IFLA_VTI_LOCAL,
	.remote = IFLA_VTI_REMOTE,
	.fwmark = IFLA_VTI_FWMARK,
};

/**
 * vti_parse() - sitelink_kind.parse
 * @data: IFLA_INFO_DATA or NULL
 * @p: properties to change
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int vti_parse(struct nlattr *data[], struct sitelink_params *p,
	      struct netlink_ext_ack *extack)
{
	/* what the outer header says is the SA's business, and it copies */
	p->pmtudisc = false;
	p->ignore_df = false;
	p->tos = SITELINK_TOS_INHERIT;
	if (!data)
		return 0;
	if (data[IFLA_VTI_IKEY])
		p->mark_in = be32_to_cpu(nla_get_be32(data[IFLA_VTI_IKEY]));
	if (data[IFLA_VTI_OKEY])
		p->mark_out = be32_to_cpu(nla_get_be32(data[IFLA_VTI_OKEY]));
	return sitelink_attrs_parse(&vti_attrs, data, p, extack);
}

/**
 * vti_check() - sitelink_kind.check
 * @p: properties
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int vti_check(const struct sitelink_params *p, struct netlink_ext_ack *extack)
{
	if (ipv4_is_multicast(p->remote.v4)) {
		NL_SET_ERR_MSG(extack, "remote: a unicast address");
		return -EINVAL;
	}
	if (p->ka_interval) {
		NL_SET_ERR_MSG(extack,
			       "keepalive: vti has none, IKE's DPD watches the peer");
		return -EINVAL;
	}
	/* `ip tunnel` always says pmtudisc, which changes nothing here */
	if (p->ignore_df) {
		NL_SET_ERR_MSG(extack,
			       "dont-fragment: vti has inherit only, SAs copy DF");
		return -EINVAL;
	}
	if (p->tos != SITELINK_TOS_INHERIT) {
		NL_SET_ERR_MSG(extack,
			       "dscp: vti has inherit only, SAs copy it");
		return -EINVAL;
	}
	return sitelink_attrs_check(p, extack);
}

static bool is_private(u32 mark)
{
	return (mark & VTI_MARK_PRIVATE_MASK) == VTI_MARK_PRIVATE;
}

/**
 * vti_choose() - sitelink_kind.choose: a private mark where no key was given
 * @t: the new tunnel
 * @p: its properties
 * @extack: says why not
 *
 * A policy for all of the tunnel's traffic must not be one for all of the
 * host's: the mark, which no other vti of the namespace has, keeps them apart.
 *
 * Context: RTNL.
 * Return: 0 or -ENOSPC.
 */
int vti_choose(const struct sitelink_tunnel *t, struct sitelink_params *p,
	       struct netlink_ext_ack *extack)
{
	const struct sitelink_tunnel *other;
	const struct sitelink_params *op;
	u32 last = VTI_MARK_PRIVATE;

	if (p->mark_in || p->mark_out)
		return 0;
	list_for_each_entry(other, &sitelink_net(t->net)->tunnels, list) {
		op = &rtnl_dereference(other->cfg)->p;
		if (is_private(op->mark_in))
			last = max(last, op->mark_in);
		if (is_private(op->mark_out))
			last = max(last, op->mark_out);
	}
	if (!is_private(++last)) {
		NL_SET_ERR_MSG(extack, "no private mark is left: give a key");
		return -ENOSPC;
	}
	p->mark_in = last;
	p->mark_out = last;
	return 0;
}

/**
 * vti_from_parm() - sitelink_kind.from_parm
 * @parm: what `ip tunnel` says
 * @p: properties to change
 *
 * Return: 0 or -EINVAL.
 */
int vti_from_parm(const struct ip_tunnel_parm *parm, struct sitelink_params *p)
{
	p->mark_in = parm->i_flags & GRE_KEY ? be32_to_cpu(parm->i_key) : 0;
	p->mark_out = parm->o_flags & GRE_KEY ? be32_to_cpu(parm->o_key) : 0;
	return parm->iph.protocol == IPPROTO_IPIP ? 0 : -EINVAL;
}

/**
 * vti_to_parm() - sitelink_kind.to_parm
 * @p: properties
 * @parm: for `ip tunnel`
 */
void vti_to_parm(const struct sitelink_params *p, struct ip_tunnel_parm *parm)
{
	parm->iph.protocol = IPPROTO_IPIP;
	parm->i_flags = VTI_ISVTI | GRE_KEY;
	parm->o_flags = GRE_KEY;
	parm->i_key = cpu_to_be32(p->mark_in);
	parm->o_key = cpu_to_be32(p->mark_out);
}

/**
 * vti_fill() - sitelink_kind.fill: the marks in use are the keys shown
 * @skb: netlink message
 * @p: properties
 *
 * Return: 0 or -EMSGSIZE.
 */
int vti_fill(struct sk_buff *skb, const struct sitelink_params *p)
{
	if (sitelink_attrs_fill(&vti_attrs, skb, p) ||
	    nla_put_be32(skb, IFLA_VTI_IKEY, cpu_to_be32(p->mark_in)) ||
	    nla_put_be32(skb, IFLA_VTI_OKEY, cpu_to_be32(p->mark_out)))
		return -EMSGSIZE;
	return 0;
}
