// SPDX-License-Identifier: GPL-2.0-only
/*
 * The netdev of a tunnel.
 */
#include <linux/if_arp.h>
#include <linux/module.h>

#include "outer.h"
#include "sitelink.h"

/* SCTP and FRAGLIST stay out: no segment of theirs has a known length. */
#define SITELINK_GSO	(NETIF_F_ALL_TSO | NETIF_F_GSO_UDP_L4)
#define SITELINK_FEATURES						\
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA | NETIF_F_HW_CSUM)

static const struct sitelink_kind *kind_of(const struct net_device *dev)
{
	return container_of(dev->rtnl_link_ops, struct sitelink_kind,
			    link_ops);
}

/**
 * sitelink_carrier() - set or clear a reason for a missing carrier
 * @t: the tunnel
 * @reason: SITELINK_DOWN_*
 * @down: the reason holds
 *
 * Context: any, not hard interrupt.
 */
void sitelink_carrier(struct sitelink_tunnel *t, int reason, bool down)
{
	spin_lock_bh(&t->down_lock);
	if (down)
		set_bit(reason, &t->down);
	else
		clear_bit(reason, &t->down);
	if (t->down)
		netif_carrier_off(t->dev);
	else
		netif_carrier_on(t->dev);
	spin_unlock_bh(&t->down_lock);
}

static int sitelink_init_dev(struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);
	int err;

	t->stats = alloc_percpu(struct sitelink_stats);
	dev->tstats = netdev_alloc_pcpu_stats(struct pcpu_sw_netstats);
	if (!t->stats || !dev->tstats) {
		err = -ENOMEM;
		goto err_stats;
	}
	err = gro_cells_init(&t->gro_cells, dev);
	if (err)
		goto err_stats;
	return 0;

err_stats:
	free_percpu(dev->tstats);
	free_percpu(t->stats);
	return err;
}

static void sitelink_uninit_dev(struct net_device *dev)
{
	sitelink_tunnel_del(netdev_priv(dev));
}

/* No packet in flight can see the tunnel any more. */
static void sitelink_free_dev(struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	gro_cells_destroy(&t->gro_cells);
	free_percpu(dev->tstats);
	free_percpu(t->stats);
}

static int sitelink_open(struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	sitelink_mtu_refresh(t);
	sitelink_keepalive_start(t);
	sitelink_loop_start(t);
	return 0;
}

static int sitelink_stop(struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	sitelink_loop_stop(t);
	sitelink_keepalive_stop(t);
	return 0;
}

static void sitelink_get_stats64(struct net_device *dev,
				 struct rtnl_link_stats64 *s)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	dev_fetch_sw_netstats(s, dev->tstats);
	s->rx_length_errors = sitelink_sum(t->stats, SITELINK_CNT_RX_LENGTH) +
			      sitelink_sum(t->stats, SITELINK_CNT_RX_RUNT);
	s->rx_frame_errors = sitelink_sum(t->stats, SITELINK_CNT_RX_ECN);
	s->rx_errors = s->rx_length_errors + s->rx_frame_errors;
	s->rx_dropped = sitelink_sum(t->stats, SITELINK_CNT_RX_POLICY) +
			sitelink_sum(t->stats, SITELINK_CNT_RX_LOOP) +
			sitelink_sum(t->stats, SITELINK_CNT_RX_NOMEM);
	s->tx_carrier_errors = sitelink_sum(t->stats, SITELINK_CNT_TX_NO_ROUTE);
	s->collisions = sitelink_sum(t->stats, SITELINK_CNT_TX_ROUTE_LOOP);
	s->tx_errors = s->tx_carrier_errors + s->collisions;
	s->tx_dropped = sitelink_sum(t->stats, SITELINK_CNT_TX_TOO_BIG) +
			sitelink_sum(t->stats, SITELINK_CNT_TX_NOMEM);
}

static int sitelink_get_iflink(const struct net_device *dev)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_cfg *cfg;
	int link;

	rcu_read_lock();
	cfg = rcu_dereference(t->cfg);
	link = cfg ? cfg->p.link : 0;
	rcu_read_unlock();
	return link;
}

static const struct net_device_ops sitelink_netdev_ops = {
	.ndo_init = sitelink_init_dev,
	.ndo_uninit = sitelink_uninit_dev,
	.ndo_open = sitelink_open,
	.ndo_stop = sitelink_stop,
	.ndo_start_xmit = sitelink_xmit,
	.ndo_change_mtu = sitelink_change_mtu,
	.ndo_get_stats64 = sitelink_get_stats64,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_get_iflink = sitelink_get_iflink,
};

/**
 * sitelink_setup() - rtnl_link_ops.setup of every kind
 * @dev: new netdev
 */
void sitelink_setup(struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	ether_setup(dev);
	dev->netdev_ops = &sitelink_netdev_ops;
	dev->ethtool_ops = &sitelink_ethtool_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = sitelink_free_dev;
	dev->priv_flags &= ~IFF_TX_SKB_SHARING;
	dev->priv_flags |= IFF_LIVE_ADDR_CHANGE | IFF_NO_QUEUE;
	sitelink_dev_set_lltx(dev);
	/* icmp_ndo_send() answers by the route of what it answers to */
	netif_keep_dst(dev);
	/* 0 asks for the automatic mtu; ndo_change_mtu refuses the rest */
	dev->min_mtu = 0;
	/* newlink knows the kind, and its limit */
	dev->max_mtu = IP_MAX_MTU;

	t->dev = dev;
	t->mtu_auto = true;
	INIT_LIST_HEAD(&t->list);
	spin_lock_init(&t->down_lock);
	sitelink_keepalive_init(t);
	sitelink_loop_init(t);
}

/**
 * sitelink_setup_kind() - what depends on the kind, which setup cannot see
 * @dev: new netdev, its rtnl_link_ops set
 */
void sitelink_setup_kind(struct net_device *dev)
{
	const struct sitelink_kind *kind = kind_of(dev);
	unsigned int outer = kind->family == AF_INET ? sizeof(struct iphdr) :
						       sizeof(struct ipv6hdr);

	dev->features |= SITELINK_FEATURES;
	if (kind->gso_type)
		dev->features |= SITELINK_GSO;
	dev->hw_features |= dev->features;
	dev->vlan_features |= dev->features;
	dev->needed_headroom = LL_MAX_HEADER + outer + kind->hlen;
	dev->max_mtu = kind->max_mtu;
	/* a super-packet's outer length must fit 16 bits */
	if (kind->gso_type)
		netif_set_tso_max_size(dev, IP_MAX_MTU - outer - kind->hlen);
}
