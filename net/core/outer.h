/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The outer header of both families: template, route, output.
 */
#ifndef _NET_SITELINK_OUTER_H
#define _NET_SITELINK_OUTER_H

#include "sitelink.h"

/**
 * struct sitelink_route - where an outer packet goes
 * @dst: the route, a reference held; an IPsec bundle when the flow is encrypted
 * @saddr: source address
 */
struct sitelink_route {
	struct dst_entry *dst;
	union sitelink_addr saddr;
};

unsigned int sitelink_outer_template(struct sitelink_cfg *cfg);
int sitelink_route(const struct sitelink_cfg *cfg, u8 tos,
		   struct sitelink_route *rt);
int sitelink_output(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		    const struct sitelink_route *rt, u8 tos, bool df,
		    unsigned int frame_len);

#endif /* _NET_SITELINK_OUTER_H */
