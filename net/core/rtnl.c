// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtnetlink: newlink, changelink, dellink and fill for every kind.
 */
#include <linux/module.h>

#include "sitelink.h"

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

static int sitelink_validate(struct nlattr *tb[], struct nlattr *data[],
			     struct netlink_ext_ack *extack)
{
	struct nlattr *a = tb[IFLA_ADDRESS];

	if (a && nla_len(a) != ETH_ALEN)
		return sitelink_reject(extack, a, "address: 6 octets");
	if (a && !is_valid_ether_addr(nla_data(a)))
		return sitelink_reject(extack, a,
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
	struct sitelink_params p = routeros ? defaults : sitelink_twin_defaults;
	const struct nlattr *mtu = tb[IFLA_MTU];
	bool auto_mtu = false;
	int err;

	if (!kind->keepalive_on)
		p.ka_interval = 0;
	err = sitelink_props_parse(kind, data, mtu, &p, &auto_mtu, extack);
	if (err)
		return err;
	if (auto_mtu || (mtu && !nla_get_u32(mtu)))
		mtu = NULL;

	/* the underlay; in-tree kinds know no other than the device's own */
	t->net = kind->twin ? dev_net(dev) : src_net;
	if (kind->choose && routeros) {
		err = kind->choose(t, &p, extack);
		if (err)
			return err;
	}
	t->mtu_auto = !mtu && (routeros || auto_mtu);
	if (sitelink_l2len(kind) && !tb[IFLA_ADDRESS])
		eth_hw_addr_random(dev);
	return sitelink_create(dev, &p, mtu, extack);
}

static int sitelink_changelink(struct net_device *dev, struct nlattr *tb[],
			       struct nlattr *data[],
			       struct netlink_ext_ack *extack)
{
	return sitelink_change(netdev_priv(dev), data, tb[IFLA_MTU], NULL,
			       extack);
}

/* A fallback device stays, as in-tree; that is no error there either. */
static void sitelink_dellink(struct net_device *dev, struct list_head *head)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);

	if (!t->fallback)
		unregister_netdevice_queue(dev, head);
}

static size_t sitelink_get_size(const struct net_device *dev)
{
	return kind_of(dev->rtnl_link_ops)->attr_size + SITELINK_PROPS_SIZE;
}

static int sitelink_fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);

	if (cfg->kind->fill(skb, &cfg->p))
		return -EMSGSIZE;
	return sitelink_props_fill(skb, IFLA_SITELINK, cfg);
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
