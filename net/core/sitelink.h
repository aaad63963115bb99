/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sitelink core: what every tunnel kind shares.
 *
 * Locking: configuration changes only under RTNL. The data path runs under
 * RCU and sees one immutable struct sitelink_cfg per packet.
 */
#ifndef _NET_SITELINK_H
#define _NET_SITELINK_H

#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/in6.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <net/dst_cache.h>
#include <net/gro_cells.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/rtnetlink.h>
#include <linux/sitelink.h>

#include "stats.h"

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

/**
 * struct sitelink_cfg - one immutable configuration of a tunnel
 * @node: in the table of the namespace, by what the packet carries
 * @id_node: in the table by id alone, to tell a wrong source from a wrong id
 * @tun: the tunnel
 * @kind: its kind
 * @p: its properties
 * @khlen: length of the kind's own header, at most SITELINK_KIND_HLEN_MAX
 * @hlen: length of @tmpl in use, outer header and kind's header
 * @gso_type: SKB_GSO_* of the encapsulation, 0: inner packets come segmented
 * @dynamic: the kind's dest() finds the outer destination of each packet, if
 *	there is one
 * @tmpl: header template
 * @dst_cache: route to the remote with @p's key and no DSCP of an inner packet
 * @rcu: readers hold RCU; a change replaces the whole
 */
struct sitelink_cfg {
	struct hlist_node node;
	struct sitelink_tunnel *tun;
	const struct sitelink_kind *kind;
	struct sitelink_params p;
	unsigned int khlen;
	unsigned int hlen;
	int gso_type;
	bool dynamic;
	u8 tmpl[SITELINK_HLEN_MAX] __aligned(8);
	struct dst_cache dst_cache;
	struct hlist_node id_node;
	struct rcu_head rcu;
};

/**
 * struct sitelink_tunnel - a tunnel, private data of its netdev
 * @dev: the netdev
 * @net: underlay namespace, that of creation; outlives the tunnel because its
 *	exit deletes the tunnel
 * @cfg: current configuration, written under RTNL
 * @stats: per-cpu counters
 * @gro_cells: GRO of inner frames
 * @list: in sitelink_net.tunnels or .fallbacks, written under RTNL
 * @fallback: takes what no other tunnel of its kind does; set at creation
 * @mtu_auto: the mtu follows the path; RTNL
 * @mtu_setting: an auto mtu is being set; RTNL
 * @changing: sitelink_change() will tell of the mtu; RTNL
 * @announced: listeners know of the tunnel; RTNL
 * @told_mtu: the mtu that they know; RTNL
 * @told_auto: and whether it is automatic; RTNL
 * @unreachable: an ICMP error came, the next sender shall hear of it
 * @down_lock: protects @down, the carrier that follows from it, and the order
 *	in which listeners hear of it
 * @down: bits of SITELINK_DOWN_*
 * @running_since: jiffies64 when @down became empty
 * @ka_timer: sends keepalives and watches for the peer's
 * @ka_heard: a keepalive has come since open
 * @ka_seen: jiffies64 of the last keepalive, or of open
 * @ka_next: jiffies64 when the next one is due
 * @loop_timer: sends loop-protect frames, ends a disable time
 * @loop_until: jiffies64 when the disable time ends
 */
struct sitelink_tunnel {
	struct net_device *dev;
	struct net *net;
	struct sitelink_cfg __rcu *cfg;
	struct sitelink_stats __percpu *stats;
	struct gro_cells gro_cells;
	struct list_head list;
	bool fallback;
	bool mtu_auto;
	bool mtu_setting;
	bool changing;
	bool announced;
	bool told_auto;
	unsigned int told_mtu;
	bool unreachable;
	spinlock_t down_lock; /* @down and the carrier */
	unsigned long down;
	u64 running_since;
	struct timer_list ka_timer;
	bool ka_heard;
	u64 ka_seen;
	u64 ka_next;
	struct timer_list loop_timer;
	u64 loop_until;
};

#define SITELINK_HASH_BITS	12

/**
 * struct sitelink_net - a namespace as underlay
 * @net: the namespace
 * @table: configurations hashed on (remote, id); NULL until the first tunnel
 * @by_id: the same hashed on the id alone
 * @stats: per-cpu counters of what belongs to no tunnel
 * @tunnels: all tunnels with this underlay; RTNL, readers RCU
 * @fallbacks: the fallback devices; RTNL, readers RCU
 * @node: in the list of namespaces that have fallback devices; RTNL
 * @hooks: receive hooks in use; RTNL
 * @mtu_work: follows the mtu of the paths
 * @generation: changes, and is never 0, when a tunnel whose device is in the
 *	namespace comes, goes or is changed; RTNL, readers none
 */
