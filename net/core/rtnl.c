// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtnetlink: newlink, changelink, dellink and fill for every kind; the
 * properties that all kinds share.
 */
#include <linux/module.h>

#include "sitelink.h"

static const struct nla_policy sitelink_policy[IFLA_SITELINK_MAX + 1] = {
	[IFLA_SITELINK_KEEPALIVE_INTERVAL] = { .type = NLA_U32 },
	[IFLA_SITELINK_KEEPALIVE_RETRIES] = { .type = NLA_U32 },
	[IFLA_SITELINK_CLAMP_TCP_MSS] = { .type = NLA_U8 },
	[IFLA_SITELINK_DONT_FRAGMENT] = { .type = NLA_U8 },
	[IFLA_SITELINK_DSCP] = { .type = NLA_U8 },
	[IFLA_SITELINK_ALLOW_FAST_PATH] = { .type = NLA_U8 },
	[IFLA_SITELINK_LOOP_PROTECT] = { .type = NLA_U8 },
	[IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL] = { .type = NLA_U32 },
	[IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME] = { .type = NLA_U32 },
	[IFLA_SITELINK_LOOP_PROTECT_STATUS] = { .type = NLA_REJECT },
	[IFLA_SITELINK_MTU_AUTO] = { .type = NLA_U8 },
};

static const struct sitelink_kind *kind_of(const struct rtnl_link_ops *ops)
{
	return container_of(ops, struct sitelink_kind, link_ops);
}

/* RouterOS' */
static const struct sitelink_params defaults = {
	.mode = IPPROTO_IPIP,
	.ttl = 255,
	.tos = SITELINK_TOS_INHERIT,
	.ignore_df = true,
	.clamp_mss = true,
	.fast_path = true,
	.ka_interval = 10,
	.ka_retries = 10,
	.loop_interval = 5,
	.loop_disable = 300,
};

/* Those of the in-tree kinds, and RouterOS' where they have none. */
static const struct sitelink_params twin_defaults = {
	.mode = IPPROTO_IPIP,
	.pmtudisc = true,
	.fast_path = true,
	.ka_retries = 10,
	.loop_interval = 5,
	.loop_disable = 300,
};

