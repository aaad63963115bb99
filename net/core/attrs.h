/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The attributes that IPv4 kinds have in common.
 */
#ifndef _NET_SITELINK_ATTRS_H
#define _NET_SITELINK_ATTRS_H

#include "sitelink.h"

/**
 * struct sitelink_attrs - the numbers of a kind's attributes, 0: has none
 * @link: u32, ifindex
 * @local: outer address of the kind's family
 * @remote: the same
 * @id: u32, tunnel-id
 * @ttl: u8
 * @tos: u8
 * @pmtudisc: u8
 * @ignore_df: u8
 * @fwmark: u32
 * @encap_type: u16, only TUNNEL_ENCAP_NONE
 * @external: flag, refused
 */
struct sitelink_attrs {
	u8 link;
	u8 local;
	u8 remote;
	u8 id;
	u8 ttl;
	u8 tos;
	u8 pmtudisc;
	u8 ignore_df;
	u8 fwmark;
	u8 encap_type;
	u8 external;
};

/* What sitelink_attrs_fill() needs at most, octets. */
#define SITELINK_ATTRS_SIZE	(9 * 8)

int sitelink_link_parse(const struct nlattr *a, struct sitelink_params *p,
			struct netlink_ext_ack *extack);
int sitelink_attrs_parse(const struct sitelink_attrs *m, struct nlattr *data[],
			 struct sitelink_params *p,
			 struct netlink_ext_ack *extack);
int sitelink_attrs_check(const struct sitelink_params *p,
			 struct netlink_ext_ack *extack);
int sitelink_attrs_fill(const struct sitelink_attrs *m, struct sk_buff *skb,
			const struct sitelink_params *p);

/* A unicast address, as far as one can tell without a route. */
static inline bool sitelink_is_host(__be32 addr)
{
	return addr && !ipv4_is_multicast(addr) && !ipv4_is_lbcast(addr);
}

#endif /* _NET_SITELINK_ATTRS_H */
