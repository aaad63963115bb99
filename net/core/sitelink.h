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
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <net/dst_cache.h>
#include <net/gro_cells.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <linux/sitelink.h>

#include "kind.h"
#include "stats.h"

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
 * @loop_next: jiffies64 when the next loop-protect frame is due
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
	u64 loop_next;
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

/* tunnel.c */
struct sitelink_cfg *sitelink_cfg_alloc(struct sitelink_tunnel *t,
					const struct sitelink_kind *kind,
					const struct sitelink_params *p);
void sitelink_cfg_free(struct sitelink_cfg *cfg);
int sitelink_tunnel_check(const struct sitelink_tunnel *t,
			  const struct sitelink_cfg *cfg,
			  struct netlink_ext_ack *extack);
int sitelink_tunnel_add(struct sitelink_tunnel *t,
			struct netlink_ext_ack *extack);
int sitelink_tunnel_change(struct sitelink_tunnel *t, struct sitelink_cfg *cfg,
			   struct netlink_ext_ack *extack);
void sitelink_tunnel_del(struct sitelink_tunnel *t);

/* table.c */
int sitelink_table_alloc(struct sitelink_net *sn);
void sitelink_table_free(struct sitelink_net *sn);
void sitelink_table_insert(struct sitelink_net *sn, struct sitelink_cfg *cfg);
void sitelink_table_remove(struct sitelink_cfg *cfg);
struct sitelink_tunnel *sitelink_tunnel_find(const struct sitelink_net *sn,
					     const struct sitelink_kind *kind,
					     const struct sitelink_params *p);
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
			 struct nlattr *data[], const struct nlattr *mtu,
			 struct sitelink_params *p, bool *auto_mtu,
			 struct netlink_ext_ack *extack);
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