/* NL_SET_ERR_MSG() takes literals only. */
static int reject(struct netlink_ext_ack *extack, const struct nlattr *attr,
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

/* The nested attribute. *auto_mtu: as asked for, else untouched. */
static int parse_shared(const struct nlattr *nest, struct sitelink_params *p,
			bool *auto_mtu, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_SITELINK_MAX + 1];
	int err, i;

	err = nla_parse_nested(tb, IFLA_SITELINK_MAX, nest, sitelink_policy,
			       extack);
	if (err)
		return err;
	for (i = 1; i <= IFLA_SITELINK_MAX; i++) {
		u32 n = number(tb[i], allowed[i].also);

		if (n != allowed[i].also &&
		    (n < allowed[i].min || n > allowed[i].max))
			return reject(extack, tb[i], allowed[i].msg);
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

static int parse(const struct sitelink_kind *kind, struct nlattr *data[],
		 struct sitelink_params *p, bool *auto_mtu,
		 struct netlink_ext_ack *extack)
{
	int err = kind->parse(data, p, extack);

	if (!err && data && data[IFLA_SITELINK])
		err = parse_shared(data[IFLA_SITELINK], p, auto_mtu, extack);
	if (!err && p->loop_protect && !sitelink_l2len(kind))
		err = reject(extack, NULL,
			     "loop-protect: only kinds that carry frames");
	if (!err && kind->check)
		err = kind->check(p, extack);
	return err;
}

static int sitelink_validate(struct nlattr *tb[], struct nlattr *data[],
			     struct netlink_ext_ack *extack)
{
	struct nlattr *a = tb[IFLA_ADDRESS];

	if (a && nla_len(a) != ETH_ALEN)
		return reject(extack, a, "address: 6 octets");
	if (a && !is_valid_ether_addr(nla_data(a)))
		return reject(extack, a,
			      "address: a unicast address other than zero");
	return 0;
}

static int sitelink_newlink(struct net *src_net, struct net_device *dev,
			    struct nlattr *tb[], struct nlattr *data[],
			    struct netlink_ext_ack *extack)
{
	const struct sitelink_kind *kind = kind_of(dev->rtnl_link_ops);
	struct sitelink_tunnel *t = netdev_priv(dev);
	bool routeros = !kind->twin || (data && data[IFLA_SITELINK]);
	struct sitelink_params p = routeros ? defaults : twin_defaults;
	bool auto_mtu = false;
	struct sitelink_cfg *cfg;
	u32 mtu = 0;
	int err;

	if (!kind->keepalive_on)
		p.ka_interval = 0;
	err = parse(kind, data, &p, &auto_mtu, extack);
	if (err)
		return err;
	if (tb[IFLA_MTU] && !auto_mtu)
		mtu = nla_get_u32(tb[IFLA_MTU]);

	/* the underlay; in-tree kinds know no other than the device's own */
	t->net = kind->twin ? dev_net(dev) : src_net;
	if (kind->choose && routeros) {
		err = kind->choose(t, &p, extack);
		if (err)
			return err;
	}
	cfg = sitelink_cfg_alloc(t, kind, &p);
	if (!cfg)
		return -ENOMEM;
	if (mtu && (mtu < IPV4_MIN_MTU || mtu > sitelink_mtu_max(cfg))) {
		err = reject(extack, tb[IFLA_MTU], kind->mtu_msg);
		goto err_free;
	}
	err = sitelink_tunnel_check(t, cfg, extack);
	if (err)
		goto err_free;
	rcu_assign_pointer(t->cfg, cfg);

	if (sitelink_l2len(kind) && !tb[IFLA_ADDRESS])
		eth_hw_addr_random(dev);
	sitelink_setup_cfg(dev, cfg);
	t->mtu_auto = !mtu && (routeros || auto_mtu);
	/* until there is a route */
	dev->mtu = mtu ?: sitelink_mtu_guess(t);
	sitelink_mtu_refresh(t);

	err = register_netdevice(dev);
	if (err)
		goto err_clear;
	err = sitelink_tunnel_add(t, extack);
	if (err)
		goto err_unregister;
	return 0;

err_unregister:
	unregister_netdevice(dev);
err_clear:
	RCU_INIT_POINTER(t->cfg, NULL);
err_free:
	sitelink_cfg_free(cfg);
	return err;
}

static bool keepalive_differs(const struct sitelink_params *a,
			      const struct sitelink_params *b)
{
	return a->ka_interval != b->ka_interval ||
	       a->ka_retries != b->ka_retries;
}

static bool loop_differs(const struct sitelink_params *a,
			 const struct sitelink_params *b)
{
	return a->loop_protect != b->loop_protect ||
	       a->loop_interval != b->loop_interval ||
	       a->loop_disable != b->loop_disable;
}

/* An in-tree kind's mtu follows its own header and link, at changes only. */
static void change_static_mtu(struct sitelink_tunnel *t,
			      const struct sitelink_params *old,
			      unsigned int old_hlen)
{
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	unsigned int mtu = t->dev->mtu;

	if (old->link != cfg->p.link || old->fwmark != cfg->p.fwmark)
		mtu = sitelink_mtu_guess(t);
	else
		mtu = clamp_t(int, (int)(mtu + old_hlen - cfg->hlen),
			      IPV4_MIN_MTU, sitelink_mtu_max(cfg));
	if (mtu != t->dev->mtu && dev_set_mtu(t->dev, mtu))
		netdev_dbg(t->dev, "mtu %u refused\n", mtu);
}

/* The underlay may be a namespace where the caller has no say. */
static bool may_change(const struct sitelink_tunnel *t)
{
	return net_eq(t->net, dev_net(t->dev)) ||
	       ns_capable(t->net->user_ns, CAP_NET_ADMIN);
}

static int sitelink_changelink(struct net_device *dev, struct nlattr *tb[],
			       struct nlattr *data[],
			       struct netlink_ext_ack *extack)
{
	const struct sitelink_kind *kind = kind_of(dev->rtnl_link_ops);
	struct sitelink_tunnel *t = netdev_priv(dev);
	struct sitelink_params old = rtnl_dereference(t->cfg)->p;
	unsigned int old_hlen = rtnl_dereference(t->cfg)->hlen;
	struct sitelink_params p = old;
	struct sitelink_cfg *cfg;
	bool auto_mtu = false;
	int err;

	if (!may_change(t)) {
		NL_SET_ERR_MSG(extack,
			       "only who administers the underlay's namespace may change the tunnel");
		return -EPERM;
	}
	err = parse(kind, data, &p, &auto_mtu, extack);
	if (err)
		return err;
	cfg = sitelink_cfg_alloc(t, kind, &p);
	if (!cfg)
		return -ENOMEM;
	if (!sitelink_setup_changes(dev, cfg)) {
		NL_SET_ERR_MSG(extack,
			       "remote: cannot change between none, a host and a group");
		err = -EINVAL;
		goto err_free;
	}
	err = sitelink_tunnel_check(t, cfg, extack);
	if (!err)
		err = sitelink_tunnel_change(t, cfg, extack);
	if (err)
		goto err_free;
	sitelink_setup_cfg(dev, cfg);
	if (netif_running(dev) && kind->open) {
		kind->stop(t);
		if (kind->open(t))
			netdev_warn(dev, "cannot join its group any more\n");
	}

	if (auto_mtu)
		t->mtu_auto = true;
	if (kind->twin && !t->mtu_auto && !tb[IFLA_MTU])
		change_static_mtu(t, &old, old_hlen);
	sitelink_mtu_refresh(t);
	if (netif_running(dev)) {
		if (keepalive_differs(&old, &p))
			sitelink_keepalive_start(t);
		if (loop_differs(&old, &p))
			sitelink_loop_start(t);
	}
	return 0;

err_free:
	sitelink_cfg_free(cfg);
	return err;
}

/**
 * sitelink_dellink() - rtnl_link_ops.dellink of every kind
 * @dev: the tunnel
 * @head: devices to be unregistered together
 *
 * Context: RTNL.
 */
void sitelink_dellink(struct net_device *dev, struct list_head *head)
{
	unregister_netdevice_queue(dev, head);
}

static size_t sitelink_get_size(const struct net_device *dev)
{
	return kind_of(dev->rtnl_link_ops)->attr_size +
	       nla_total_size(0) +		/* IFLA_SITELINK */
	       4 * nla_total_size(sizeof(u32)) +
	       7 * nla_total_size(sizeof(u8));
}

static int fill_loop_protect(struct sk_buff *skb,
			     const struct sitelink_tunnel *t,
			     const struct sitelink_params *p)
{
	if (nla_put_u8(skb, IFLA_SITELINK_LOOP_PROTECT, p->loop_protect) ||
	    nla_put_u32(skb, IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL,
			p->loop_interval) ||
	    nla_put_u32(skb, IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME,
			p->loop_disable) ||
	    nla_put_u8(skb, IFLA_SITELINK_LOOP_PROTECT_STATUS,
		       sitelink_loop_status(t)))
		return -EMSGSIZE;
	return 0;
}

static int sitelink_fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	const struct sitelink_params *p = &cfg->p;
	struct nlattr *nest;
	u8 df, dscp;

	df = p->pmtudisc ? SITELINK_DF_SET :
	     p->ignore_df ? SITELINK_DF_NO : SITELINK_DF_INHERIT;
	dscp = p->tos & SITELINK_TOS_INHERIT ? SITELINK_DSCP_INHERIT :
					       p->tos >> 2;
	if (cfg->kind->fill(skb, p))
		return -EMSGSIZE;
	nest = nla_nest_start(skb, IFLA_SITELINK);
	if (!nest ||
	    nla_put_u32(skb, IFLA_SITELINK_KEEPALIVE_INTERVAL,
			p->ka_interval) ||
	    nla_put_u32(skb, IFLA_SITELINK_KEEPALIVE_RETRIES, p->ka_retries) ||
	    nla_put_u8(skb, IFLA_SITELINK_CLAMP_TCP_MSS, p->clamp_mss) ||
	    nla_put_u8(skb, IFLA_SITELINK_DONT_FRAGMENT, df) ||
	    nla_put_u8(skb, IFLA_SITELINK_DSCP, dscp) ||
	    nla_put_u8(skb, IFLA_SITELINK_ALLOW_FAST_PATH, p->fast_path) ||
	    nla_put_u8(skb, IFLA_SITELINK_MTU_AUTO, t->mtu_auto))
		return -EMSGSIZE;
	if (sitelink_l2len(cfg->kind) && fill_loop_protect(skb, t, p))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static struct net *sitelink_get_link_net(const struct net_device *dev)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);

	return READ_ONCE(t->net);
}

/**
 * sitelink_link_ops_init() - fill in the part that all kinds share
 * @kind: the kind
 */
void sitelink_link_ops_init(struct sitelink_kind *kind)
{
	struct rtnl_link_ops *ops = &kind->link_ops;

	if (!ops->priv_size)
		ops->priv_size = sizeof(struct sitelink_tunnel);
	ops->setup = sitelink_setup_l3;
	if (sitelink_l2len(kind)) {
		ops->setup = sitelink_setup_l2;
		ops->validate = sitelink_validate;
	}
	ops->newlink = sitelink_newlink;
	ops->changelink = sitelink_changelink;
	ops->dellink = sitelink_dellink;
	ops->get_size = sitelink_get_size;
	ops->fill_info = sitelink_fill_info;
	ops->get_link_net = sitelink_get_link_net;
}
