/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * espdev: a stacked device with ESP offload.
 */
#ifndef _SITELINK_ESPDEV_H
#define _SITELINK_ESPDEV_H

#include <linux/cpumask.h>
#include <linux/etherdevice.h>
#include <linux/hashtable.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>
#include <net/gro_cells.h>
#include <net/xfrm.h>

#include "engine.h"
#include "stats.h"

#define ESPDEV_WINDOW_DEFAULT	512
#define ESPDEV_WINDOW_MAX	16384
/* an engine, a colon, a driver of the crypto API, and the end */
#define ESPDEV_ENGINE_LEN	(64 + CRYPTO_MAX_ALG_NAME)
/* "authencesn(,)" and two names of the stack's, each less than 64 */
#define ESPDEV_ALG_LEN		144
#define ESPDEV_SG_MAX		6
/* SPI, high half of the sequence number, low half, IV */
#define ESPDEV_AAD_MAX		(12 + ESPDEV_IV_MAX)

struct espdev;

/**
 * struct espdev_worker - what one CPU does for a device
 * @work: work item
 * @ed: device
 */
struct espdev_worker {
	struct work_struct work;
	struct espdev *ed;
};

/**
 * struct espdev - a device
 * @dev: itself
 * @lower: the one it sits on, as long as it is registered
 * @lower_tracker: of the reference of @lower
 * @engine: name of the wanted engine, "auto", or engine:driver
 * @cpus: who may encrypt; constant while an SA exists
 * @window: packets that may be under way per direction
 * @lower_gro: the lower device had GRO before
 * @tx_pending: packets given to SAs and not yet to @lower
 * @out_sas: outbound SAs; nobody looks for order when there are none
 * @udp_sas: SAs in UDP; nobody looks into that when there are none
 * @batch: jobs of one burst; the transmit queue's lock
 * @sas: inbound and outbound SAs by SPI; writers @lock, readers RCU
 * @gone: SAs that are deleted, their states not yet freed; @lock
 * @lock: see @sas and @gone
 * @config: changes of @engine and @cpus, and making SAs, which read them
 * @waiting: jobs for the workers
 * @waiting_lock: protects @waiting
 * @workers: one per CPU
 * @cells: GRO of what is not ESP
 * @stats: per-cpu counters
 */
struct espdev {
	struct net_device *dev;
	struct net_device *lower;
	netdevice_tracker lower_tracker;
	char engine[ESPDEV_ENGINE_LEN];
	cpumask_var_t cpus;
	u32 window;
	bool lower_gro;
	atomic_t tx_pending;
	atomic_t out_sas;
	atomic_t udp_sas;
	struct list_head batch;
	DECLARE_HASHTABLE(sas, 8);
	struct list_head gone;
	spinlock_t lock;		/* writers of @sas, and @gone */
	struct mutex config;		/* @engine, @cpus */
	struct list_head waiting;
	spinlock_t waiting_lock;	/* @waiting */
	struct espdev_worker __percpu *workers;
	struct gro_cells cells;
	struct espdev_stats __percpu *stats;
};

/* How an IV follows from the sequence number; the kernel's own encryptions of
 * the same SA draw from the same sequence (seqiv and echainiv of the crypto
 * API).
 */
enum espdev_iv {
	ESPDEV_IV_NONE,
	ESPDEV_IV_XOR,		/* number xor salt */
	ESPDEV_IV_CIPHER,	/* zeros, encrypted with IV number * salt */
};

/**
 * struct espdev_sa - an SA that is ours
 * @node: in &espdev.sas
 * @gone: in &espdev.gone
 * @refs: its state's, and one per job
 * @ed: device, held by @tracker
 * @tracker: of the reference of the device
 * @x: its state; valid under RCU while @dead is not set
 * @spi: key of the table
 * @daddr: destination address
 * @family: AF_INET or AF_INET6
 * @inbound: decrypts
 * @tunnel: tunnel mode
 * @esn: extended sequence numbers
 * @udp_len: of the UDP header before ESP, 0 without (RFC 3948)
 * @udp_dport: its destination port
 * @dead: was deleted
 * @tfm: transform, NULL when no engine works for it; RCU
 * @engine: in the list of the engine's SAs, or of those that have none
 * @old: transform that it had, while that is taken from it
 * @tried: with which engines, when it has none
 * @iv: how the IV follows
 * @iv_len: octets
 * @icv_len: octets
 * @salt: of the IV, as the crypto API's generators keep it
 * @cpu: who delivers, so that nothing is overtaken behind us
 * @genid: of the routes when @local was found out
 * @local: @daddr is this host's
 * @lock: protects @order
 * @order: jobs in the order in which they came
 * @pending: jobs not yet delivered
 * @drops: dropped packets by reason
 * @drain: delivers on @cpu
 * @draining: somebody does
 * @free: frees it, when it is nobody's
 * @rcu: readers of the table
 */
