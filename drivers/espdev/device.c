// SPDX-License-Identifier: GPL-2.0-only
/*
 * The device: its operations and features.
 */
#include <linux/if_arp.h>
#include <linux/slab.h>

#include "espdev.h"

/* What the lower device does for packets that are not ours to encrypt. */
#define PASSED_ON	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA | \
			 NETIF_F_CSUM_MASK | NETIF_F_GSO_SOFTWARE)
#define OWN		(NETIF_F_HW_ESP | NETIF_F_GRO)

static int espdev_dev_init(struct net_device *dev)
{
	struct espdev *ed = netdev_priv(dev);
	int err;

	/* the lower device's queue is locked inside ours */
	netdev_lockdep_set_classes(dev);
	ed->stats = alloc_percpu(struct espdev_stats);
	if (!ed->stats)
		return -ENOMEM;
	dev->tstats = netdev_alloc_pcpu_stats(struct pcpu_sw_netstats);
	if (!dev->tstats) {
		err = -ENOMEM;
		goto err_stats;
	}
	err = espdev_workers_init(ed);
	if (err)
		goto err_tstats;
	err = gro_cells_init(&ed->cells, dev);
	if (err)
		goto err_workers;
	return 0;

err_workers:
	espdev_workers_exit(ed);
err_tstats:
	free_percpu(dev->tstats);
err_stats:
	free_percpu(ed->stats);
	ed->stats = NULL;
	return err;
}

/**
 * espdev_free() - free what a device has; of a new one maybe, or twice
 * @dev: device, not registered or not any more
 *
 * Context: process; after the last reference, that of an SA maybe.
 */
void espdev_free(struct net_device *dev)
{
	struct espdev *ed = netdev_priv(dev);

	if (ed->stats) {
		espdev_workers_exit(ed);
		gro_cells_destroy(&ed->cells);
		free_percpu(dev->tstats);
		free_percpu(ed->stats);
		ed->stats = NULL;
	}
	if (ed->lower) {
		netdev_put(ed->lower, &ed->lower_tracker);
		ed->lower = NULL;
	}
	if (ed->dev)
		free_cpumask_var(ed->cpus);
	ed->dev = NULL;
}

/* What of @flags is set is added to the lower device's counts, or taken away. */
static int lower_rx_flags(struct net_device *dev, unsigned int flags, int inc)
{
	struct net_device *lower = ((struct espdev *)netdev_priv(dev))->lower;
	int err = 0;

	if (flags & IFF_ALLMULTI)
		err = dev_set_allmulti(lower, inc);
	if (!err && flags & IFF_PROMISC) {
		err = dev_set_promiscuity(lower, inc);
		if (err && flags & IFF_ALLMULTI)
			dev_set_allmulti(lower, -inc);
	}
	return err;
}

static int espdev_open(struct net_device *dev)
{
	/* what was set while the device was down */
	int err = lower_rx_flags(dev, dev->flags, 1);

	if (err)
		return err;
	/* the lower device's address is ours, it need not be added there */
	netif_start_queue(dev);
	return 0;
}

static int espdev_stop(struct net_device *dev)
{
	struct espdev *ed = netdev_priv(dev);

	/* nobody is in the middle of a burst */
	netif_tx_disable(dev);
	netif_tx_lock_bh(dev);
	espdev_flush(ed);
	netif_tx_unlock_bh(dev);
	dev_uc_unsync(ed->lower, dev);
	dev_mc_unsync(ed->lower, dev);
	lower_rx_flags(dev, dev->flags, -1);
	return 0;
}

static void espdev_set_rx_mode(struct net_device *dev)
{
	struct espdev *ed = netdev_priv(dev);

	dev_uc_sync(ed->lower, dev);
	dev_mc_sync(ed->lower, dev);
}

static void espdev_change_rx_flags(struct net_device *dev, int change)
{
	/* else by open and stop */
	if (!(dev->flags & IFF_UP))
		return;
	lower_rx_flags(dev, change & dev->flags, 1);
	lower_rx_flags(dev, change & ~dev->flags, -1);
}

static int espdev_change_mtu(struct net_device *dev, int mtu)
{
	struct espdev *ed = netdev_priv(dev);

	if (mtu > READ_ONCE(ed->lower->mtu))
		return -EINVAL;
	dev->mtu = mtu;
	return 0;
}

