// SPDX-License-Identifier: GPL-2.0-only
/*
 * ethtool -S, -i and the link's speed.
 */
#include <linux/ethtool.h>

#include "espdev.h"

static const char names[ESPDEV_CNT_NUM][ETH_GSTRING_LEN] = {
	[ESPDEV_CNT_TX_ESP] = "tx_esp",
	[ESPDEV_CNT_TX_ESP_SOFTWARE] = "tx_esp_software",
	[ESPDEV_CNT_TX_NO_SA] = "tx_no_sa",
	[ESPDEV_CNT_TX_MALFORMED] = "tx_malformed",
	[ESPDEV_CNT_TX_NOMEM] = "tx_nomem",
	[ESPDEV_CNT_TX_ENGINE] = "tx_engine",
	[ESPDEV_CNT_RX_ESP] = "rx_esp",
	[ESPDEV_CNT_RX_BAD_ICV] = "rx_bad_icv",
	[ESPDEV_CNT_RX_NOMEM] = "rx_nomem",
	[ESPDEV_CNT_RX_FULL] = "rx_full",
	[ESPDEV_CNT_RX_ENGINE] = "rx_engine",
	[ESPDEV_CNT_RX_POLICY] = "rx_policy",
	[ESPDEV_CNT_RX_NOT_LOCAL] = "rx_not_local",
};

/**
 * espdev_sum() - sum a per-cpu counter over all CPUs
 * @stats: counters
 * @id: which one
 *
 * Return: the sum; CPUs may count while it is taken.
 */
u64 espdev_sum(const struct espdev_stats __percpu *stats, int id)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(stats, cpu)->cnt[id]);
	return sum;
}

static int get_sset_count(struct net_device *dev, int set)
{
	return set == ETH_SS_STATS ? ESPDEV_CNT_NUM : -EOPNOTSUPP;
}

static void get_strings(struct net_device *dev, u32 set, u8 *data)
{
	if (set == ETH_SS_STATS)
		memcpy(data, names, sizeof(names));
}

static void get_ethtool_stats(struct net_device *dev,
			      struct ethtool_stats *unused, u64 *data)
{
	const struct espdev *ed = netdev_priv(dev);
	int i;

	for (i = 0; i < ESPDEV_CNT_NUM; i++)
		data[i] = espdev_sum(ed->stats, i);
}

static void get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	const struct espdev *ed = netdev_priv(dev);

	strscpy(info->driver, "sitelink_espdev", sizeof(info->driver));
	strscpy(info->bus_info, ed->lower->name, sizeof(info->bus_info));
}

static int get_link_ksettings(struct net_device *dev,
			      struct ethtool_link_ksettings *cmd)
{
	const struct espdev *ed = netdev_priv(dev);

	return __ethtool_get_link_ksettings(ed->lower, cmd);
}

const struct ethtool_ops espdev_ethtool_ops = {
	.get_drvinfo = get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_link_ksettings = get_link_ksettings,
	.get_sset_count = get_sset_count,
	.get_strings = get_strings,
	.get_ethtool_stats = get_ethtool_stats,
};
