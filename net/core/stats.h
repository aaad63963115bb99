/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-cpu counters. Every packet that is not carried is counted once, by
 * reason; `ethtool -S` shows them under the same names in lower case. Those of a
 * tunnel, SITELINK_CNT_*, are attributes of the netlink spec.
 */
#ifndef _NET_SITELINK_STATS_H
#define _NET_SITELINK_STATS_H

#include <linux/percpu.h>
#include <linux/sitelink_netlink.h>

/* Per underlay namespace: what could not be matched to a tunnel. */
enum sitelink_net_counter {
	SITELINK_NET_CNT_RX_UNKNOWN_ID,
	SITELINK_NET_CNT_RX_WRONG_SOURCE,
	SITELINK_NET_CNT_RX_TRUNCATED,
	SITELINK_NET_CNT_RX_ICMP_BAD,
	SITELINK_NET_CNT_NUM
};

struct sitelink_stats {
	unsigned long cnt[SITELINK_CNT_MAX + 1];
};

struct sitelink_net_stats {
	unsigned long cnt[SITELINK_NET_CNT_NUM];
};

#define sitelink_count(t, id)					\
	this_cpu_inc((t)->stats->cnt[SITELINK_CNT_##id])

#define sitelink_net_count(sn, id)				\
	this_cpu_inc((sn)->stats->cnt[SITELINK_NET_CNT_##id])

/**
 * sitelink_sum() - sum a per-cpu counter over all CPUs
 * @percpu: struct with a cnt[] array
 * @idx: which counter
 *
 * Return: the sum; CPUs may count while it is taken.
 */
#define sitelink_sum(percpu, idx) ({				\
	unsigned long __sum = 0;				\
	int __cpu;						\
								\
	for_each_possible_cpu(__cpu)				\
		__sum += READ_ONCE(per_cpu_ptr(percpu, __cpu)->cnt[idx]); \
	__sum;							\
})

#endif /* _NET_SITELINK_STATS_H */