static netdev_features_t espdev_fix_features(struct net_device *dev,
					     netdev_features_t features)
{
	struct espdev *ed = netdev_priv(dev);

	return features & (ed->lower->features | OWN | ~PASSED_ON);
}

/* What will be encrypted is copied once, and best while it is segmented. */
static netdev_features_t espdev_features_check(struct sk_buff *skb,
					       struct net_device *dev,
					       netdev_features_t features)
{
	if (xfrm_offload(skb))
		features &= ~(NETIF_F_SG | NETIF_F_CSUM_MASK);
	return features;
}

static void espdev_get_stats64(struct net_device *dev,
			       struct rtnl_link_stats64 *s)
{
	const struct espdev_stats __percpu *stats =
		((struct espdev *)netdev_priv(dev))->stats;

	dev_fetch_sw_netstats(s, dev->tstats);
	s->tx_dropped += espdev_sum(stats, ESPDEV_CNT_TX_NOMEM);
	s->tx_errors = espdev_sum(stats, ESPDEV_CNT_TX_NO_SA) +
		       espdev_sum(stats, ESPDEV_CNT_TX_MALFORMED) +
		       espdev_sum(stats, ESPDEV_CNT_TX_ENGINE);
	s->rx_dropped += espdev_sum(stats, ESPDEV_CNT_RX_NOMEM) +
			 espdev_sum(stats, ESPDEV_CNT_RX_FULL) +
			 espdev_sum(stats, ESPDEV_CNT_RX_POLICY);
	s->rx_errors = espdev_sum(stats, ESPDEV_CNT_RX_BAD_ICV) +
		       espdev_sum(stats, ESPDEV_CNT_RX_ENGINE);
}

static int espdev_get_iflink(const struct net_device *dev)
{
	const struct espdev *ed = netdev_priv(dev);

	return READ_ONCE(ed->lower->ifindex);
}

static const struct net_device_ops espdev_netdev_ops = {
	.ndo_init = espdev_dev_init,
	.ndo_open = espdev_open,
	.ndo_stop = espdev_stop,
	.ndo_start_xmit = espdev_xmit,
	.ndo_set_rx_mode = espdev_set_rx_mode,
	.ndo_change_rx_flags = espdev_change_rx_flags,
	.ndo_change_mtu = espdev_change_mtu,
	.ndo_fix_features = espdev_fix_features,
	.ndo_features_check = espdev_features_check,
	.ndo_get_stats64 = espdev_get_stats64,
	.ndo_get_iflink = espdev_get_iflink,
	.ndo_validate_addr = eth_validate_addr,
};

/**
 * espdev_is() - is it one of ours
 * @dev: device
 *
 * Return: true or false.
 */
bool espdev_is(const struct net_device *dev)
{
	return dev->netdev_ops == &espdev_netdev_ops;
}

/**
 * espdev_setup() - rtnl_link_ops.setup
 * @dev: new device
 */
void espdev_setup(struct net_device *dev)
{
	struct espdev *ed = netdev_priv(dev);

	ether_setup(dev);
	/* the lower device's, as soon as it is known */
	dev->max_mtu = ETH_MAX_MTU;
	/* a real qdisc: it is what holds packets back when an engine is full */
	dev->priv_flags &= ~(IFF_TX_SKB_SHARING | IFF_XMIT_DST_RELEASE);
	dev->netdev_ops = &espdev_netdev_ops;
	dev->ethtool_ops = &espdev_ethtool_ops;
	dev->xfrmdev_ops = &espdev_xfrm_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = espdev_free;
	dev->features |= PASSED_ON | OWN;
	dev->hw_features |= PASSED_ON | OWN;
	dev->hw_enc_features |= PASSED_ON | NETIF_F_HW_ESP;
	dev->vlan_features |= PASSED_ON;
	sitelink_dev_set_netns_immutable(dev);

	hash_init(ed->sas);
	INIT_LIST_HEAD(&ed->gone);
	spin_lock_init(&ed->lock);
	mutex_init(&ed->config);
	INIT_LIST_HEAD(&ed->batch);
}
