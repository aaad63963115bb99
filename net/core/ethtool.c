// SPDX-License-Identifier: GPL-2.0-only
/*
 * ethtool: the counters of a tunnel and of its underlay namespace.
 */
#include <linux/ethtool.h>

#include "sitelink.h"

#define SITELINK_NAME(id, name)	name,

static const char counter_names[][ETH_GSTRING_LEN] = {
	SITELINK_COUNTERS(SITELINK_NAME)
	SITELINK_NET_COUNTERS(SITELINK_NAME)
};

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
