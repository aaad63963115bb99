/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tunnel kind: what it is to the core, and the properties that its tunnels
 * have.
 */
#ifndef _NET_SITELINK_KIND_H
#define _NET_SITELINK_KIND_H

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <net/rtnetlink.h>

struct ip_tunnel_parm;
struct sitelink_attrs;
struct sitelink_cfg;
struct sitelink_tunnel;

/* Outer IPv6 header, the longest, and room for a kind's own header. */
#define SITELINK_KIND_HLEN_MAX	16
/* struct sitelink_params.tos: take that of the inner packet */
#define SITELINK_TOS_INHERIT	1
#define SITELINK_HLEN_MAX	(sizeof(struct ipv6hdr) + SITELINK_KIND_HLEN_MAX)

#define SITELINK_SECONDS_MAX	86400

/**
 * union sitelink_addr - an outer address, compared as IPv6
 * @v6: all 16 bytes; for IPv4 the last 12 are zero
 * @v4: IPv4
 */
union sitelink_addr {
	struct in6_addr v6;
	__be32 v4;
};

/**
 * struct sitelink_params - the properties of a tunnel
 * @local: outer source, all zero: chosen by the route
 * @remote: outer destination
 * @id: tunnel-id, or the key of received packets, host order
 * @okey: key of sent packets, host order
 * @iflags: GRE_KEY, GRE_CSUM and GRE_SEQ that received packets must have
 * @oflags: the same of sent packets
 * @link: ifindex in the underlay namespace, 0: by the route
 * @fwmark: mark for the route of outer packets
 * @ka_interval: keepalive interval in seconds, 0: off
 * @ka_retries: intervals without a keepalive before the carrier drops, 0: never
 * @loop_interval: loop-protect-send-interval in seconds
 * @loop_disable: loop-protect-disable-time in seconds, 0: for good
 * @ttl: outer TTL or hop limit, 0: that of the inner packet
 * @tos: outer TOS or traffic class; with SITELINK_TOS_INHERIT that of the inner
 *	packet, if it has one
 * @mode: ipip: IPPROTO_IPIP, or 0 for any as stock ip has it
 * @mark_in: vti: mark of the IPsec policies for received packets
 * @mark_out: vti: the same for sent ones
 * @pmtudisc: DF on every outer packet
 * @ignore_df: do not copy DF of the inner packet
 * @clamp_mss: clamp-tcp-mss
 * @loop_protect: loop-protect
 * @fast_path: allow-fast-path
 */
struct sitelink_params {
	union sitelink_addr local;
	union sitelink_addr remote;
	u32 id;
	u32 okey;
	__be16 iflags;
	__be16 oflags;
	int link;
	u32 fwmark;
	u32 mark_in;
	u32 mark_out;
	u32 ka_interval;
	u32 ka_retries;
	u32 loop_interval;
	u32 loop_disable;
	u8 ttl;
	u8 tos;
	u8 mode;
	bool pmtudisc;
	bool ignore_df;
	bool clamp_mss;
	bool loop_protect;
	bool fast_path;
};

