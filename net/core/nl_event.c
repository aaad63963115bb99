// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: what happens to tunnels, told in the namespace of the
 * device. Nothing is built where nobody listens.
 */
#include "nl.h"

typedef int fill_fn(struct sk_buff *skb, const struct sitelink_tunnel *t);

static void tell(const struct sitelink_tunnel *t, u8 cmd, fill_fn *fill,
		 gfp_t gfp)
{
	struct net *net = dev_net(t->dev);
	struct sk_buff *skb;
	void *hdr;

	if (!genl_has_listeners(&sitelink_nl_family, net,
				SITELINK_NLGRP_MONITOR))
		return;
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, gfp);
	if (!skb)
		goto err;
	hdr = genlmsg_put(skb, 0, 0, &sitelink_nl_family, 0, cmd);
	if (!hdr || fill(skb, t)) {
		nlmsg_free(skb);
		goto err;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&sitelink_nl_family, net, skb, 0,
				SITELINK_NLGRP_MONITOR, gfp);
	return;

err:
	/* they shall know that they have missed something */
	genl_set_err(&sitelink_nl_family, net, 0, SITELINK_NLGRP_MONITOR,
		     -ENOBUFS);
}

/* A dump that is under way is not of one moment any more. */
static void new_generation(const struct sitelink_tunnel *t)
{
	struct sitelink_net *sn = sitelink_net(dev_net(t->dev));
	unsigned int next = sn->generation + 1;

	WRITE_ONCE(sn->generation, next ?: 1);
}

/**
 * sitelink_nl_added() - tell of a tunnel that is there now
 * @t: the tunnel
 *
 * Context: RTNL.
 */
void sitelink_nl_added(struct sitelink_tunnel *t)
{
	new_generation(t);
	t->announced = true;
	t->told_mtu = t->dev->mtu;
	t->told_auto = t->mtu_auto;
	tell(t, SITELINK_CMD_TUNNEL_ADD_NTF, sitelink_nl_fill, GFP_KERNEL);
}

/**
 * sitelink_nl_changed() - tell of a change, if there was one
 * @t: the tunnel
 * @config: something other than the mtu was changed
 *
 * Context: RTNL.
 */
void sitelink_nl_changed(struct sitelink_tunnel *t, bool config)
{
	if (t->changing || !t->announced)
		return;
	if (!config && t->told_mtu == t->dev->mtu &&
	    t->told_auto == t->mtu_auto)
		return;
	new_generation(t);
	t->told_mtu = t->dev->mtu;
	t->told_auto = t->mtu_auto;
	tell(t, SITELINK_CMD_TUNNEL_CHANGE_NTF, sitelink_nl_fill, GFP_KERNEL);
}

static void deleted(struct sitelink_tunnel *t)
{
	/* the stack says so again while references are held */
	if (!t->announced)
		return;
	new_generation(t);
	t->announced = false;
	tell(t, SITELINK_CMD_TUNNEL_DEL_NTF, sitelink_nl_fill_id, GFP_KERNEL);
}

/**
 * sitelink_nl_running() - tell that a tunnel runs, or does not any more
 * @t: the tunnel
 *
 * Context: any, @t->down_lock held.
 */
void sitelink_nl_running(const struct sitelink_tunnel *t)
{
	tell(t, SITELINK_CMD_RUNNING_NTF, sitelink_nl_fill_state, GFP_ATOMIC);
}

/**
 * sitelink_nl_loop() - tell of a loop
 * @t: the tunnel
 *
 * Context: softirq, RCU read side.
 */
void sitelink_nl_loop(const struct sitelink_tunnel *t)
{
	tell(t, SITELINK_CMD_LOOP_NTF, sitelink_nl_fill_state, GFP_ATOMIC);
}

static int netdev_event(struct notifier_block *nb, unsigned long event,
			void *info)
{
	struct net_device *dev = netdev_notifier_info_to_dev(info);
	struct sitelink_tunnel *t = netdev_priv(dev);

	if (!sitelink_is_tunnel(dev))
		return NOTIFY_DONE;
	switch (event) {
	case NETDEV_REGISTER:
		/* it comes from another namespace; newlink tells of new ones */
		if (!list_empty(&t->list))
			sitelink_nl_added(t);
		break;
	case NETDEV_UNREGISTER:
		deleted(t);
		break;
	case NETDEV_CHANGENAME:
		sitelink_nl_changed(t, true);
		break;
	case NETDEV_CHANGEMTU:
		sitelink_nl_changed(t, false);
		break;
	}
	return NOTIFY_DONE;
}

struct notifier_block sitelink_nl_notifier = {
	.notifier_call = netdev_event,
};
