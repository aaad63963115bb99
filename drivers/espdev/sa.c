// SPDX-License-Identifier: GPL-2.0-only
/*
 * SAs: lives and the table. A state's deletion takes its SA out of the table;
 * the last packet, or the state's end, frees it, from a work item, since an
 * engine may sleep then.
 */
#include <linux/jhash.h>
#include <linux/slab.h>
#include <linux/udp.h>
#include <net/esp.h>
#include <net/route.h>
#include <net/addrconf.h>

#include "espdev.h"
#include "nl.h"

static struct workqueue_struct *free_wq;

static void sa_free(struct work_struct *work)
{
	struct espdev_sa *sa = container_of(work, struct espdev_sa, free);
	struct net_device *dev = sa->ed->dev;

	cancel_work_sync(&sa->drain);
	if (!sa->inbound)
		atomic_dec(&sa->ed->out_sas);
	if (sa->udp_len)
		atomic_dec(&sa->ed->udp_sas);
	espdev_engine_detach(sa);
	netdev_put(dev, &sa->tracker);
	kfree_rcu(sa, rcu);
}

static atomic_t next_cpu = ATOMIC_INIT(-1);

/* Of those who may, each in turn. */
static int pick_cpu(const struct espdev *ed)
{
	unsigned int n = cpumask_weight(ed->cpus);
	unsigned int nth = (unsigned int)atomic_inc_return(&next_cpu) % n;
	int cpu;

	for_each_cpu(cpu, ed->cpus)
		if (!nth--)
			return cpu;
	return cpumask_first(ed->cpus);
}

static u32 sa_hash(bool inbound, __be32 spi, const void *daddr, u8 family)
{
	u32 a = family == AF_INET ? *(const u32 *)daddr :
				    jhash(daddr, sizeof(struct in6_addr), 0);

	return jhash_3words((__force u32)spi, a, inbound, 0);
}

/**
 * espdev_sa_create() - take on an SA
 * @ed: device
 * @x: its state
 * @extack: says why not
 *
 * Context: process, may sleep; &espdev.config held.
 * Return: the SA, one reference for its state; -EOPNOTSUPP when no engine does
 * it, or another ERR_PTR().
 */
struct espdev_sa *espdev_sa_create(struct espdev *ed, struct xfrm_state *x,
				   struct netlink_ext_ack *extack)
{
	struct espdev_alg alg = {};
	struct espdev_sa *sa;
	int err;

	sa = kzalloc(sizeof(*sa), GFP_KERNEL);
	if (!sa)
		return ERR_PTR(-ENOMEM);
	refcount_set(&sa->refs, 1);
	sa->ed = ed;
	sa->x = x;
	sa->spi = x->id.spi;
	sa->daddr = x->id.daddr;
	sa->family = x->props.family;
	sa->inbound = x->xso.dir == XFRM_DEV_OFFLOAD_IN;
	sa->tunnel = x->props.mode == XFRM_MODE_TUNNEL;
	sa->esn = x->props.flags & XFRM_STATE_ESN;
	sa->cpu = pick_cpu(ed);
	spin_lock_init(&sa->lock);
	INIT_LIST_HEAD(&sa->order);
	INIT_WORK(&sa->drain, espdev_drain);
	INIT_WORK(&sa->free, sa_free);
	err = espdev_iv_kind(sa, x);
	if (err)
		goto err_sa;
	err = espdev_alg_init(&alg, x);
	if (err)
		goto err_sa;
	sa->icv_len = alg.icv_len;
	err = espdev_engine_attach(sa, ed->engine, &alg, extack);
	espdev_alg_clear(&alg);
	if (err)
		goto err_sa;
	if (!sa->inbound) {
		err = espdev_iv_init(sa, x);
		if (err)
			goto err_engine;
		atomic_inc(&ed->out_sas);
	}
	if (x->encap) {
		sa->udp_len = sizeof(struct udphdr);
		sa->udp_dport = x->encap->encap_dport;
		atomic_inc(&ed->udp_sas);
	}
	netdev_hold(ed->dev, &sa->tracker, GFP_KERNEL);
	spin_lock_bh(&ed->lock);
	hash_add_rcu(ed->sas, &sa->node,
		     sa_hash(sa->inbound, sa->spi, &sa->daddr, sa->family));
	spin_unlock_bh(&ed->lock);
	espdev_nl_sas_changed(ed);
	return sa;

err_engine:
	espdev_engine_detach(sa);
err_sa:
	kfree_sensitive(sa);
	return ERR_PTR(err);
}

/**
 * espdev_sa_unhash() - nobody finds it any more
 * @sa: SA, perhaps unhashed already
 *
 * Context: any but hard interrupts.
 */
void espdev_sa_unhash(struct espdev_sa *sa)
{
	spin_lock_bh(&sa->ed->lock);
	if (!sa->dead) {
		WRITE_ONCE(sa->dead, true);
		hash_del_rcu(&sa->node);
		list_add_tail(&sa->gone, &sa->ed->gone);
		espdev_nl_sas_changed(sa->ed);
	}
	spin_unlock_bh(&sa->ed->lock);
}

/**
 * espdev_sa_forget() - its state is freed or knows nothing of it any more
 * @sa: SA that is unhashed
 *
 * Context: any but hard interrupts.
 */
void espdev_sa_forget(struct espdev_sa *sa)
{
	spin_lock_bh(&sa->ed->lock);
	list_del_init(&sa->gone);
	spin_unlock_bh(&sa->ed->lock);
}