struct espdev_sa {
	struct hlist_node node;
	struct list_head gone;
	refcount_t refs;
	struct espdev *ed;
	netdevice_tracker tracker;
	struct xfrm_state *x;
	__be32 spi;
	xfrm_address_t daddr;
	u8 family;
	bool inbound;
	bool tunnel;
	bool esn;
	u8 udp_len;
	__be16 udp_dport;
	bool dead;
	struct espdev_tfm __rcu *tfm;
	struct list_head engine;
	struct espdev_tfm *old;
	unsigned int tried;
	enum espdev_iv iv;
	u8 iv_len;
	u8 icv_len;
	u64 salt[ESPDEV_IV_MAX / sizeof(u64)];
	int cpu;
	int genid;
	bool local;
	spinlock_t lock;		/* @order */
	struct list_head order;
	atomic_t pending;
	atomic_long_t drops[ESPDEV_DROP_NUM];
	struct work_struct drain;
	unsigned long draining;
	struct work_struct free;
	struct rcu_head rcu;
};

static inline void espdev_sa_drop(struct espdev_sa *sa,
				  enum espdev_counter counter,
				  enum espdev_drop reason)
{
	this_cpu_inc(sa->ed->stats->cnt[counter]);
	atomic_long_inc(&sa->drops[reason]);
}

/* Where a job is. */
enum espdev_state {
	ESPDEV_NEW,		/* ours */
	ESPDEV_BEGUN,		/* an asynchronous engine's */
	ESPDEV_DONE,		/* ours, to be delivered */
	ESPDEV_ABANDONED,	/* the engine's for ever, or until it answers */
};

/**
 * struct espdev_job - a packet on its way through an engine
 * @order: in &espdev_sa.order
 * @work: in a burst, then in a worker's hands
 * @sa: held
 * @tfm: held; NULL: the stack has encrypted it
 * @skb: owned
 * @err: what the engine said
 * @state: an &enum espdev_state
 * @begun: when an asynchronous engine got it, in jiffies
 * @iv: for the engine
 * @aad: associated data that do not lie together in the packet
 * @sg: of the packet
 * @req: the engine's, last
 */
struct espdev_job {
	struct list_head order;
	struct list_head work;
	struct espdev_sa *sa;
	struct espdev_tfm *tfm;
	struct sk_buff *skb;
	int err;
	int state;
	unsigned long begun;
	u8 iv[ESPDEV_IV_MAX] __aligned(CRYPTO_MINALIGN);
	u8 aad[ESPDEV_AAD_MAX];
	struct scatterlist sg[ESPDEV_SG_MAX];
	struct espdev_req req;
};

/* device.c */
void espdev_setup(struct net_device *dev);
void espdev_free(struct net_device *dev);
bool espdev_is(const struct net_device *dev);

/* ethtool.c */
extern const struct ethtool_ops espdev_ethtool_ops;

/* lower.c */
int espdev_lower_join(struct espdev *ed, struct netlink_ext_ack *extack);
void espdev_lower_leave(struct espdev *ed);
int espdev_lower_init(void);
void espdev_lower_exit(void);

/* rtnl.c */
extern struct rtnl_link_ops espdev_link_ops;

/* xfrm.c */
void espdev_release_states(struct espdev *ed);
extern const struct xfrmdev_ops espdev_xfrm_ops;

/* engine.c */
extern struct list_head espdev_engines;	/* with their SAs */
extern struct mutex espdev_engines_lock;	/* these, and espdev_sa.tfm */
struct espdev_engine *espdev_engine_get(const char *name, unsigned int n);
void espdev_engine_put(struct espdev_engine *e);
unsigned int espdev_engine_load(struct espdev_engine *e, unsigned int *sas);
struct espdev_tfm *espdev_engine_create(const char *wanted,
					const struct espdev_alg *alg,
					struct netlink_ext_ack *extack);