/**
 * struct sitelink_kind - a tunnel kind: a header in, a header out
 * @link_ops: rtnetlink registration; the kind sets kind, maxtype, policy and,
 *	when it has more than struct sitelink_tunnel, priv_size;
 *	sitelink_kind_register() the rest
 * @family: AF_INET or AF_INET6 of the outer header
 * @protocol: outer IP protocol or next header
 * @arphrd: ARPHRD_ETHER, or the type of a device that carries network layer
 *	packets
 * @inner_protocol: EtherType of all inner packets, 0: any
 * @twin: the kernel has a kind of that name: where no property of RouterOS is
 *	asked for, defaults and habits are that one's
 * @fallback_name: of the device that each namespace has for what no tunnel
 *	takes, may have %d; NULL: there is none
 * @list: of kinds that have one; RTNL
 * @keepalive_on: keepalives are on in RouterOS' defaults
 * @uniform_gso: the header tells the frame's length, so that a super-packet
 *	must consist of full segments only
 * @unicast_only: a route that is not to a host, ours or another, is none
 * @mtu_msg: sentence that refuses any other mtu
 * @attrs: by which numbers @parse knows what generic netlink can change
 * @hook: receives IPv4 at LOCAL_IN while a tunnel exists in the namespace that
 *	needs it, NULL: the kind receives by itself
 * @hook_for_keepalive: only tunnels with keepalives need the hook
 * @header_ops: of a device without a single unicast remote, NULL: none
 * @xmit: ndo_start_xmit, NULL: sitelink_xmit()
 * @path_mtu: what the path leaves for a packet inside when the route to the
 *	remote does not tell, octets, 0: it does. Context: any.
 * @open: the device goes up, NULL: nothing to do. Context: RTNL. Returns 0 or a
 *	negative error.
 * @stop: undo @open
 * @prepare: set @khlen and @gso_type of a new configuration and write the
 *	constant part of the kind's own header. Context: RTNL.
 * @build: fill in what differs per packet; @frame_len is the length of each
 *	frame on the wire. Context: BH disabled, RCU.
 * @dest: outer destination of a packet when the configuration has none or has
 *	a multicast one, and take what the device's header_ops have put before
 *	the packet; 0: there is none. NULL: there never is, and to a multicast
 *	one goes what is sent. Context: BH disabled, RCU.
 * @quoted_len: how much of the kind's header @quoted_id looks at, octets
 * @quoted_id: tunnel-id in a header that an ICMP error quotes, negative when
 *	it is not this kind's. Context: softirq.
 * @keepalive_len: length of what a keepalive carries behind the header, octets;
 *	NULL: it is the header alone
 * @keepalive: write that. Context: softirq, RCU.
 * @parse: take the kind's own attributes; @data may be NULL. Context: RTNL.
 *	Returns 0 or a negative error with extack set.
 * @check: is the whole configuration possible? Context: RTNL. Returns 0 or a
 *	negative error with extack set.
 * @choose: fill in what RouterOS' users leave to the device, NULL: nothing.
 *	Context: RTNL, the tunnel is in no table yet. Returns 0 or a negative
 *	error with extack set.
 * @from_parm: take the kind's own part of what `ip tunnel` says: protocol,
 *	flags, keys; NULL: the kind knows no `ip tunnel`. Context: RTNL. Returns
 *	0, or -EINVAL when the kind cannot be that.
 * @to_parm: the reverse
 * @fill: put the kind's own attributes. Returns 0 or -EMSGSIZE.
 * @attr_size: bytes that @fill needs
 */
struct sitelink_kind {
	struct rtnl_link_ops link_ops;
	u8 family;
	u8 protocol;
	u16 arphrd;
	__be16 inner_protocol;
	bool twin;
	const char *fallback_name;
	struct list_head list;
	bool keepalive_on;
	bool uniform_gso;
	bool unicast_only;
	const char *mtu_msg;
	const struct sitelink_attrs *attrs;
	nf_hookfn *hook;
	bool hook_for_keepalive;
	const struct header_ops *header_ops;
	netdev_tx_t (*xmit)(struct sk_buff *skb, struct net_device *dev);
	unsigned int (*path_mtu)(const struct sitelink_tunnel *t);
	int (*open)(struct sitelink_tunnel *t);
	void (*stop)(struct sitelink_tunnel *t);
	void (*prepare)(struct sitelink_cfg *cfg, void *hdr);
	void (*build)(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		      void *hdr, unsigned int frame_len);
	__be32 (*dest)(const struct sitelink_cfg *cfg, struct sk_buff *skb);
	u8 quoted_len;
	int (*quoted_id)(const void *hdr);
	unsigned int (*keepalive_len)(const struct sitelink_cfg *cfg);
	void (*keepalive)(const struct sitelink_cfg *cfg, __be32 saddr,
			  void *payload);
	int (*parse)(struct nlattr *data[], struct sitelink_params *p,
		     struct netlink_ext_ack *extack);
	int (*check)(const struct sitelink_params *p,
		     struct netlink_ext_ack *extack);
	int (*choose)(const struct sitelink_tunnel *t,
		      struct sitelink_params *p,
		      struct netlink_ext_ack *extack);
	int (*from_parm)(const struct ip_tunnel_parm *parm,
			 struct sitelink_params *p);
	void (*to_parm)(const struct sitelink_params *p,
			struct ip_tunnel_parm *parm);
	int (*fill)(struct sk_buff *skb, const struct sitelink_params *p);
	size_t attr_size;
};

/* An inner packet has a link layer header of its own. */
static inline unsigned int sitelink_l2len(const struct sitelink_kind *kind)
{
	return kind->arphrd == ARPHRD_ETHER ? ETH_HLEN : 0;
}

static inline unsigned int sitelink_outer_len(const struct sitelink_kind *kind)
{
	return kind->family == AF_INET ? sizeof(struct iphdr) :
					 sizeof(struct ipv6hdr);
}

/* main.c */
int sitelink_kind_register(struct sitelink_kind *kind);
void sitelink_kind_unregister(struct sitelink_kind *kind);

#endif /* _NET_SITELINK_KIND_H */
