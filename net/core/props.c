// SPDX-License-Identifier: GPL-2.0-only
/*
 * RouterOS' properties that all kinds share: one nested attribute, the same
 * in rtnetlink and in generic netlink.
 */
#include "nl_gen.h"
#include "sitelink.h"

/**
 * sitelink_reject() - refuse an attribute
 * @extack: where to say why, may be NULL
 * @attr: the attribute, NULL: what is wrong is that it is not there
 * @msg: a sentence that says what would be right; NL_SET_ERR_MSG() takes
 *	literals only
 *
 * Return: -EINVAL.
 */
int sitelink_reject(struct netlink_ext_ack *extack, const struct nlattr *attr,
		    const char *msg)
{
	NL_SET_BAD_ATTR(extack, attr);
	if (extack)
		extack->_msg = msg;
	return -EINVAL;
}

/* What the nested attributes may hold: min to max, or also. */
static const struct {
	u32 min, max, also;
	const char *msg;
} allowed[IFLA_SITELINK_MAX + 1] = {
	[IFLA_SITELINK_KEEPALIVE_INTERVAL] = {
		0, SITELINK_SECONDS_MAX, 0,
		"keepalive: interval is 0 (off) to 86400 seconds" },
	[IFLA_SITELINK_KEEPALIVE_RETRIES] = { 0, U32_MAX },
	[IFLA_SITELINK_LOOP_PROTECT] = {
		0, 1, 0, "loop-protect: 0 (off) or 1 (on)" },
	[IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL] = {
		1, SITELINK_SECONDS_MAX, 1,
		"loop-protect-send-interval: 1 to 86400 seconds" },
	[IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME] = {
		0, SITELINK_SECONDS_MAX, 0,
		"loop-protect-disable-time: 0 (for good) to 86400 seconds" },
	[IFLA_SITELINK_DONT_FRAGMENT] = {
		0, SITELINK_DF_INHERIT, 0, "dont-fragment: 0 (no) or 1 (inherit)" },
	[IFLA_SITELINK_DSCP] = {
		0, 63, SITELINK_DSCP_INHERIT,
		"dscp: 0 to 63 or 255 (inherit)" },
	[IFLA_SITELINK_CLAMP_TCP_MSS] = {
		0, 1, 0, "clamp-tcp-mss: 0 (off) or 1 (on)" },
	[IFLA_SITELINK_ALLOW_FAST_PATH] = {
		0, 1, 0, "allow-fast-path: 0 (off) or 1 (on)" },
	[IFLA_SITELINK_LOOP_PROTECT_STATUS] = {
		1, 0, U32_MAX, "loop-protect-status: read-only" },
	[IFLA_SITELINK_MTU_AUTO] = {
		0, 1, 0, "mtu-auto: 0 (as it is) or 1 (follow the path)" },
};

/* The policy has made sure of u8 or u32. */
static u32 number(const struct nlattr *attr, u32 otherwise)
{
	if (!attr)
		return otherwise;
	return nla_len(attr) == sizeof(u8) ? nla_get_u8(attr) :
					     nla_get_u32(attr);
}

static int parse_nest(const struct nlattr *nest, struct sitelink_params *p,
		      bool *auto_mtu, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_SITELINK_MAX + 1];
	int err, i;

	err = nla_parse_nested(tb, IFLA_SITELINK_MAX, nest,
			       sitelink_properties_nl_policy, extack);
	if (err)
		return err;
	for (i = 1; i <= IFLA_SITELINK_MAX; i++) {
		u32 n = number(tb[i], allowed[i].also);

		if (n != allowed[i].also &&
		    (n < allowed[i].min || n > allowed[i].max))
			return sitelink_reject(extack, tb[i], allowed[i].msg);
	}
	if (tb[IFLA_SITELINK_DONT_FRAGMENT]) {
		p->pmtudisc = false;
		p->ignore_df = nla_get_u8(tb[IFLA_SITELINK_DONT_FRAGMENT]) ==
			       SITELINK_DF_NO;
	}
	if (tb[IFLA_SITELINK_DSCP]) {
		u8 dscp = nla_get_u8(tb[IFLA_SITELINK_DSCP]);

		p->tos = dscp == SITELINK_DSCP_INHERIT ? SITELINK_TOS_INHERIT :
							 dscp << 2;
	}
	p->ka_interval = number(tb[IFLA_SITELINK_KEEPALIVE_INTERVAL],
				p->ka_interval);
	p->ka_retries = number(tb[IFLA_SITELINK_KEEPALIVE_RETRIES],
			       p->ka_retries);
	p->loop_protect = number(tb[IFLA_SITELINK_LOOP_PROTECT],
				 p->loop_protect);
	p->loop_interval = number(tb[IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL],
				  p->loop_interval);
	p->loop_disable = number(tb[IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME],
				 p->loop_disable);
	p->clamp_mss = number(tb[IFLA_SITELINK_CLAMP_TCP_MSS], p->clamp_mss);
	p->fast_path = number(tb[IFLA_SITELINK_ALLOW_FAST_PATH], p->fast_path);
	*auto_mtu = number(tb[IFLA_SITELINK_MTU_AUTO], *auto_mtu);
	return 0;
}

