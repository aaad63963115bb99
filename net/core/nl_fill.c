// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: a tunnel as attributes. Everything here is content with
 * RCU, so that reading takes no lock and events may come from timers.
 */
#include <linux/jiffies.h>
#include <linux/math64.h>

#include "attrs.h"
#include "nl.h"

/**
 * sitelink_nl_fill_id() - put which tunnel it is
 * @skb: netlink message
 * @t: the tunnel
 *
 * Context: RTNL or RCU read side.
 * Return: 0 or -EMSGSIZE.
 */
int sitelink_nl_fill_id(struct sk_buff *skb, const struct sitelink_tunnel *t)
{
	char name[IFNAMSIZ];

	/* the device may be given another name meanwhile */
	strscpy(name, t->dev->name, sizeof(name));
	if (nla_put_u32(skb, SITELINK_A_TUNNEL_IFINDEX, t->dev->ifindex) ||
	    nla_put_string(skb, SITELINK_A_TUNNEL_IFNAME, name) ||
	    nla_put_string(skb, SITELINK_A_TUNNEL_KIND,
			   t->dev->rtnl_link_ops->kind))
		return -EMSGSIZE;
	return 0;
}

/**
 * sitelink_nl_fill_state() - put which tunnel it is and whether it runs
 * @skb: netlink message
 * @t: the tunnel
 *
 * Context: RTNL or RCU read side.
 * Return: 0 or -EMSGSIZE.
 */
int sitelink_nl_fill_state(struct sk_buff *skb,
			   const struct sitelink_tunnel *t)
{
	unsigned long down = READ_ONCE(t->down);

	if (sitelink_nl_fill_id(skb, t) ||
	    nla_put_u8(skb, SITELINK_A_TUNNEL_RUNNING, !down) ||
	    nla_put_u32(skb, SITELINK_A_TUNNEL_DOWN_REASONS, down))
		return -EMSGSIZE;
	return 0;
}

/* Milliseconds since @then, a jiffies64. */
static u64 ms_since(u64 then)
{
	u64 now = get_jiffies_64();

	return now > then ? jiffies64_to_msecs(now - then) : 0;
}

/* What is the kind's own. */
static int fill_own(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	const struct sitelink_params *p = &cfg->p;
	int err;

	if (cfg->kind->family == AF_INET)
		err = nla_put_in_addr(skb, SITELINK_A_TUNNEL_LOCAL,
				      p->local.v4) ?:
		      nla_put_in_addr(skb, SITELINK_A_TUNNEL_REMOTE,
				      p->remote.v4);
	else
		err = nla_put_in6_addr(skb, SITELINK_A_TUNNEL_LOCAL6,
				       &p->local.v6) ?:
		      nla_put_in6_addr(skb, SITELINK_A_TUNNEL_REMOTE6,
				       &p->remote.v6);
	if (!err && cfg->kind->attrs && cfg->kind->attrs->id)
		err = nla_put_u32(skb, SITELINK_A_TUNNEL_TUNNEL_ID, p->id);
	if (!err && (p->mark_in || p->mark_out))
		err = nla_put_u32(skb, SITELINK_A_TUNNEL_MARK_IN, p->mark_in) ?:
		      nla_put_u32(skb, SITELINK_A_TUNNEL_MARK_OUT, p->mark_out);
	return err ?: nla_put_u8(skb, SITELINK_A_TUNNEL_TTL, p->ttl);
}

/* What follows from the path. */
static int fill_path(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	const struct sitelink_tunnel *t = cfg->tun;
	u32 mtu = READ_ONCE(t->dev->mtu), reason;
	bool fixed = !READ_ONCE(t->mtu_auto), ipsec = false;
	int path = sitelink_mtu_path(cfg, &ipsec);

	if (fixed)
		reason = SITELINK_MTU_REASON_EXPLICIT;
	else if (path < 0)
		reason = SITELINK_MTU_REASON_DEFAULT;
	else
		reason = ipsec ? SITELINK_MTU_REASON_IPSEC :
				 SITELINK_MTU_REASON_ROUTE;
	if (nla_put_u32(skb, SITELINK_A_TUNNEL_MTU, fixed ? mtu : 0) ||
	    nla_put_u32(skb, SITELINK_A_TUNNEL_ACTUAL_MTU, mtu) ||
	    nla_put_u32(skb, SITELINK_A_TUNNEL_MTU_REASON, reason) ||
	    nla_put_u8(skb, SITELINK_A_TUNNEL_FAST_PATH_ACTIVE,
		       cfg->p.fast_path && !READ_ONCE(t->down) &&
		       path >= 0 && !ipsec))
		return -EMSGSIZE;
	return 0;
}

static int fill_keepalive(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	const struct sitelink_tunnel *t = cfg->tun;
	u64 ago = ms_since(READ_ONCE(t->ka_seen));
	struct nlattr *nest;

	if (!cfg->p.ka_interval || !(t->dev->flags & IFF_UP))
		return 0;
	nest = nla_nest_start(skb, SITELINK_A_TUNNEL_KEEPALIVE);
	if (!nest ||
	    (READ_ONCE(t->ka_heard) &&
	     nla_put_u64_64bit(skb, SITELINK_A_KEEPALIVE_LAST_SEEN, ago,
			       SITELINK_A_KEEPALIVE_PAD)) ||
	    nla_put_u32(skb, SITELINK_A_KEEPALIVE_MISSED,
			div_u64(ago, cfg->p.ka_interval * MSEC_PER_SEC)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_counters(struct sk_buff *skb, const struct sitelink_tunnel *t)
{
	struct nlattr *nest;
	int i;

	nest = nla_nest_start(skb, SITELINK_A_TUNNEL_COUNTERS);
	if (!nest)
		return -EMSGSIZE;
	for (i = 1; i <= SITELINK_CNT_MAX; i++)
		if (nla_put_u64_64bit(skb, i, sitelink_sum(t->stats, i),
				      SITELINK_CNT_PAD))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * sitelink_nl_fill() - put all that there is to know of a tunnel
 * @skb: netlink message
 * @t: the tunnel
 *
 * Context: RTNL or RCU read side.
 * Return: 0, -EMSGSIZE, or -ENODEV when the tunnel is being deleted.
 */
int sitelink_nl_fill(struct sk_buff *skb, const struct sitelink_tunnel *t)
{
	const struct sitelink_cfg *cfg;
	int err = -ENODEV;

	rcu_read_lock();
	cfg = rcu_dereference(t->cfg);
	if (!cfg)
		goto out;
	err = -EMSGSIZE;
	if (sitelink_nl_fill_state(skb, t) ||
	    fill_own(skb, cfg) ||
	    sitelink_props_fill(skb, SITELINK_A_TUNNEL_PROPERTIES, cfg) ||
	    fill_path(skb, cfg) ||
	    (!READ_ONCE(t->down) &&
	     nla_put_u64_64bit(skb, SITELINK_A_TUNNEL_RUNNING_SINCE,
			       ms_since(READ_ONCE(t->running_since)),
			       SITELINK_A_TUNNEL_PAD)) ||
	    fill_keepalive(skb, cfg) ||
	    fill_counters(skb, t))
		goto out;
	err = 0;
out:
	rcu_read_unlock();
	return err;
}