struct sitelink_net {
	struct net *net;
	struct hlist_head *table;
	struct hlist_head *by_id;
	struct sitelink_net_stats __percpu *stats;
	struct list_head tunnels;
	struct list_head fallbacks;
	struct list_head node;
	struct list_head hooks;
	struct delayed_work mtu_work;
	unsigned int generation;
};

struct sitelink_net *sitelink_net(struct net *net);

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

/* tunnel.c */
struct sitelink_cfg *sitelink_cfg_alloc(struct sitelink_tunnel *t,
					const struct sitelink_kind *kind,
					const struct sitelink_params *p);
void sitelink_cfg_free(struct sitelink_cfg *cfg);
struct sitelink_tunnel *sitelink_tunnel_find(const struct sitelink_net *sn,
					     const struct sitelink_kind *kind,
					     const struct sitelink_params *p);
int sitelink_tunnel_check(const struct sitelink_tunnel *t,
			  const struct sitelink_cfg *cfg,
			  struct netlink_ext_ack *extack);
int sitelink_tunnel_add(struct sitelink_tunnel *t,
			struct netlink_ext_ack *extack);
int sitelink_tunnel_change(struct sitelink_tunnel *t, struct sitelink_cfg *cfg,
			   struct netlink_ext_ack *extack);
void sitelink_tunnel_del(struct sitelink_tunnel *t);
const struct sitelink_cfg *
sitelink_lookup4(const struct sitelink_net *sn,
		 const struct sitelink_kind *kind,
		 __be32 remote, __be32 local, u32 id);
const struct sitelink_cfg *
sitelink_lookup4_any(const struct sitelink_net *sn,
		     const struct sitelink_kind *kind,
		     __be32 remote, __be32 local, u32 id, __be16 keyed,
		     int link);
const struct sitelink_cfg *
sitelink_bare_lookup(const struct sitelink_kind *kind,
		     const struct sk_buff *skb, __be32 remote, __be32 local);
const struct sitelink_cfg *
sitelink_lookup6(const struct sitelink_net *sn,
		 const struct sitelink_kind *kind,
		 const struct in6_addr *remote, const struct in6_addr *local,
		 u32 id);
void sitelink_count_unmatched(const struct sitelink_net *sn,
			      const struct sitelink_kind *kind, u32 id);

/* demux.c */
int sitelink_demux_get(struct sitelink_net *sn, const struct sitelink_cfg *cfg,
		       struct netlink_ext_ack *extack);
void sitelink_demux_put(struct sitelink_net *sn,
			const struct sitelink_cfg *cfg);

/* device.c */
void sitelink_setup_l2(struct net_device *dev);
void sitelink_setup_l3(struct net_device *dev);
void sitelink_setup_cfg(struct net_device *dev, const struct sitelink_cfg *cfg);
bool sitelink_setup_changes(const struct net_device *dev,
			    const struct sitelink_cfg *cfg);
bool sitelink_is_tunnel(const struct net_device *dev);
bool sitelink_carrier(struct sitelink_tunnel *t, int reason, bool down);
extern const struct ethtool_ops sitelink_ethtool_ops;

/* rtnl.c */
void sitelink_link_ops_init(struct sitelink_kind *kind);

/* create.c */
extern const struct sitelink_params sitelink_twin_defaults;
void sitelink_twin_params(const struct sitelink_kind *kind,
			  struct sitelink_params *p);
struct net_device *sitelink_new(struct net *net,
				const struct sitelink_kind *kind,
				const char *name);
int sitelink_create(struct net_device *dev, const struct sitelink_params *p,
		    const struct nlattr *mtu, struct netlink_ext_ack *extack);

/* fallback.c */
const struct sitelink_cfg *sitelink_fallback(const struct sitelink_net *sn,
					     const struct sitelink_kind *kind);
int sitelink_fallback_net_init(struct sitelink_net *sn);
void sitelink_fallback_net_exit(struct sitelink_net *sn,
				struct list_head *kill);
int sitelink_fallback_add(struct sitelink_kind *kind);
void sitelink_fallback_del(struct sitelink_kind *kind);

/* ioctl.c */
int sitelink_siocdevprivate(struct net_device *dev, struct ifreq *ifr,
			    void __user *data, int cmd);

