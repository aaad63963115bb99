// SPDX-License-Identifier: GPL-2.0-only
/*
 * ethtool: the counters of a tunnel and of its underlay namespace.
 */
#include <linux/ethtool.h>

#include "sitelink.h"

/* SITELINK_CNT_*, whose 0 is no counter, then SITELINK_NET_CNT_*. */
static const char counter_names[][ETH_GSTRING_LEN] = {
	[SITELINK_CNT_RX_KEEPALIVES - 1] = "rx_keepalives",
	[SITELINK_CNT_RX_KEEPALIVE_REQUESTS - 1] = "rx_keepalive_requests",
	[SITELINK_CNT_TX_KEEPALIVES - 1] = "tx_keepalives",
	[SITELINK_CNT_RX_LENGTH - 1] = "rx_length",
	[SITELINK_CNT_RX_RUNT - 1] = "rx_runt",
	[SITELINK_CNT_RX_POLICY - 1] = "rx_policy",
	[SITELINK_CNT_RX_SA - 1] = "rx_sa",
	[SITELINK_CNT_RX_ECN - 1] = "rx_ecn",
	[SITELINK_CNT_RX_LOOP - 1] = "rx_loop",
	[SITELINK_CNT_RX_SPOOFED - 1] = "rx_spoofed",
	[SITELINK_CNT_RX_CSUM - 1] = "rx_csum",
	[SITELINK_CNT_RX_SEQ - 1] = "rx_seq",
	[SITELINK_CNT_RX_MULTICAST - 1] = "rx_multicast",
	[SITELINK_CNT_RX_NOMEM - 1] = "rx_nomem",
	[SITELINK_CNT_RX_MSS_CLAMPED - 1] = "rx_mss_clamped",
	[SITELINK_CNT_TX_NO_ROUTE - 1] = "tx_no_route",
	[SITELINK_CNT_TX_NO_SA - 1] = "tx_no_sa",
	[SITELINK_CNT_TX_PROTOCOL - 1] = "tx_protocol",
	[SITELINK_CNT_TX_TOO_BIG - 1] = "tx_too_big",
	[SITELINK_CNT_TX_ROUTE_LOOP - 1] = "tx_route_loop",
	[SITELINK_CNT_TX_NOMEM - 1] = "tx_nomem",
	[SITELINK_CNT_RX_ICMP_PMTU - 1] = "rx_icmp_pmtu",
	[SITELINK_CNT_RX_ICMP_UNREACH - 1] = "rx_icmp_unreach",
	[SITELINK_CNT_MAX + SITELINK_NET_CNT_RX_UNKNOWN_ID] = "net_rx_unknown_id",
	[SITELINK_CNT_MAX + SITELINK_NET_CNT_RX_WRONG_SOURCE] = "net_rx_wrong_source",
	[SITELINK_CNT_MAX + SITELINK_NET_CNT_RX_TRUNCATED] = "net_rx_truncated",
	[SITELINK_CNT_MAX + SITELINK_NET_CNT_RX_ICMP_BAD] = "net_rx_icmp_bad",
};

static_assert(ARRAY_SIZE(counter_names) ==
	      SITELINK_CNT_MAX + SITELINK_NET_CNT_NUM);

static void get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	strscpy(info->driver, dev->rtnl_link_ops->kind, sizeof(info->driver));
}

static int get_sset_count(struct net_device *dev, int sset)
{
	return sset == ETH_SS_STATS ? ARRAY_SIZE(counter_names) : -EOPNOTSUPP;
}

static void get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	if (sset == ETH_SS_STATS)
		memcpy(data, counter_names, sizeof(counter_names));
}

static void get_ethtool_stats(struct net_device *dev,
			      struct ethtool_stats *stats, u64 *data)
{
	const struct sitelink_tunnel *t = netdev_priv(dev);
	const struct sitelink_net *sn = sitelink_net(t->net);
	int i;

	for (i = 1; i <= SITELINK_CNT_MAX; i++)
		*data++ = sitelink_sum(t->stats, i);
	for (i = 0; i < SITELINK_NET_CNT_NUM; i++)
		*data++ = sitelink_sum(sn->stats, i);
}

const struct ethtool_ops sitelink_ethtool_ops = {
	.get_drvinfo = get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_sset_count = get_sset_count,
	.get_strings = get_strings,
	.get_ethtool_stats = get_ethtool_stats,
};
