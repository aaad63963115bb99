// SPDX-License-Identifier: GPL-2.0-only
/*
 * mtu: explicit, or automatic from the route to the remote.
 *
 * A route tells nobody when its mtu changes (device, route, PMTU exception,
 * SA), so one work per namespace asks all routes once a second; with the
 * cached dst that is a check and an indirect call per tunnel.
 */
#include <linux/rtnetlink.h>

#include "outer.h"
#include "sitelink.h"

static unsigned int overhead(const struct sitelink_cfg *cfg)
{
	return cfg->hlen + sitelink_l2len(cfg->kind);
}

/*
 * While an SA is missing the stack's answer is a route that discards, by the
 * loopback device, whose mtu says nothing of the path.
 */
static int route(const struct sitelink_cfg *cfg, struct sitelink_outer *o)
{
	int err = sitelink_route(cfg, o);

	if (err || o->dst->output != dst_discard_out)
		return err;
	dst_release(o->dst);
	return -ENETUNREACH;
}

/**
 * sitelink_mtu_max() - the largest mtu that a configuration allows
 * @cfg: the configuration
 *
 * Return: what 16 bits of length leave, octets; IPv6 counts from behind its
 *	header.
 */
unsigned int sitelink_mtu_max(const struct sitelink_cfg *cfg)
{
	unsigned int max = IP_MAX_MTU - overhead(cfg);

	if (cfg->kind->family == AF_INET6)
		max += sizeof(struct ipv6hdr);
	return max;
}

/**
 * sitelink_mtu_guess() - a static mtu, as the in-tree kinds have it
 * @t: the tunnel
 *
 * Context: RTNL.
 * Return: what the device towards the remote leaves, whatever its routes say;
 *	without one what 1500 leaves.
 */
unsigned int sitelink_mtu_guess(struct sitelink_tunnel *t)
{
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	struct net_device *dev = NULL;
	struct sitelink_outer o;
	int mtu = ETH_DATA_LEN;

	rcu_read_lock_bh();
	sitelink_outer_init(cfg, &o);
	if (!cfg->dynamic && !route(cfg, &o)) {
		mtu = READ_ONCE(o.dst->dev->mtu);
		dst_release(o.dst);
	} else if (cfg->p.link) {
		dev = dev_get_by_index_rcu(t->net, cfg->p.link);
		if (dev)
			mtu = READ_ONCE(dev->mtu);
	}
	rcu_read_unlock_bh();
	mtu -= overhead(cfg);
	return clamp_t(int, mtu, IPV4_MIN_MTU, sitelink_mtu_max(cfg));
}

/**
 * sitelink_mtu_path() - what the path leaves for a packet inside
 * @cfg: the configuration
 * @ipsec: set to whether outer packets are encrypted, when there is a route
 *
 * Context: RCU read side.
 * Return: octets, or a negative error without a route.
 */
int sitelink_mtu_path(const struct sitelink_cfg *cfg, bool *ipsec)
{
	struct sitelink_outer o;
	int mtu;

	if (cfg->dynamic)
		return -ENETUNREACH;
	local_bh_disable();
	sitelink_outer_init(cfg, &o);
	mtu = route(cfg, &o);
	if (!mtu) {
		mtu = cfg->kind->path_mtu ? cfg->kind->path_mtu(cfg->tun) : 0;
		*ipsec = mtu || dst_xfrm(o.dst);
		if (!mtu)
			mtu = (int)dst_mtu(o.dst) - (int)overhead(cfg);
		mtu = clamp_t(int, mtu, IPV4_MIN_MTU, sitelink_mtu_max(cfg));
		dst_release(o.dst);
	}
	local_bh_enable();
	return mtu;
}

static int path_mtu(const struct sitelink_tunnel *t)
{
	const struct sitelink_cfg *cfg;
	int mtu = -ENETUNREACH;
	bool ipsec;

	rcu_read_lock();
	cfg = rcu_dereference(t->cfg);
	if (cfg)
		mtu = sitelink_mtu_path(cfg, &ipsec);
	rcu_read_unlock();
	return mtu;
}

/**
 * sitelink_mtu_refresh() - set the automatic mtu from the path
 * @t: the tunnel; without a route its mtu stays
 *
 * Context: RTNL.
 */
void sitelink_mtu_refresh(struct sitelink_tunnel *t)
{
	int mtu;

	ASSERT_RTNL();
	if (!t->mtu_auto)
		return;
	mtu = path_mtu(t);
	if (mtu < 0 || mtu == t->dev->mtu)
		return;
	if (t->dev->reg_state != NETREG_REGISTERED) {
		t->dev->mtu = mtu;
		return;
	}
	t->mtu_setting = true;
	if (dev_set_mtu(t->dev, mtu))
		netdev_dbg(t->dev, "mtu %d refused\n", mtu);
	t->mtu_setting = false;
}

/**
 * sitelink_change_mtu() - ndo_change_mtu
 * @dev: the tunnel
 * @mtu: octets; 0 turns the automatic mtu on, anything else off
 *
 * Context: RTNL.
 * Return: 0, or -EINVAL below the smallest mtu of IPv4 (the core has checked
 *	the upper bound).
 */
int sitelink_change_mtu(struct net_device *dev, int mtu)
{
	struct sitelink_tunnel *t = netdev_priv(dev);

	if (!mtu) {
		WRITE_ONCE(t->mtu_auto, true);
		mtu = path_mtu(t);
		if (mtu < 0)
			return 0;
	} else if (mtu < IPV4_MIN_MTU) {
		return -EINVAL;
	} else if (!t->mtu_setting) {
		WRITE_ONCE(t->mtu_auto, false);
	}
	WRITE_ONCE(dev->mtu, mtu);
	return 0;
}

static bool stale(const struct sitelink_tunnel *t)
{
	int mtu;

	/* lockless: sitelink_mtu_refresh() looks again */
	if (!READ_ONCE(t->mtu_auto) || !(t->dev->flags & IFF_UP))
		return false;
	mtu = path_mtu(t);
	return mtu >= 0 && mtu != READ_ONCE(t->dev->mtu);
}

static bool any_stale(struct sitelink_net *sn)
{
	struct sitelink_tunnel *t;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(t, &sn->tunnels, list) {
		found = stale(t);
		if (found)
			break;
	}
	rcu_read_unlock();
	return found;
}

static void mtu_work(struct work_struct *work)
{
	struct sitelink_net *sn = container_of(to_delayed_work(work),
					       struct sitelink_net, mtu_work);
	struct sitelink_tunnel *t;

	if (any_stale(sn)) {
		rtnl_lock();
		list_for_each_entry(t, &sn->tunnels, list)
			if (t->dev->flags & IFF_UP)
				sitelink_mtu_refresh(t);
		rtnl_unlock();
	}
	/* sitelink_tunnel_add() starts it again */
	if (!list_empty(&sn->tunnels))
		schedule_delayed_work(&sn->mtu_work, SITELINK_MTU_PERIOD);
}

/**
 * sitelink_mtu_init() - prepare a namespace's work
 * @sn: the namespace
 */
void sitelink_mtu_init(struct sitelink_net *sn)
{
	INIT_DELAYED_WORK(&sn->mtu_work, mtu_work);
}
