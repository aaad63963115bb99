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

static const struct sitelink_params defaults = {
	.ttl = 255,
	.dscp = SITELINK_DSCP_INHERIT,
	.df = SITELINK_DF_NO,
	.clamp_mss = true,
	.fast_path = true,
	.ka_interval = 10,
	.ka_retries = 10,
	.loop_interval = 5,
	.loop_disable = 300,
};

/* A number out of range is refused with the sentence given. */
#define REJECT_UNLESS(ok, extack, attr, msg) do {			\
	if (!(ok)) {							\
		NL_SET_ERR_MSG_ATTR(extack, attr, msg);			\
		return -EINVAL;						\
	}								\
} while (0)

/* NL_SET_ERR_MSG() takes literals only. */
static void set_msg(struct netlink_ext_ack *extack, const char *msg)
{
	if (extack)
		extack->_msg = msg;
}

static int parse_bool(const struct nlattr *attr, bool *value,
		      struct netlink_ext_ack *extack, const char *msg)
{
	if (!attr)
		return 0;
	if (nla_get_u8(attr) > 1) {
		NL_SET_BAD_ATTR(extack, attr);
		set_msg(extack, msg);
		return -EINVAL;
	}
	*value = nla_get_u8(attr);
	return 0;
}

static int parse_keepalive(struct nlattr *tb[], struct sitelink_params *p,
			   struct netlink_ext_ack *extack)
{
	struct nlattr *a = tb[IFLA_SITELINK_KEEPALIVE_INTERVAL];

	if (a) {
		REJECT_UNLESS(nla_get_u32(a) <= SITELINK_SECONDS_MAX, extack, a,
			      "keepalive: interval is 0 (off) to 86400 seconds");
		p->ka_interval = nla_get_u32(a);
	}
	a = tb[IFLA_SITELINK_KEEPALIVE_RETRIES];
	if (a)
		p->ka_retries = nla_get_u32(a);
	return 0;
}

static int parse_loop_protect(struct nlattr *tb[], struct sitelink_params *p,
			      struct netlink_ext_ack *extack)
{
	struct nlattr *a = tb[IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL];

	if (a) {
		REJECT_UNLESS(nla_get_u32(a) >= 1 &&
			      nla_get_u32(a) <= SITELINK_SECONDS_MAX, extack, a,
			      "loop-protect-send-interval: 1 to 86400 seconds");
		p->loop_interval = nla_get_u32(a);
	}
	a = tb[IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME];
	if (a) {
		REJECT_UNLESS(nla_get_u32(a) <= SITELINK_SECONDS_MAX, extack, a,
			      "loop-protect-disable-time: 0 (for good) to 86400 seconds");
		p->loop_disable = nla_get_u32(a);
	}
	return parse_bool(tb[IFLA_SITELINK_LOOP_PROTECT], &p->loop_protect,
			  extack, "loop-protect: 0 (off) or 1 (on)");
}

/* The nested attribute. *auto_mtu: as asked for, else untouched. */
static int parse_shared(const struct nlattr *nest, struct sitelink_params *p,
			bool *auto_mtu, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_SITELINK_MAX + 1], *a;
	int err;

	err = nla_parse_nested(tb, IFLA_SITELINK_MAX, nest, sitelink_policy,
			       extack);
	if (err)
		return err;
	a = tb[IFLA_SITELINK_DONT_FRAGMENT];
	if (a) {
		REJECT_UNLESS(nla_get_u8(a) <= SITELINK_DF_MAX, extack, a,
			      "dont-fragment: 0 (no) or 1 (inherit)");
		p->df = nla_get_u8(a);
	}
	a = tb[IFLA_SITELINK_DSCP];
	if (a) {
		REJECT_UNLESS(nla_get_u8(a) <= 63 ||
			      nla_get_u8(a) == SITELINK_DSCP_INHERIT, extack, a,
			      "dscp: 0 to 63 or 255 (inherit)");
		p->dscp = nla_get_u8(a);
	}
	err = parse_keepalive(tb, p, extack);
	if (err)
		return err;
	err = parse_loop_protect(tb, p, extack);
	if (err)
		return err;
	err = parse_bool(tb[IFLA_SITELINK_CLAMP_TCP_MSS], &p->clamp_mss, extack,
			 "clamp-tcp-mss: 0 (off) or 1 (on)");
	if (err)
		return err;
	err = parse_bool(tb[IFLA_SITELINK_ALLOW_FAST_PATH], &p->fast_path,
			 extack, "allow-fast-path: 0 (off) or 1 (on)");
	if (err)
		return err;
	return parse_bool(tb[IFLA_SITELINK_MTU_AUTO], auto_mtu, extack,
			  "mtu-auto: 0 (as it is) or 1 (follow the path)");
}

static int parse(const struct sitelink_kind *kind, struct nlattr *data[],
		 struct sitelink_params *p, bool *auto_mtu,
		 struct netlink_ext_ack *extack)
{
	int err = kind->parse(data, p, extack);

	if (!err && data && data[IFLA_SITELINK])
		err = parse_shared(data[IFLA_SITELINK], p, auto_mtu, extack);
	return err;
}

