// SPDX-License-Identifier: GPL-2.0-only
/*
 * The netdev of a tunnel.
 */
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
 * sitelink_carrier() - set or clear a reason why a tunnel does not run
 * @t: the tunnel
 * @reason: SITELINK_DOWN_*; all but SITELINK_DOWN_DISABLED take the carrier
 * @down: the reason holds
 *
 * Context: any, not hard interrupt.
 * Return: true when the reason did not hold before and does now, or the
 *	other way round.
 */
bool sitelink_carrier(struct sitelink_tunnel *t, int reason, bool down)
{
	unsigned long was;

	spin_lock_bh(&t->down_lock);
	was = t->down;
	if (down)
		set_bit(reason, &t->down);
	else
		clear_bit(reason, &t->down);
	if (t->down & ~BIT(SITELINK_DOWN_DISABLED))
		netif_carrier_off(t->dev);
	else
		netif_carrier_on(t->dev);
	if (!t->down && was)
		WRITE_ONCE(t->running_since, get_jiffies_64());
	/* in here, so that listeners hear of it in the order of events */
	if (!t->down != !was)
		sitelink_nl_running(t);
	was ^= t->down;
	spin_unlock_bh(&t->down_lock);
	return was;
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
	int err;

	if (kind_of(dev)->open) {
		err = kind_of(dev)->open(t);
		if (err)
			return err;
	}
	sitelink_mtu_refresh(t);
	sitelink_keepalive_start(t);
	sitelink_loop_start(t);
	sitelink_carrier(t, SITELINK_DOWN_DISABLED, false);
	return 0;
}

static int sitelink_stop(struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	sitelink_carrier(t, SITELINK_DOWN_DISABLED, true);
	sitelink_loop_stop(t);
	sitelink_keepalive_stop(t);
	if (kind_of(dev)->stop)
		kind_of(dev)->stop(t);
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
	s->rx_crc_errors = sitelink_sum(t->stats, SITELINK_CNT_RX_CSUM);
	s->rx_fifo_errors = sitelink_sum(t->stats, SITELINK_CNT_RX_SEQ);
	s->multicast = sitelink_sum(t->stats, SITELINK_CNT_RX_MULTICAST);
	s->rx_errors = s->rx_length_errors + s->rx_frame_errors +
		       s->rx_crc_errors + s->rx_fifo_errors +
		       sitelink_sum(t->stats, SITELINK_CNT_RX_SA);
	s->rx_dropped = sitelink_sum(t->stats, SITELINK_CNT_RX_POLICY) +
			sitelink_sum(t->stats, SITELINK_CNT_RX_SPOOFED) +
			sitelink_sum(t->stats, SITELINK_CNT_RX_LOOP) +
			sitelink_sum(t->stats, SITELINK_CNT_RX_NOMEM) +
			sitelink_sum(t->stats, SITELINK_CNT_RX_SA);
	s->tx_carrier_errors = sitelink_sum(t->stats,
					    SITELINK_CNT_TX_NO_ROUTE) +
			       sitelink_sum(t->stats, SITELINK_CNT_TX_NO_SA);
	s->collisions = sitelink_sum(t->stats, SITELINK_CNT_TX_ROUTE_LOOP);
	s->tx_errors = s->tx_carrier_errors + s->collisions +
		       sitelink_sum(t->stats, SITELINK_CNT_TX_PROTOCOL);
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

#define SITELINK_NETDEV_OPS				\
	.ndo_init = sitelink_init_dev,			\
	.ndo_uninit = sitelink_uninit_dev,		\
	.ndo_open = sitelink_open,			\
	.ndo_stop = sitelink_stop,			\
	.ndo_change_mtu = sitelink_change_mtu,		\
	.ndo_get_stats64 = sitelink_get_stats64,	\
	.ndo_get_iflink = sitelink_get_iflink

static const struct net_device_ops sitelink_l2_ops = {
	SITELINK_NETDEV_OPS,
	.ndo_start_xmit = sitelink_xmit,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
};

static const struct net_device_ops sitelink_l3_ops = {
	SITELINK_NETDEV_OPS,
	.ndo_start_xmit = sitelink_xmit,
	.ndo_siocdevprivate = sitelink_siocdevprivate,
};

static netdev_tx_t own_xmit(struct sk_buff *skb, struct net_device *dev)
{
	return kind_of(dev)->xmit(skb, dev);
}

static const struct net_device_ops sitelink_own_xmit_ops = {
	SITELINK_NETDEV_OPS,
	.ndo_start_xmit = own_xmit,
	.ndo_siocdevprivate = sitelink_siocdevprivate,
};

/**
 * sitelink_is_tunnel() - is a device one of ours?
 * @dev: any device
 *
 * Return: true when its private data are a struct sitelink_tunnel.
 */
bool sitelink_is_tunnel(const struct net_device *dev)
{
	return dev->netdev_ops->ndo_uninit == sitelink_uninit_dev;
}

static void setup(struct net_device *dev)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	dev->ethtool_ops = &sitelink_ethtool_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = sitelink_free_dev;
	dev->priv_flags |= IFF_NO_QUEUE;
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
	__set_bit(SITELINK_DOWN_DISABLED, &t->down);
	sitelink_keepalive_init(t);
	sitelink_loop_init(t);
}

