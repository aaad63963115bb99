// SPDX-License-Identifier: GPL-2.0-only
/*
 * From properties to a tunnel: one way for rtnetlink, the ioctl of `ip tunnel`
 * and the fallback devices.
 */
#include "sitelink.h"

/* Those of the in-tree kinds, and RouterOS' where they have none. */
const struct sitelink_params sitelink_twin_defaults = {
	.mode = IPPROTO_IPIP,
	.pmtudisc = true,
	.fast_path = true,
	.ka_retries = 10,
	.loop_interval = 5,
	.loop_disable = 300,
};

/**
 * sitelink_twin_params() - the properties that an in-tree kind begins with
 * @kind: the kind
 * @p: filled in
 */
void sitelink_twin_params(const struct sitelink_kind *kind,
			  struct sitelink_params *p)
{
	*p = sitelink_twin_defaults;
	kind->parse(NULL, p, NULL);
}

/**
 * sitelink_new() - allocate the netdev of a tunnel as its in-tree twin has it
 * @net: its namespace, which is the underlay, too
 * @kind: its kind
 * @name: its name, or one with %d
 *
 * Context: RTNL.
 * Return: netdev for sitelink_create(), else for free_netdev(); NULL without
 *	memory.
 */
struct net_device *sitelink_new(struct net *net,
				const struct sitelink_kind *kind,
				const char *name)
{
	const struct rtnl_link_ops *ops = &kind->link_ops;
	struct sitelink_tunnel *t;
	struct net_device *dev;

	dev = alloc_netdev(ops->priv_size, name, NET_NAME_UNKNOWN, ops->setup);
	if (!dev)
		return NULL;
	dev_net_set(dev, net);
	dev->rtnl_link_ops = ops;
	t = netdev_priv(dev);
	t->net = net;
	t->mtu_auto = false;
	return dev;
}

/**
 * sitelink_create() - register a netdev as a tunnel
 * @dev: new netdev, rtnl_link_ops, the tunnel's net and mtu_auto set
 * @p: properties, each possible
 * @mtu: u32, octets; NULL: as the path has it
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0, or a negative error and @dev is for free_netdev().
 */
int sitelink_create(struct net_device *dev, const struct sitelink_params *p,
		    const struct nlattr *mtu, struct netlink_ext_ack *extack)
{
	const struct sitelink_kind *kind =
		container_of(dev->rtnl_link_ops, struct sitelink_kind, link_ops);
	struct sitelink_tunnel *t = netdev_priv(dev);
	u32 octets = mtu ? nla_get_u32(mtu) : 0;
	struct sitelink_cfg *cfg;
	int err;

	cfg = sitelink_cfg_alloc(t, kind, p);
	if (!cfg)
		return -ENOMEM;
	if (mtu && (octets < IPV4_MIN_MTU || octets > sitelink_mtu_max(cfg))) {
		err = sitelink_reject(extack, mtu, kind->mtu_msg);
		goto err_free;
	}
	err = sitelink_tunnel_check(t, cfg, extack);
	if (err)
		goto err_free;
	rcu_assign_pointer(t->cfg, cfg);

	sitelink_setup_cfg(dev, cfg);
	/* until there is a route */
	dev->mtu = octets ?: sitelink_mtu_guess(t);
	sitelink_mtu_refresh(t);

	err = register_netdevice(dev);
	if (err)
		goto err_clear;
	err = sitelink_tunnel_add(t, extack);
	if (err)
		goto err_unregister;
	sitelink_nl_added(t);
	return 0;

err_unregister:
	unregister_netdevice(dev);
err_clear:
	RCU_INIT_POINTER(t->cfg, NULL);
	/* the device was registered for a moment, and a dump may have seen it */
	synchronize_net();
err_free:
	sitelink_cfg_free(cfg);
	return err;
}
