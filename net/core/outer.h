/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The outer header of both families: template, route, output.
 */
#ifndef _NET_SITELINK_OUTER_H
#define _NET_SITELINK_OUTER_H

#include "sitelink.h"

/**
 * struct sitelink_outer - what differs between outer packets of a tunnel
 * @dst: the route, a reference held; an IPsec bundle when the flow is encrypted
 * @saddr: source address
 * @dest: IPv4 destination when the tunnel has no remote or a multicast one,
 *	else 0
 * @tos: TOS or traffic class
 * @ttl: TTL or hop limit
 * @df: set DF; IPv6: never fragment
 */
struct sitelink_outer {
	struct dst_entry *dst;
	union sitelink_addr saddr;
	__be32 dest;
	u8 tos;
	u8 ttl;
	bool df;
};

void sitelink_outer_template(struct sitelink_cfg *cfg);
void sitelink_outer_init(const struct sitelink_cfg *cfg,
			 struct sitelink_outer *o);
int sitelink_route(const struct sitelink_cfg *cfg, struct sitelink_outer *o);
int sitelink_output(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		    const struct sitelink_outer *o, unsigned int frame_len);

#endif /* _NET_SITELINK_OUTER_H */
