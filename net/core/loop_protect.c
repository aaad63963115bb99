// SPDX-License-Identifier: GPL-2.0-only
/*
 * loop-protect: a frame of EtherType 0x9003 that comes back with the address
 * of a tunnel of ours is a loop, and takes the carrier for a while.
 *
 * RouterOS publishes neither destination nor payload: broadcast, so that
 * every bridge floods it, and zeros are our choice.
 */
#include <linux/jiffies.h>

#include "sitelink.h"

#define ETH_P_LOOP_PROTECT	0x9003

static void send_probe(struct sitelink_tunnel *t)
{
	struct net_device *dev = t->dev;
	unsigned int hlen = LL_RESERVED_SPACE(dev);
	struct sk_buff *skb = alloc_skb(hlen + ETH_ZLEN, GFP_ATOMIC);

	if (!skb)
		return;
	skb_reserve(skb, hlen);
	skb_reset_network_header(skb);
	skb_put_zero(skb, ETH_ZLEN - ETH_HLEN);
	skb->dev = dev;
	skb->protocol = htons(ETH_P_LOOP_PROTECT);
	if (dev_hard_header(skb, dev, ETH_P_LOOP_PROTECT, dev->broadcast,
			    dev->dev_addr, skb->len) < 0) {
		kfree_skb(skb);
		return;
	}
	dev_queue_xmit(skb);
}

static void tick(struct timer_list *timer)
{
	struct sitelink_tunnel *t = from_timer(t, timer, loop_timer);
	const struct sitelink_cfg *cfg;
	u64 now = get_jiffies_64(), interval, disable, until, next;

	rcu_read_lock();
	cfg = rcu_dereference(t->cfg);
	if (!cfg || !cfg->p.loop_protect)
		goto out;
	interval = (u64)cfg->p.loop_interval * HZ;
	disable = (u64)cfg->p.loop_disable * HZ;
	until = READ_ONCE(t->loop_until);
	if (!test_bit(SITELINK_DOWN_LOOP_PROTECT, &t->down)) {
		if (now >= t->loop_next) {
			send_probe(t);
			t->loop_next = now + interval;
		}
	} else if (!disable) {
		goto out;
	} else if (now >= until) {
		sitelink_carrier(t, SITELINK_DOWN_LOOP_PROTECT, false);
		t->loop_next = now + interval;
	} else {
		next = until - now;
		goto again;
	}
	/* a loop may come any time, and its disable time ends before long */
	next = min(t->loop_next - now, disable ?: interval);
again:
	mod_timer(&t->loop_timer, jiffies + next);
out:
	rcu_read_unlock();
}

/* Is the address that of a loop-protected tunnel in this namespace? */
static bool is_ours(const struct sitelink_tunnel *t, const u8 *addr)
{
	const struct sitelink_tunnel *other;
	const struct sitelink_cfg *cfg;

	if (ether_addr_equal(t->dev->dev_addr, addr))
		return true;
	list_for_each_entry_rcu(other, &sitelink_net(t->net)->tunnels, list) {
		cfg = rcu_dereference(other->cfg);
		if (cfg && cfg->p.loop_protect &&
		    net_eq(dev_net(other->dev), dev_net(t->dev)) &&
		    ether_addr_equal(other->dev->dev_addr, addr))
			return true;
	}
	return false;
}

/**
 * sitelink_loop_rcv() - look at a frame received with loop-protect on
 * @cfg: the tunnel's configuration
 * @skb: the frame behind eth_type_trans(); not consumed
 *
 * Context: softirq, RCU read side.
 * Return: true when the frame must be dropped: it is our own, or the tunnel
 *	is disabled.
 */
bool sitelink_loop_rcv(const struct sitelink_cfg *cfg,
		       const struct sk_buff *skb)
{
	struct sitelink_tunnel *t = cfg->tun;

	if (unlikely(test_bit(SITELINK_DOWN_LOOP_PROTECT, &t->down)))
		return true;
	if (likely(skb->protocol != htons(ETH_P_LOOP_PROTECT)) ||
	    !is_ours(t, eth_hdr(skb)->h_source))
		return false;
	WRITE_ONCE(t->loop_until,
		   get_jiffies_64() + (u64)cfg->p.loop_disable * HZ);
	if (sitelink_carrier(t, SITELINK_DOWN_LOOP_PROTECT, true))
		sitelink_nl_loop(t);
	if (net_ratelimit())
		netdev_warn(t->dev, "loop-protect: own frame came back, carrier off\n");
	return true;
}

/**
 * sitelink_loop_status() - loop-protect-status
 * @cfg: the tunnel's configuration
 *
 * Context: RTNL or RCU read side.
 * Return: SITELINK_LOOP_*.
 */
u8 sitelink_loop_status(const struct sitelink_cfg *cfg)
{
	if (test_bit(SITELINK_DOWN_LOOP_PROTECT, &cfg->tun->down))
		return SITELINK_LOOP_DISABLE;
	return cfg->p.loop_protect ? SITELINK_LOOP_ON : SITELINK_LOOP_OFF;
}

/**
 * sitelink_loop_start() - begin, or begin anew after a change
 * @t: the tunnel, running
 *
 * Context: RTNL.
 */
void sitelink_loop_start(struct sitelink_tunnel *t)
{
	sitelink_loop_stop(t);
	t->loop_next = 0;
	if (rtnl_dereference(t->cfg)->p.loop_protect)
		mod_timer(&t->loop_timer, jiffies);
}

/**
 * sitelink_loop_stop() - send no more and end a disable time
 * @t: the tunnel
 *
 * Context: RTNL; waits for the timer.
 */
void sitelink_loop_stop(struct sitelink_tunnel *t)
{
	timer_delete_sync(&t->loop_timer);
	sitelink_carrier(t, SITELINK_DOWN_LOOP_PROTECT, false);
}

/**
 * sitelink_loop_init() - prepare a new tunnel
 * @t: the tunnel
 */
void sitelink_loop_init(struct sitelink_tunnel *t)
{
	timer_setup(&t->loop_timer, tick, 0);
}
