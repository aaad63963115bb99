/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-cpu counters; `ethtool -S` shows them under the same names in lower case.
 * Packets and octets are the device's own, of 64 bits everywhere.
 */
#ifndef _SITELINK_ESPDEV_STATS_H
#define _SITELINK_ESPDEV_STATS_H

#include <linux/percpu.h>

enum espdev_counter {
	ESPDEV_CNT_TX_ESP,	/* for an engine */
	ESPDEV_CNT_TX_ESP_SOFTWARE,	/* encrypted by the stack */
	ESPDEV_CNT_TX_NO_SA,	/* would have left in clear */
	ESPDEV_CNT_TX_MALFORMED,
	ESPDEV_CNT_TX_NOMEM,
	ESPDEV_CNT_TX_ENGINE,
	ESPDEV_CNT_RX_ESP,	/* for an engine */
	ESPDEV_CNT_RX_BAD_ICV,
	ESPDEV_CNT_RX_NOMEM,
	ESPDEV_CNT_RX_FULL,
	ESPDEV_CNT_RX_ENGINE,
	ESPDEV_CNT_RX_POLICY,	/* that of a marked SA, by the policies */
	ESPDEV_CNT_RX_NOT_LOCAL,	/* passed on as it was */
	ESPDEV_CNT_NUM
};

/* Why a packet of an SA was dropped; what is counted for the device, too. */
enum espdev_drop {
	ESPDEV_DROP_MALFORMED,
	ESPDEV_DROP_NOMEM,
	ESPDEV_DROP_FULL,
	ESPDEV_DROP_ENGINE,
	ESPDEV_DROP_BAD_ICV,
	ESPDEV_DROP_POLICY,
	ESPDEV_DROP_NUM
};

struct espdev_stats {
	unsigned long cnt[ESPDEV_CNT_NUM];
};

#define espdev_count(ed, id)						\
	this_cpu_inc((ed)->stats->cnt[ESPDEV_CNT_##id])

/* @dir: TX or RX, a drop of @sa for reason @id */
#define espdev_drop(sa, dir, id)					\
	espdev_sa_drop(sa, ESPDEV_CNT_##dir##_##id, ESPDEV_DROP_##id)

u64 espdev_sum(const struct espdev_stats __percpu *stats, int id);

#endif /* _SITELINK_ESPDEV_STATS_H */