/**
 * espdev_sa_gone() - the state of an SA that is deleted and not freed
 * @ed: device
 *
 * Context: process.
 * Return: the state, a reference for the caller; NULL when there is none, or
 * only such that are being freed.
 */
struct xfrm_state *espdev_sa_gone(struct espdev *ed)
{
	struct xfrm_state *x = NULL;
	struct espdev_sa *sa;

	spin_lock_bh(&ed->lock);
	/* it is freed after espdev_sa_forget() */
	list_for_each_entry(sa, &ed->gone, gone) {
		if (refcount_inc_not_zero(&sa->x->refcnt)) {
			x = sa->x;
			break;
		}
	}
	spin_unlock_bh(&ed->lock);
	return x;
}

/**
 * espdev_sa_state() - the state of an SA
 * @sa: SA
 *
 * Context: any but hard interrupts.
 * Return: the state, a reference for the caller; NULL when it is deleted.
 */
struct xfrm_state *espdev_sa_state(struct espdev_sa *sa)
{
	struct xfrm_state *x = NULL;

	spin_lock_bh(&sa->ed->lock);
	/* it is freed after espdev_sa_unhash() */
	if (!sa->dead && refcount_inc_not_zero(&sa->x->refcnt))
		x = sa->x;
	spin_unlock_bh(&sa->ed->lock);
	return x;
}

/**
 * espdev_free_later() - run what frees something that an SA had
 * @work: it
 *
 * Context: any.
 */
void espdev_free_later(struct work_struct *work)
{
	queue_work(free_wq, work);
}

/**
 * espdev_sa_put() - give a reference back
 * @sa: SA
 *
 * Context: any but hard interrupts.
 */
void espdev_sa_put(struct espdev_sa *sa)
{
	if (refcount_dec_and_test(&sa->refs))
		espdev_free_later(&sa->free);
}

/**
 * espdev_sa_find() - look an SA up
 * @ed: device
 * @inbound: direction
 * @spi: SPI
 * @daddr: destination address
 * @family: AF_INET or AF_INET6
 *
 * Context: RCU read side.
 * Return: the SA with a reference for the caller, or NULL.
 */
struct espdev_sa *espdev_sa_find(struct espdev *ed, bool inbound, __be32 spi,
				 const void *daddr, u8 family)
{
	const size_t len = family == AF_INET ? 4 : 16;
	struct espdev_sa *sa;

	hash_for_each_possible_rcu(ed->sas, sa, node,
				   sa_hash(inbound, spi, daddr, family))
		if (sa->spi == spi && sa->inbound == inbound &&
		    sa->family == family && !memcmp(&sa->daddr, daddr, len) &&
		    refcount_inc_not_zero(&sa->refs))
			return sa;
	return NULL;
}

/**
 * espdev_in_udp() - the ESP header behind a UDP header, if there is one
 * @skb: packet
 * @off: of the UDP header
 * @dport: its destination port
 * @buf: for the ESP header, should it not be linear
 *
 * IKE and keepalives are none, nor is what has a checksum: RFC 3948, section
 * 2.1 wants none, and the stack verifies it.
 *
 * Context: any.
 * Return: the ESP header or NULL.
 */
const struct ip_esp_hdr *espdev_in_udp(const struct sk_buff *skb,
				       unsigned int off, __be16 *dport,
				       struct ip_esp_hdr *buf)
{
	const struct ip_esp_hdr *esph;
	const struct udphdr *uh;
	struct udphdr udp;

	uh = skb_header_pointer(skb, off, sizeof(udp), &udp);
	if (!uh || uh->check)
		return NULL;
	*dport = uh->dest;
	esph = skb_header_pointer(skb, off + sizeof(udp), sizeof(*buf), buf);
	return esph && esph->spi ? esph : NULL;
}

/**
 * espdev_sa_local() - is the SA's destination this host
 * @sa: inbound SA
 *
 * What was decrypted must not be forwarded in a frame that says ESP. The answer
 * is kept until routes or addresses change.
 *
 * Context: softirq, RCU read side.
 * Return: true or false.
 */
bool espdev_sa_local(struct espdev_sa *sa)
{
	struct net *net = dev_net(sa->ed->dev);
	int genid = rt_genid_ipv4(net);
	bool local;

#if IS_ENABLED(CONFIG_IPV6)
	if (sa->family == AF_INET6)
		genid = rt_genid_ipv6(net);
#endif
	/* 0 is what nobody has found out yet */
	genid |= 1 << 31;
	if (likely(READ_ONCE(sa->genid) == genid))
		return READ_ONCE(sa->local);
	if (sa->family == AF_INET)
		local = inet_addr_type(net, sa->daddr.a4) == RTN_LOCAL;
	else
		local = ipv6_chk_addr(net, &sa->daddr.in6, NULL, 0);
	WRITE_ONCE(sa->local, local);
	WRITE_ONCE(sa->genid, genid);
	return local;
}

/**
 * espdev_sa_init() - set up what frees SAs
 *
 * Return: 0 or -ENOMEM.
 */
int espdev_sa_init(void)
{
	free_wq = alloc_workqueue("espdev_free", WQ_UNBOUND, 0);
	return free_wq ? 0 : -ENOMEM;
}

/**
 * espdev_sa_exit() - wait until the last SA is freed
 */
void espdev_sa_exit(void)
{
	destroy_workqueue(free_wq);
}
