/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GRE over IPv4 (RFC 2784, RFC 2890): kinds gre and gretap.
 */
#ifndef _NET_SITELINK_GRE_H
#define _NET_SITELINK_GRE_H

#include <linux/if_tunnel.h>

#include "attrs.h"

#define GRE_OPTIONS	(GRE_CSUM | GRE_KEY | GRE_SEQ)

/* What Huawei calls the protocol of a keepalive */
#define GRE_PROTO_HUAWEI	4

struct gre_hdr {
	__be16 flags;
	__be16 protocol;
};

/**
 * struct gre_tunnel - a tunnel with what GRE needs besides
 * @t: the core's part, first
 * @o_seqno: next sequence number to send
 * @i_seqno: next one that may be received
 * @mlink: ifindex of the device where @group was joined, 0: nowhere; RTNL
 * @group: the group; RTNL
 */
struct gre_tunnel {
	struct sitelink_tunnel t;
	atomic_t o_seqno;
	u32 i_seqno;
	int mlink;
	__be32 group;
};

static inline struct gre_tunnel *gre_tunnel(struct sitelink_tunnel *t)
{
	return container_of(t, struct gre_tunnel, t);
}

/**
 * struct gre_info - a received header
 * @flags: GRE_KEY, GRE_CSUM, GRE_SEQ
 * @proto: EtherType
 * @key: host order, 0 without
 * @seq: host order
 * @hlen: length of the header, octets
 */
struct gre_info {
	__be16 flags;
	__be16 proto;
	u32 key;
	u32 seq;
	unsigned int hlen;
};

extern struct sitelink_kind gre_kind;
extern struct sitelink_kind gretap_kind;

/* header.c */
void gre_prepare(struct sitelink_cfg *cfg, void *hdr);
void gretap_prepare(struct sitelink_cfg *cfg, void *hdr);
void gre_build(const struct sitelink_cfg *cfg, struct sk_buff *skb, void *hdr,
	       unsigned int frame_len);
void gretap_build(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		  void *hdr, unsigned int frame_len);
int gre_parse_hdr(struct sk_buff *skb, unsigned int off, struct gre_info *g);

/* rtnl.c */
extern const struct sitelink_attrs gre_attrs;
extern const struct nla_policy gre_policy[IFLA_SITELINK + 1];
#define GRE_ATTR_SIZE	(SITELINK_ATTRS_SIZE + 4 * 8)
int gre_parse(struct nlattr *data[], struct sitelink_params *p,
	      struct netlink_ext_ack *extack);
int gre_check(const struct sitelink_params *p, struct netlink_ext_ack *extack);
int gretap_check(const struct sitelink_params *p,
		 struct netlink_ext_ack *extack);
int gre_fill(struct sk_buff *skb, const struct sitelink_params *p);

/* parm.c */
int gre_from_parm(const struct ip_tunnel_parm *parm, struct sitelink_params *p);
void gre_to_parm(const struct sitelink_params *p, struct ip_tunnel_parm *parm);

/* recv.c */
int gre_rcv(struct sk_buff *skb);
void gre_err(struct sk_buff *skb, u32 info);

/* demux.c */
/* gre.ko drops what is shorter before any handler sees it. */
#define GRE_DEMUX_MIN	12

int gre_demux_init(void);
void gre_demux_exit(void);

/* keepalive.c */
/* The longest payload that is looked at; OpenBSD's is 40 octets. */
#define GRE_KEEPALIVE_MAX	64

unsigned int gre_keepalive_len(const struct sitelink_cfg *cfg);
void gre_keepalive(const struct sitelink_cfg *cfg, __be32 saddr,
		   void *payload);
bool gre_keepalive_rcv(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		       const struct gre_info *g);
unsigned int gre_keepalive_hook(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state);

/* multipoint.c */
extern const struct header_ops gre_header_ops;
__be32 gre_dest(const struct sitelink_cfg *cfg, struct sk_buff *skb);
int gre_open(struct sitelink_tunnel *t);
void gre_stop(struct sitelink_tunnel *t);

#endif /* _NET_SITELINK_GRE_H */
