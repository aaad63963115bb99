// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtnetlink: making, changing and showing devices.
 */
#include <linux/if_arp.h>
#include <linux/sitelink.h>
#include <net/rtnetlink.h>

#include "espdev.h"

#define CPUS_LEN	256

static const struct nla_policy espdev_policy[IFLA_ESPDEV_MAX + 1] = {
	[IFLA_ESPDEV_ENGINE] = { .type = NLA_NUL_STRING,
				 .len = ESPDEV_ENGINE_LEN - 1 },
	[IFLA_ESPDEV_CPUS] = { .type = NLA_NUL_STRING, .len = CPUS_LEN - 1 },
	[IFLA_ESPDEV_WINDOW] = NLA_POLICY_RANGE(NLA_U32, 1, ESPDEV_WINDOW_MAX),
};

static int parse_cpus(const struct nlattr *a, struct cpumask *cpus,
		      struct netlink_ext_ack *extack)
{
	if (cpulist_parse(nla_data(a), cpus) ||
	    !cpumask_intersects(cpus, cpu_online_mask)) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "cpus: a list such as 0,2-3 with one that is online");
		return -EINVAL;
	}
	return 0;
}

static int parse_engine(const struct nlattr *a, struct espdev *ed,
			struct netlink_ext_ack *extack)
{
	if (!*(const char *)nla_data(a)) {
		NL_SET_ERR_MSG_ATTR(extack, a,
				    "engine: auto, an engine's name, or engine:driver");
		return -EINVAL;
	}
	nla_strscpy(ed->engine, a, sizeof(ed->engine));
	return 0;
}

/* All of it, or nothing. */
static int parse(struct espdev *ed, struct nlattr *data[],
		 struct netlink_ext_ack *extack)
{
	cpumask_var_t cpus;
	int err = 0;

	if (!data)
		return 0;
	if (!zalloc_cpumask_var(&cpus, GFP_KERNEL))
		return -ENOMEM;
	if (data[IFLA_ESPDEV_CPUS])
		err = parse_cpus(data[IFLA_ESPDEV_CPUS], cpus, extack);
	if (!err && data[IFLA_ESPDEV_ENGINE])
		err = parse_engine(data[IFLA_ESPDEV_ENGINE], ed, extack);
	if (err)
		goto out;
	if (data[IFLA_ESPDEV_CPUS]) {
		/* jobs of deleted SAs find one at any time */
		cpumask_or(ed->cpus, ed->cpus, cpus);
		cpumask_and(ed->cpus, ed->cpus, cpus);
	}
	if (data[IFLA_ESPDEV_WINDOW])
		WRITE_ONCE(ed->window, nla_get_u32(data[IFLA_ESPDEV_WINDOW]));
out:
	free_cpumask_var(cpus);
	return err;
}

static int espdev_newlink(struct net *src_net, struct net_device *dev,
			  struct nlattr *tb[], struct nlattr *data[],
			  struct netlink_ext_ack *extack)
{
	struct espdev *ed = netdev_priv(dev);
	struct net_device *lower;
	int err;

	lower = tb[IFLA_LINK] ? __dev_get_by_index(dev_net(dev),
						   nla_get_u32(tb[IFLA_LINK])) :
				NULL;
	if (!lower) {
		NL_SET_ERR_MSG(extack,
			       "link: the Ethernet device to sit on, of the same namespace");
		return -ENODEV;
	}
	if (lower->type != ARPHRD_ETHER || lower->flags & IFF_LOOPBACK ||
	    espdev_is(lower)) {
		NL_SET_ERR_MSG(extack,
			       "link: an Ethernet device that is no espdev itself");
		return -EINVAL;
	}
	if (dev->num_tx_queues > 1) {
		NL_SET_ERR_MSG(extack,
			       "numtxqueues: 1, the packets of an SA have one order");
		return -EINVAL;
	}
	if (!tb[IFLA_MTU])
		dev->mtu = lower->mtu;
	if (dev->mtu > lower->mtu) {
		NL_SET_ERR_MSG_ATTR(extack, tb[IFLA_MTU],
				    "mtu: at most the lower device's");
		return -EINVAL;
	}
	if (!zalloc_cpumask_var(&ed->cpus, GFP_KERNEL))
		return -ENOMEM;
	ed->dev = dev;
	ed->window = ESPDEV_WINDOW_DEFAULT;
	strscpy(ed->engine, "auto", sizeof(ed->engine));
	cpumask_copy(ed->cpus, cpu_possible_mask);
	err = parse(ed, data, extack);
	if (err)
		goto err_free;
	ed->lower = lower;
	netdev_hold(lower, &ed->lower_tracker, GFP_KERNEL);
	eth_hw_addr_set(dev, lower->dev_addr);
	dev->addr_assign_type = NET_ADDR_STOLEN;
	dev->needed_headroom = lower->needed_headroom;
	dev->needed_tailroom = lower->needed_tailroom;
	dev->max_mtu = lower->max_mtu;
	err = register_netdevice(dev);
	if (err)
		goto err_free;
	err = espdev_lower_join(ed, extack);
	if (err)
		unregister_netdevice(dev);
	return err;

err_free:
	espdev_free(dev);
	return err;
}

static int espdev_changelink(struct net_device *dev, struct nlattr *tb[],
			     struct nlattr *data[],
			     struct netlink_ext_ack *extack)
{
	struct espdev *ed = netdev_priv(dev);
	int err = -EBUSY;

	mutex_lock(&ed->config);
	if (data && (data[IFLA_ESPDEV_ENGINE] || data[IFLA_ESPDEV_CPUS]) &&
	    !hash_empty(ed->sas)) {
		NL_SET_ERR_MSG(extack,
			       "engine, cpus: cannot be changed while SAs are offloaded");
	} else {
		err = parse(ed, data, extack);
	}
	mutex_unlock(&ed->config);
	return err;
}

static void espdev_dellink(struct net_device *dev, struct list_head *head)
{
	espdev_lower_leave(netdev_priv(dev));
	unregister_netdevice_queue(dev, head);
}

static size_t espdev_get_size(const struct net_device *dev)
{
	return nla_total_size(ESPDEV_ENGINE_LEN) + nla_total_size(CPUS_LEN) +
	       nla_total_size(4);
}

static int espdev_fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	const struct espdev *ed = netdev_priv(dev);
	char cpus[CPUS_LEN];

	scnprintf(cpus, sizeof(cpus), "%*pbl", cpumask_pr_args(ed->cpus));
	if (nla_put_string(skb, IFLA_ESPDEV_ENGINE, ed->engine) ||
	    nla_put_string(skb, IFLA_ESPDEV_CPUS, cpus) ||
	    nla_put_u32(skb, IFLA_ESPDEV_WINDOW, ed->window))
		return -EMSGSIZE;
	return 0;
}

struct rtnl_link_ops espdev_link_ops __read_mostly = {
	.kind = "espdev",
	.maxtype = IFLA_ESPDEV_MAX,
	.policy = espdev_policy,
	.priv_size = sizeof(struct espdev),
	.setup = espdev_setup,
	.newlink = espdev_newlink,
	.changelink = espdev_changelink,
	.dellink = espdev_dellink,
	.get_size = espdev_get_size,
	.fill_info = espdev_fill_info,
};