static int sitelink_validate(struct nlattr *tb[], struct nlattr *data[],
			     struct netlink_ext_ack *extack)
{
	struct nlattr *a = tb[IFLA_ADDRESS];

	if (a) {
		REJECT_UNLESS(nla_len(a) == ETH_ALEN, extack, a,
			      "address: 6 octets");
		REJECT_UNLESS(is_valid_ether_addr(nla_data(a)), extack, a,
			      "address: a unicast address other than zero");
	}
	return 0;
}

static int sitelink_newlink(struct net *src_net, struct net_device *dev,
			    struct nlattr *tb[], struct nlattr *data[],
			    struct netlink_ext_ack *extack)
{
	const struct sitelink_kind *kind = kind_of(dev->rtnl_link_ops);
	struct sitelink_tunnel *t = netdev_priv(dev);
	struct sitelink_params p = defaults;
	struct sitelink_cfg *cfg;
	bool auto_mtu = false;
	u32 mtu = 0;
	int err;

	err = parse(kind, data, &p, &auto_mtu, extack);
	if (err)
		return err;
	if (tb[IFLA_MTU] && !auto_mtu)
		mtu = nla_get_u32(tb[IFLA_MTU]);
	if (mtu && (mtu < IPV4_MIN_MTU || mtu > kind->max_mtu)) {
		NL_SET_BAD_ATTR(extack, tb[IFLA_MTU]);
		set_msg(extack, kind->mtu_msg);
		return -EINVAL;
	}
	if (!tb[IFLA_ADDRESS])
		eth_hw_addr_random(dev);

	t->net = src_net;
	cfg = sitelink_cfg_alloc(t, kind, &p);
	if (!cfg)
		return -ENOMEM;
	err = sitelink_tunnel_check(t, cfg, extack);
	if (err)
		goto err_free;
	rcu_assign_pointer(t->cfg, cfg);

	sitelink_setup_kind(dev);
	t->mtu_auto = !mtu;
	/* what an interface of 1500 leaves, until there is a route */
	dev->mtu = mtu ?: ETH_DATA_LEN - cfg->hlen - kind->l2len;
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

static int sitelink_changelink(struct net_device *dev, struct nlattr *tb[],
			       struct nlattr *data[],
			       struct netlink_ext_ack *extack)
{
	const struct sitelink_kind *kind = kind_of(dev->rtnl_link_ops);
	struct sitelink_tunnel *t = netdev_priv(dev);
	struct sitelink_params old = rtnl_dereference(t->cfg)->p;
	struct sitelink_params p = old;
	struct sitelink_cfg *cfg;
	bool auto_mtu = false;
	int err;

	err = parse(kind, data, &p, &auto_mtu, extack);
	if (err)
		return err;
	cfg = sitelink_cfg_alloc(t, kind, &p);
	if (!cfg)
		return -ENOMEM;
	err = sitelink_tunnel_check(t, cfg, extack);
	if (err) {
		sitelink_cfg_free(cfg);
		return err;
	}
	sitelink_tunnel_change(t, cfg);

	if (auto_mtu)
		t->mtu_auto = true;
	sitelink_mtu_refresh(t);
	if (netif_running(dev)) {
		if (keepalive_differs(&old, &p))
			sitelink_keepalive_start(t);
		if (loop_differs(&old, &p))
			sitelink_loop_start(t);
	}
	return 0;
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

static int sitelink_fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	const struct sitelink_params *p = &cfg->p;
	struct nlattr *nest;

	if (cfg->kind->fill(skb, p))
		return -EMSGSIZE;
	nest = nla_nest_start(skb, IFLA_SITELINK);
	if (!nest ||
	    nla_put_u32(skb, IFLA_SITELINK_KEEPALIVE_INTERVAL,
			p->ka_interval) ||
	    nla_put_u32(skb, IFLA_SITELINK_KEEPALIVE_RETRIES, p->ka_retries) ||
	    nla_put_u8(skb, IFLA_SITELINK_CLAMP_TCP_MSS, p->clamp_mss) ||
	    nla_put_u8(skb, IFLA_SITELINK_DONT_FRAGMENT, p->df) ||
	    nla_put_u8(skb, IFLA_SITELINK_DSCP, p->dscp) ||
	    nla_put_u8(skb, IFLA_SITELINK_ALLOW_FAST_PATH, p->fast_path) ||
	    nla_put_u8(skb, IFLA_SITELINK_LOOP_PROTECT, p->loop_protect) ||
	    nla_put_u32(skb, IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL,
			p->loop_interval) ||
	    nla_put_u32(skb, IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME,
			p->loop_disable) ||
	    nla_put_u8(skb, IFLA_SITELINK_LOOP_PROTECT_STATUS,
		       sitelink_loop_status(t)) ||
	    nla_put_u8(skb, IFLA_SITELINK_MTU_AUTO, t->mtu_auto))
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

	ops->priv_size = sizeof(struct sitelink_tunnel);
	ops->setup = sitelink_setup;
	ops->validate = sitelink_validate;
	ops->newlink = sitelink_newlink;
	ops->changelink = sitelink_changelink;
	ops->dellink = sitelink_dellink;
	ops->get_size = sitelink_get_size;
	ops->fill_info = sitelink_fill_info;
	ops->get_link_net = sitelink_get_link_net;
}
