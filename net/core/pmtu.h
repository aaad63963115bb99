/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inner frames that the path cannot carry and nobody may fragment.
 */
#ifndef _NET_SITELINK_PMTU_H
#define _NET_SITELINK_PMTU_H

#include "inner.h"
#include "sitelink.h"

int sitelink_pmtu_exceeded(const struct sk_buff *skb,
			   const struct sitelink_cfg *cfg,
			   const struct dst_entry *dst,
			   const struct sitelink_inner *in);
void sitelink_pmtu_answer(struct sk_buff *skb, const struct sitelink_cfg *cfg,
			  struct dst_entry *dst,
			  const struct sitelink_inner *in, int mtu);

#endif /* _NET_SITELINK_PMTU_H */