/* change.c */
int sitelink_change_params(struct sitelink_tunnel *t,
			   const struct sitelink_params *p, bool auto_mtu,
			   const struct nlattr *mtu,
			   struct netlink_ext_ack *extack);
int sitelink_change(struct sitelink_tunnel *t, struct nlattr *data[],
		    const struct nlattr *mtu, const struct sk_buff *skb,
		    struct netlink_ext_ack *extack);

/* props.c */
/* What sitelink_props_fill() needs at most, octets. */
#define SITELINK_PROPS_SIZE						\
	(nla_total_size(0) + IFLA_SITELINK_MAX * nla_total_size(sizeof(u32)))

int sitelink_reject(struct netlink_ext_ack *extack, const struct nlattr *attr,
		    const char *msg);
int sitelink_props_parse(const struct sitelink_kind *kind,
			 struct nlattr *data[], struct sitelink_params *p,
			 bool *auto_mtu, struct netlink_ext_ack *extack);
int sitelink_props_fill(struct sk_buff *skb, int attr,
			const struct sitelink_cfg *cfg);

/* nl.c */
int sitelink_nl_init(void);
void sitelink_nl_exit(void);

/* nl_event.c */
void sitelink_nl_added(struct sitelink_tunnel *t);
void sitelink_nl_changed(struct sitelink_tunnel *t, bool config);
void sitelink_nl_running(const struct sitelink_tunnel *t);
void sitelink_nl_loop(const struct sitelink_tunnel *t);

/* xmit.c */
void sitelink_count_tx(struct net_device *dev, unsigned int segs,
		       unsigned int bytes);
netdev_tx_t sitelink_xmit(struct sk_buff *skb, struct net_device *dev);
void sitelink_xmit_keepalive(struct sitelink_tunnel *t);
void sitelink_xmit_back(const struct sitelink_cfg *cfg, struct sk_buff *skb);
void sitelink_xmit_reply(const struct sitelink_cfg *cfg, struct sk_buff *skb);

/* recv.c */
void sitelink_rcv(const struct sitelink_cfg *cfg, struct sk_buff *skb,
		  unsigned int hdr_len, unsigned int frame_len, __be16 proto,
		  u8 outer_tos);

/* icmp.c */
void sitelink_icmp4(const struct sitelink_net *sn, struct sk_buff *skb,
		    const struct sitelink_kind *kind);
void sitelink_icmp4_err(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			u32 info);
int sitelink_bare_err(const struct sitelink_kind *kind, struct sk_buff *skb,
		      u32 info);
int sitelink_icmp6(struct sk_buff *skb, const struct sitelink_kind *kind,
		   u8 type, int offset, __be32 info);

/* mtu.c */
#define SITELINK_MTU_PERIOD	HZ

void sitelink_mtu_init(struct sitelink_net *sn);
void sitelink_mtu_refresh(struct sitelink_tunnel *t);
unsigned int sitelink_mtu_guess(struct sitelink_tunnel *t);
unsigned int sitelink_mtu_max(const struct sitelink_cfg *cfg);
int sitelink_mtu_path(const struct sitelink_cfg *cfg, bool *ipsec);
int sitelink_change_mtu(struct net_device *dev, int mtu);

/* keepalive.c */
void sitelink_keepalive_init(struct sitelink_tunnel *t);
void sitelink_keepalive_start(struct sitelink_tunnel *t);
void sitelink_keepalive_stop(struct sitelink_tunnel *t);
void sitelink_keepalive_rcv(const struct sitelink_cfg *cfg);

/* echo.c */
void sitelink_echo_build(const struct sitelink_cfg *cfg, __be32 saddr,
			 u8 protocol, struct iphdr *iph, unsigned int len);
bool sitelink_echo_valid(struct sk_buff *skb, unsigned int off, u8 protocol,
			 unsigned int payload);
void sitelink_echo_home(const struct sitelink_cfg *cfg, struct sk_buff *skb);
void sitelink_echo_answer(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			  unsigned int off);

/* mss.c */
void sitelink_clamp_mss(struct sk_buff *skb, struct sitelink_tunnel *t);

/* loop_protect.c */
void sitelink_loop_init(struct sitelink_tunnel *t);
void sitelink_loop_start(struct sitelink_tunnel *t);
void sitelink_loop_stop(struct sitelink_tunnel *t);
bool sitelink_loop_rcv(const struct sitelink_cfg *cfg,
		       const struct sk_buff *skb);
u8 sitelink_loop_status(const struct sitelink_cfg *cfg);

#endif /* _NET_SITELINK_H */
