// SPDX-License-Identifier: GPL-2.0-only
/*
 * ethtool: the counters of a tunnel and of its underlay namespace.
 */
#include <linux/ethtool.h>

#include "sitelink.h"

/* The order is that of enum sitelink_counter, then sitelink_net_counter. */
static const char counter_names[][ETH_GSTRING_LEN] = {
	[SITELINK_CNT_RX_KEEPALIVES] = "rx_keepalives",
	[SITELINK_CNT_RX_KEEPALIVE_REQUESTS] = "rx_keepalive_requests",
	[SITELINK_CNT_TX_KEEPALIVES] = "tx_keepalives",
	[SITELINK_CNT_RX_LENGTH] = "rx_length",
	[SITELINK_CNT_RX_RUNT] = "rx_runt",
	[SITELINK_CNT_RX_POLICY] = "rx_policy",
	[SITELINK_CNT_RX_SA] = "rx_sa",
	[SITELINK_CNT_RX_ECN] = "rx_ecn",
	[SITELINK_CNT_RX_LOOP] = "rx_loop",
	[SITELINK_CNT_RX_SPOOFED] = "rx_spoofed",
	[SITELINK_CNT_RX_CSUM] = "rx_csum",
	[SITELINK_CNT_RX_SEQ] = "rx_seq",
	[SITELINK_CNT_RX_MULTICAST] = "rx_multicast",
	[SITELINK_CNT_RX_NOMEM] = "rx_nomem",
	[SITELINK_CNT_RX_MSS_CLAMPED] = "rx_mss_clamped",
	[SITELINK_CNT_TX_NO_ROUTE] = "tx_no_route",
	[SITELINK_CNT_TX_NO_SA] = "tx_no_sa",
	[SITELINK_CNT_TX_PROTOCOL] = "tx_protocol",
	[SITELINK_CNT_TX_TOO_BIG] = "tx_too_big",
	[SITELINK_CNT_TX_ROUTE_LOOP] = "tx_route_loop",
	[SITELINK_CNT_TX_NOMEM] = "tx_nomem",
	[SITELINK_CNT_RX_ICMP_PMTU] = "rx_icmp_pmtu",
	[SITELINK_CNT_RX_ICMP_UNREACH] = "rx_icmp_unreach",
	[SITELINK_CNT_NUM + SITELINK_NET_CNT_RX_UNKNOWN_ID] = "net_rx_unknown_id",
	[SITELINK_CNT_NUM + SITELINK_NET_CNT_RX_WRONG_SOURCE] = "net_rx_wrong_source",
	[SITELINK_CNT_NUM + SITELINK_NET_CNT_RX_TRUNCATED] = "net_rx_truncated",
	[SITELINK_CNT_NUM + SITELINK_NET_CNT_RX_ICMP_BAD] = "net_rx_icmp_bad",
};

static_assert(ARRAY_SIZE(counter_names) ==
	      SITELINK_CNT_NUM + SITELINK_NET_CNT_NUM);

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

	for (i = 0; i < SITELINK_CNT_NUM; i++)
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
