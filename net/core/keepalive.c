// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keepalives: only they prove that the peer lives, be it by its own (EoIP) or
 * by ours that it sends back (GRE); after interval x retries without one the
 * carrier drops.
 */
#include <linux/jiffies.h>

#include "sitelink.h"

/* Does the peer count as dead? *left: jiffies until it will, or a long time. */
static bool expired(const struct sitelink_tunnel *t,
		    const struct sitelink_params *p, u64 now, u64 *left)
{
	u64 deadline;

	*left = MAX_JIFFY_OFFSET;
	if (!p->ka_retries)
		return false;
	deadline = READ_ONCE(t->ka_seen) +
		   (u64)p->ka_interval * p->ka_retries * HZ;
	if (now >= deadline)
		return true;
	*left = deadline - now;
	return false;
}

static void tick(struct timer_list *timer)
{
	struct sitelink_tunnel *t = from_timer(t, timer, ka_timer);
	const struct sitelink_cfg *cfg;
	u64 now = get_jiffies_64(), left, next;
	bool dead;

	rcu_read_lock();
	cfg = rcu_dereference(t->cfg);
	if (!cfg || !cfg->p.ka_interval)
		goto out;
	if (now >= t->ka_next) {
		sitelink_xmit_keepalive(t);
		t->ka_next = now + (u64)cfg->p.ka_interval * HZ;
	}
	dead = expired(t, &cfg->p, now, &left);
	sitelink_carrier(t, SITELINK_DOWN_KEEPALIVE, dead);
	next = min(left, t->ka_next - now);
	mod_timer(&t->ka_timer, jiffies + min_t(u64, next, MAX_JIFFY_OFFSET));
out:
	rcu_read_unlock();
}

/**
 * sitelink_keepalive_rcv() - the peer's keepalive, or ours, came
 * @cfg: the tunnel's configuration
 *
 * Context: softirq, RCU read side.
 */
void sitelink_keepalive_rcv(const struct sitelink_cfg *cfg)
{
	struct sitelink_tunnel *t = cfg->tun;

	if (!(t->dev->flags & IFF_UP))
		return;
	sitelink_count(t, RX_KEEPALIVES);
	WRITE_ONCE(t->ka_seen, get_jiffies_64());
	WRITE_ONCE(t->ka_heard, true);
	if (unlikely(!netif_carrier_ok(t->dev)))
		sitelink_carrier(t, SITELINK_DOWN_KEEPALIVE, false);
}
EXPORT_SYMBOL_GPL(sitelink_keepalive_rcv);

/**
 * sitelink_keepalive_start() - begin, or begin anew after a change
 * @t: the tunnel, running; the peer counts as alive from now
 *
 * Context: RTNL.
 */
void sitelink_keepalive_start(struct sitelink_tunnel *t)
{
	sitelink_keepalive_stop(t);
	WRITE_ONCE(t->ka_heard, false);
	WRITE_ONCE(t->ka_seen, get_jiffies_64());
	t->ka_next = 0;
	sitelink_carrier(t, SITELINK_DOWN_KEEPALIVE, false);
	if (rtnl_dereference(t->cfg)->p.ka_interval)
		mod_timer(&t->ka_timer, jiffies);
}

/**
 * sitelink_keepalive_stop() - send no more
 * @t: the tunnel
 *
 * Context: RTNL; waits for the timer.
 */
void sitelink_keepalive_stop(struct sitelink_tunnel *t)
{
	timer_delete_sync(&t->ka_timer);
}

/**
 * sitelink_keepalive_init() - prepare a new tunnel
 * @t: the tunnel
 */
void sitelink_keepalive_init(struct sitelink_tunnel *t)
{
	timer_setup(&t->ka_timer, tick, 0);
}
