/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-cpu counters. Every packet that is not carried is counted once, by
 * reason; `ethtool -S` shows them under the names below.
 */
#ifndef _NET_SITELINK_STATS_H
#define _NET_SITELINK_STATS_H

#include <linux/percpu.h>

/* Per tunnel. X(ID, "ethtool name") */
#define SITELINK_COUNTERS(X)					\
	X(RX_KEEPALIVES, "rx_keepalives")			\
	X(TX_KEEPALIVES, "tx_keepalives")			\
	X(RX_TRUNCATED, "rx_truncated")				\
	X(RX_LENGTH, "rx_length")				\
	X(RX_RUNT, "rx_runt")					\
	X(RX_POLICY, "rx_policy")				\
	X(RX_ECN, "rx_ecn")					\
	X(RX_LOOP, "rx_loop")					\
	X(RX_MSS_CLAMPED, "rx_mss_clamped")			\
	X(TX_NO_ROUTE, "tx_no_route")				\
	X(TX_TOO_BIG, "tx_too_big")				\
	X(TX_ROUTE_LOOP, "tx_route_loop")			\
	X(TX_NOMEM, "tx_nomem")					\
	X(RX_ICMP_PMTU, "rx_icmp_pmtu")				\
	X(RX_ICMP_UNREACH, "rx_icmp_unreach")

/* Per underlay namespace: what could not be matched to a tunnel. */
#define SITELINK_NET_COUNTERS(X)				\
	X(RX_UNKNOWN_ID, "net_rx_unknown_id")			\
	X(RX_WRONG_SOURCE, "net_rx_wrong_source")		\
	X(RX_TRUNCATED, "net_rx_truncated")			\
	X(RX_ICMP_BAD, "net_rx_icmp_bad")

#define SITELINK_ENUM(id, name)		SITELINK_CNT_##id,
#define SITELINK_NET_ENUM(id, name)	SITELINK_NET_CNT_##id,

enum sitelink_counter {
	SITELINK_COUNTERS(SITELINK_ENUM)
	SITELINK_CNT_NUM
};

enum sitelink_net_counter {
	SITELINK_NET_COUNTERS(SITELINK_NET_ENUM)
	SITELINK_NET_CNT_NUM
};

struct sitelink_stats {
	unsigned long cnt[SITELINK_CNT_NUM];
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
