/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vti: route-based IPsec. The device has no header of its own: what is routed
 * into it meets the IPsec policies that have its mark, and what their SAs
 * decrypt comes out of it.
 */
#ifndef _NET_SITELINK_VTI_H
#define _NET_SITELINK_VTI_H

#include <linux/if_tunnel.h>
#include <net/ip_tunnels.h>

#include "attrs.h"

/**
 * struct vti_tunnel - private data of a vti netdev
 * @t: the tunnel; first
 * @shim: xfrm_input() takes the mark of the SA from an in-tree tunnel's i_key;
 *	nothing else of it is in use
 * @sa_mtu: what the last SA and its path left for a packet inside, octets;
 *	0 before the first packet
 */
struct vti_tunnel {
	struct sitelink_tunnel t;
	struct ip_tunnel shim;
	unsigned int sa_mtu;
};

/* A mark that the device chooses itself lies between these two. */
#define VTI_MARK_PRIVATE	0x53000000
#define VTI_MARK_PRIVATE_MASK	0xff000000

extern struct sitelink_kind vti_kind;

/* xmit.c */
netdev_tx_t vti_xmit(struct sk_buff *skb, struct net_device *dev);
unsigned int vti_path_mtu(const struct sitelink_tunnel *t);

/* recv.c */
int vti_recv_init(void);
void vti_recv_exit(void);

/* policy.c */
bool vti_owns_spi(struct net *net, u32 mark, __be32 daddr, __be32 spi,
		  u8 protocol);
int vti_claims(struct sk_buff *skb, u32 mark, __be32 spi, u8 protocol);
bool vti_inner_ok(struct sk_buff *skb, u32 mark, u8 family);
void vti_policy_init(void);
void vti_policy_exit(void);

/* rtnl.c */
#define VTI_ATTR_SIZE		(SITELINK_ATTRS_SIZE + 2 * 8)
extern const struct nla_policy vti_policy[];
extern const struct sitelink_attrs vti_attrs;
int vti_parse(struct nlattr *data[], struct sitelink_params *p,
	      struct netlink_ext_ack *extack);
int vti_check(const struct sitelink_params *p, struct netlink_ext_ack *extack);
int vti_choose(const struct sitelink_tunnel *t, struct sitelink_params *p,
	       struct netlink_ext_ack *extack);
int vti_from_parm(const struct ip_tunnel_parm *parm, struct sitelink_params *p);
void vti_to_parm(const struct sitelink_params *p, struct ip_tunnel_parm *parm);
int vti_fill(struct sk_buff *skb, const struct sitelink_params *p);

#endif /* _NET_SITELINK_VTI_H */
