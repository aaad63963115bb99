// SPDX-License-Identifier: GPL-2.0-only
/*
 * The device below: taking its traffic and following what happens to it.
 */
#include <linux/if_arp.h>
#include <linux/netdevice.h>

#include "espdev.h"

/*
 * The lower device's GRO would have the stack decrypt what it finds an SA for,
 * one layer below us. Ours takes its place.
 */
static void move_gro(struct espdev *ed, bool up)
{
	struct net_device *lower = ed->lower;

	if (up) {
		ed->lower_gro = lower->wanted_features & NETIF_F_GRO;
		lower->wanted_features &= ~NETIF_F_GRO;
	} else if (ed->lower_gro) {
		lower->wanted_features |= NETIF_F_GRO;
	}
	netdev_update_features(lower);
}

/* A lower device that goes down takes the carrier only: SAs survive. */
static void follow_carrier(struct espdev *ed)
{
	if (netif_running(ed->lower) && netif_carrier_ok(ed->lower))
		netif_carrier_on(ed->dev);
	else
		netif_carrier_off(ed->dev);
}

/**
 * espdev_lower_join() - take over the lower device's traffic
 * @ed: registered device, its lower device held
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int espdev_lower_join(struct espdev *ed, struct netlink_ext_ack *extack)
{
	int err;

	err = netdev_rx_handler_register(ed->lower, espdev_handle_frame, ed);
	if (err) {
		NL_SET_ERR_MSG(extack,
			       "link: belongs to a bridge, a bond, a macvlan or another espdev");
		return err;
	}
	err = netdev_upper_dev_link(ed->lower, ed->dev, extack);
	if (err) {
		netdev_rx_handler_unregister(ed->lower);
		return err;
	}
	move_gro(ed, true);
	follow_carrier(ed);
	return 0;
}

/**
 * espdev_lower_leave() - undo espdev_lower_join()
 * @ed: device that is about to be unregistered
 *
 * Context: RTNL; waits for packets in the receive handler.
 */
void espdev_lower_leave(struct espdev *ed)
{
	netdev_rx_handler_unregister(ed->lower);
	netdev_upper_dev_unlink(ed->lower, ed->dev);
	move_gro(ed, false);
}

static struct espdev *upper_of(struct net_device *lower)
{
	if (rtnl_dereference(lower->rx_handler) != espdev_handle_frame)
		return NULL;
	return rtnl_dereference(lower->rx_handler_data);
}

static int lower_event(struct notifier_block *nb, unsigned long event,
		       void *ptr)
{
	struct net_device *lower = netdev_notifier_info_to_dev(ptr);
	struct espdev *ed = upper_of(lower);
	LIST_HEAD(list);

	/* behind the stack, which deletes the device's states */
	if (event == NETDEV_UNREGISTER && espdev_is(lower))
		espdev_release_states(netdev_priv(lower));
	if (!ed)
		return NOTIFY_DONE;
	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		follow_carrier(ed);
		break;
	case NETDEV_FEAT_CHANGE:
		netdev_update_features(ed->dev);
		break;
	case NETDEV_CHANGEMTU:
		if (ed->dev->mtu > lower->mtu)
			dev_set_mtu(ed->dev, lower->mtu);
		break;
	case NETDEV_CHANGEADDR:
		eth_hw_addr_set(ed->dev, lower->dev_addr);
		call_netdevice_notifiers(NETDEV_CHANGEADDR, ed->dev);
		break;
	case NETDEV_UNREGISTER:
		/* also when it moves to another namespace: SAs cannot follow */
		espdev_link_ops.dellink(ed->dev, &list);
		unregister_netdevice_many(&list);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		return NOTIFY_BAD;
	}
	return NOTIFY_DONE;
}

static struct notifier_block lower_notifier = {
	.notifier_call = lower_event,
};

/**
 * espdev_lower_init() - follow lower devices
 *
 * Return: 0 or a negative error.
 */
int espdev_lower_init(void)
{
	return register_netdevice_notifier(&lower_notifier);
}

/**
 * espdev_lower_exit() - undo espdev_lower_init()
 */
void espdev_lower_exit(void)
{
	unregister_netdevice_notifier(&lower_notifier);
}