bool espdev_engine_assign(struct espdev_sa *sa, struct espdev_tfm *tfm);
int espdev_engine_attach(struct espdev_sa *sa, const char *wanted,
			 const struct espdev_alg *alg,
			 struct netlink_ext_ack *extack);
void espdev_engine_detach(struct espdev_sa *sa);
struct espdev_tfm *espdev_tfm_get(const struct espdev_sa *sa);
void espdev_tfm_put(struct espdev_tfm *tfm);

static inline struct espdev_tfm *espdev_engine_of(const struct espdev_sa *sa)
{
	return rcu_dereference_protected(sa->tfm,
					 lockdep_is_held(&espdev_engines_lock));
}

/* failover.c */
void espdev_orphan(struct espdev_engine *e, bool async_only);
void espdev_watch(void);
void espdev_adopt(void);
void espdev_failover_exit(void);

/* alg.c */
int espdev_alg_name(const struct xfrm_state *x, bool esn, char *name);
int espdev_alg_init(struct espdev_alg *alg, const struct xfrm_state *x);
void espdev_alg_clear(struct espdev_alg *alg);

/* iv.c */
int espdev_iv_kind(struct espdev_sa *sa, const struct xfrm_state *x);
int espdev_iv_init(struct espdev_sa *sa, struct xfrm_state *x);
void espdev_iv(const struct espdev_sa *sa, u64 seq, u8 *wire, u8 *iv);

/* sa.c */
struct espdev_sa *espdev_sa_create(struct espdev *ed, struct xfrm_state *x,
				   struct netlink_ext_ack *extack);
void espdev_sa_unhash(struct espdev_sa *sa);
void espdev_sa_forget(struct espdev_sa *sa);
struct xfrm_state *espdev_sa_gone(struct espdev *ed);
struct xfrm_state *espdev_sa_state(struct espdev_sa *sa);
void espdev_sa_put(struct espdev_sa *sa);
struct espdev_sa *espdev_sa_find(struct espdev *ed, bool inbound, __be32 spi,
				 const void *daddr, u8 family);
const struct ip_esp_hdr *espdev_in_udp(const struct sk_buff *skb,
				       unsigned int off, __be16 *dport,
				       struct ip_esp_hdr *buf);
bool espdev_sa_local(struct espdev_sa *sa);
void espdev_free_later(struct work_struct *work);
int espdev_sa_init(void);
void espdev_sa_exit(void);

/* job.c */
struct espdev_job *espdev_job_new(struct espdev_sa *sa, struct sk_buff *skb,
				  struct espdev_tfm *tfm);
void espdev_job_free(struct espdev_job *job);
void espdev_job_drop(struct espdev_job *job);
struct espdev_job *espdev_job_crypt(struct espdev_sa *sa, struct sk_buff *skb,
				    unsigned int off, u64 seq);

/* queue.c */
void espdev_order(struct espdev_job *job);
int espdev_submit(struct espdev_job *job);
void espdev_spread(struct list_head *jobs);
void espdev_finish(struct espdev_job *job, int err);
bool espdev_spreads(const struct espdev_job *job);
bool espdev_stuck(struct espdev_sa *sa, unsigned long after);
void espdev_abandon(struct espdev_sa *sa, const struct espdev_tfm *tfm);
void espdev_drain(struct work_struct *work);
int espdev_workers_init(struct espdev *ed);
void espdev_workers_exit(struct espdev *ed);
int espdev_queue_init(void);
void espdev_queue_exit(void);

/* tx.c */
netdev_tx_t espdev_xmit(struct sk_buff *skb, struct net_device *dev);
void espdev_flush(struct espdev *ed);
void espdev_tx_deliver(struct espdev_job *job);
void espdev_tx_given_up(struct espdev_sa *sa);

/* rx.c */
rx_handler_result_t espdev_handle_frame(struct sk_buff **pskb);

/* deliver.c */
void espdev_rx_deliver(struct espdev_job *job);
int espdev_deliver_init(void);
void espdev_deliver_exit(void);

#endif /* _SITELINK_ESPDEV_H */