/**
 * sitelink_setup_l2() - rtnl_link_ops.setup of kinds that carry frames
 * @dev: new netdev
 */
void sitelink_setup_l2(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &sitelink_l2_ops;
	dev->priv_flags &= ~IFF_TX_SKB_SHARING;
	dev->priv_flags |= IFF_LIVE_ADDR_CHANGE;
	setup(dev);
}

/**
 * sitelink_setup_l3() - rtnl_link_ops.setup of kinds that carry packets
 * @dev: new netdev
 */
void sitelink_setup_l3(struct net_device *dev)
{
	dev->netdev_ops = &sitelink_l3_ops;
	dev->flags = IFF_NOARP;
	dev->addr_len = sizeof(__be32);
	setup(dev);
}

/* The flags that tell what is at the other end: nobody, somebody, a group. */
static unsigned int l3_flags(const struct sitelink_cfg *cfg)
{
	if (!cfg->p.remote.v4)
		return IFF_NOARP;
	if (ipv4_is_multicast(cfg->p.remote.v4))
		return IFF_BROADCAST | IFF_POINTOPOINT;
	return IFF_NOARP | IFF_POINTOPOINT;
}

#define SITELINK_L3_FLAGS	(IFF_NOARP | IFF_POINTOPOINT | IFF_BROADCAST)

static void setup_l3(struct net_device *dev, const struct sitelink_cfg *cfg)
{
	dev->type = cfg->kind->arphrd;
	dev->flags = (dev->flags & ~SITELINK_L3_FLAGS) | l3_flags(cfg);
	__dev_addr_set(dev, &cfg->p.local.v4, sizeof(__be32));
	memcpy(dev->broadcast, &cfg->p.remote.v4, sizeof(__be32));
	if (cfg->dynamic && cfg->kind->header_ops) {
		dev->header_ops = cfg->kind->header_ops;
		dev->hard_header_len = cfg->hlen;
		dev->needed_headroom = 0;
	}
}

/**
 * sitelink_setup_cfg() - set what depends on the configuration
 * @dev: netdev, its rtnl_link_ops set
 * @cfg: its configuration
 *
 * Context: RTNL.
 */
void sitelink_setup_cfg(struct net_device *dev, const struct sitelink_cfg *cfg)
{
	netdev_features_t features = SITELINK_FEATURES;

	if (cfg->kind->xmit)
		dev->netdev_ops = &sitelink_own_xmit_ops;
	if (cfg->gso_type)
		features |= SITELINK_GSO;
	else
		dev->features &= ~SITELINK_GSO;
	dev->features |= features;
	dev->hw_features = features;
	dev->vlan_features = features;
	dev->needed_headroom = LL_MAX_HEADER + cfg->hlen;
	dev->max_mtu = sitelink_mtu_max(cfg);
	/* a super-packet's outer length must fit 16 bits */
	if (cfg->gso_type)
		netif_set_tso_max_size(dev, IP_MAX_MTU - cfg->hlen);
	if (!sitelink_l2len(cfg->kind))
		setup_l3(dev, cfg);
}

/**
 * sitelink_setup_changes() - may a device go over to this configuration?
 * @dev: netdev
 * @cfg: the new configuration
 *
 * The stack looks at the flags and header_ops of a device once only.
 *
 * Context: RTNL.
 * Return: true when it may.
 */
bool sitelink_setup_changes(const struct net_device *dev,
			    const struct sitelink_cfg *cfg)
{
	return sitelink_l2len(cfg->kind) ||
	       !((dev->flags ^ l3_flags(cfg)) & SITELINK_L3_FLAGS);
}