/**
 * sitelink_props_parse() - take all attributes that make a configuration
 * @kind: the tunnel's kind
 * @data: IFLA_INFO_DATA, the kind's own and IFLA_SITELINK; may be NULL
 * @mtu: u32, what else is said of the mtu, or NULL
 * @p: properties to change; what is absent stays
 * @auto_mtu: set to what the nested attribute says, if it does
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int sitelink_props_parse(const struct sitelink_kind *kind,
			 struct nlattr *data[], const struct nlattr *mtu,
			 struct sitelink_params *p, bool *auto_mtu,
			 struct netlink_ext_ack *extack)
{
	int err = kind->parse(data, p, extack);

	if (!err && data && data[IFLA_SITELINK])
		err = parse_nest(data[IFLA_SITELINK], p, auto_mtu, extack);
	if (!err && *auto_mtu && mtu && nla_get_u32(mtu))
		err = sitelink_reject(extack, mtu,
				      "mtu: a number or mtu-auto, not both");
	if (!err && p->loop_protect && !sitelink_l2len(kind))
		err = sitelink_reject(extack, NULL,
				      "loop-protect: only kinds that carry frames");
	if (!err && kind->check)
		err = kind->check(p, extack);
	return err;
}

static int fill_loop_protect(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	const struct sitelink_params *p = &cfg->p;

	if (nla_put_u8(skb, IFLA_SITELINK_LOOP_PROTECT, p->loop_protect) ||
	    nla_put_u32(skb, IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL,
			p->loop_interval) ||
	    nla_put_u32(skb, IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME,
			p->loop_disable) ||
	    nla_put_u8(skb, IFLA_SITELINK_LOOP_PROTECT_STATUS,
		       sitelink_loop_status(cfg)))
		return -EMSGSIZE;
	return 0;
}

/**
 * sitelink_props_fill() - put the nested attribute
 * @skb: netlink message with room for SITELINK_PROPS_SIZE
 * @attr: number of the nested attribute
 * @cfg: the configuration
 *
 * Context: RTNL or RCU read side.
 * Return: 0 or -EMSGSIZE.
 */
int sitelink_props_fill(struct sk_buff *skb, int attr,
			const struct sitelink_cfg *cfg)
{
	const struct sitelink_params *p = &cfg->p;
	struct nlattr *nest;
	u8 df, dscp;

	df = p->pmtudisc ? SITELINK_DF_SET :
	     p->ignore_df ? SITELINK_DF_NO : SITELINK_DF_INHERIT;
	dscp = p->tos & SITELINK_TOS_INHERIT ? SITELINK_DSCP_INHERIT :
					       p->tos >> 2;
	nest = nla_nest_start(skb, attr);
	if (!nest ||
	    nla_put_u32(skb, IFLA_SITELINK_KEEPALIVE_INTERVAL,
			p->ka_interval) ||
	    nla_put_u32(skb, IFLA_SITELINK_KEEPALIVE_RETRIES, p->ka_retries) ||
	    nla_put_u8(skb, IFLA_SITELINK_CLAMP_TCP_MSS, p->clamp_mss) ||
	    nla_put_u8(skb, IFLA_SITELINK_DONT_FRAGMENT, df) ||
	    nla_put_u8(skb, IFLA_SITELINK_DSCP, dscp) ||
	    nla_put_u8(skb, IFLA_SITELINK_ALLOW_FAST_PATH, p->fast_path) ||
	    nla_put_u8(skb, IFLA_SITELINK_MTU_AUTO,
		       READ_ONCE(cfg->tun->mtu_auto)))
		return -EMSGSIZE;
	if (sitelink_l2len(cfg->kind) && fill_loop_protect(skb, cfg))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}
