// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changing a tunnel: one way for rtnetlink, generic netlink and the ioctl of
 * `ip tunnel`. All that was asked for is done, or nothing.
 */
#include <linux/netlink.h>

#include "sitelink.h"

static bool keepalive_differs(const struct sitelink_params *a,
			      const struct sitelink_params *b)
{
	return a->ka_interval != b->ka_interval ||
	       a->ka_retries != b->ka_retries;
}

static bool loop_differs(const struct sitelink_params *a,
			 const struct sitelink_params *b)
{
	return a->loop_protect != b->loop_protect ||
	       a->loop_interval != b->loop_interval ||
	       a->loop_disable != b->loop_disable;
}

/* An in-tree kind's mtu follows its own header and link, at changes only. */
static void change_static_mtu(struct sitelink_tunnel *t,
			      const struct sitelink_params *old,
			      unsigned int old_hlen)
{
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	unsigned int mtu = t->dev->mtu;

	if (old->link != cfg->p.link || old->fwmark != cfg->p.fwmark)
		mtu = sitelink_mtu_guess(t);
	else
		mtu = clamp_t(int, (int)(mtu + old_hlen - cfg->hlen),
			      IPV4_MIN_MTU, sitelink_mtu_max(cfg));
	if (mtu != t->dev->mtu && dev_set_mtu(t->dev, mtu))
		netdev_dbg(t->dev, "mtu %u refused\n", mtu);
}

/*
 * The underlay may be a namespace where the caller has no say; with @skb, not
 * who opened the socket either.
 */
static bool may_change(const struct sitelink_tunnel *t,
		       const struct sk_buff *skb)
{
	struct user_namespace *ns = t->net->user_ns;

	return net_eq(t->net, dev_net(t->dev)) ||
	       (skb ? netlink_ns_capable(skb, ns, CAP_NET_ADMIN) :
		      ns_capable(ns, CAP_NET_ADMIN));
}

/* Is the configuration possible, with this mtu? */
static int check(const struct sitelink_tunnel *t,
		 const struct sitelink_cfg *cfg, const struct nlattr *mtu,
		 struct netlink_ext_ack *extack)
{
	u32 n = mtu ? nla_get_u32(mtu) : 0;
	int err;

	/* in this order: in-tree it is */
	err = sitelink_tunnel_check(t, cfg, extack);
	if (err)
		return err;
	if (!sitelink_setup_changes(t->dev, cfg)) {
		NL_SET_ERR_MSG(extack,
			       "remote: cannot change between none, a host and a group");
		return -EINVAL;
	}
	if (n && (n < IPV4_MIN_MTU || n > sitelink_mtu_max(cfg)))
		return sitelink_reject(extack, mtu, cfg->kind->mtu_msg);
	return 0;
}

/*
 * Set the mtu that was asked for; 0 makes it automatic, when there is a
 * configuration to ask for its route.
 */
static int change_mtu(struct sitelink_tunnel *t, unsigned int mtu,
		      const struct sitelink_cfg *cfg)
{
	struct net_device *dev = t->dev;
	int err = 0;

	/* sitelink_setup_cfg() sets that of the new one */
	dev->max_mtu = max(dev->max_mtu, sitelink_mtu_max(cfg));
	if (mtu)
		err = dev_set_mtu(dev, mtu);
	/* one that is as it was never comes to ndo_change_mtu */
	if (!err)
		WRITE_ONCE(t->mtu_auto, !mtu);
	return err;
}

/* Make the device and its timers do what the new configuration says. */
static void apply(struct sitelink_tunnel *t, const struct sitelink_params *old)
{
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	struct net_device *dev = t->dev;

	sitelink_setup_cfg(dev, cfg);
	if (!netif_running(dev))
		return;
	if (cfg->kind->open) {
		cfg->kind->stop(t);
		if (cfg->kind->open(t))
			netdev_warn(dev, "cannot join its group any more\n");
	}
	if (keepalive_differs(old, &cfg->p))
		sitelink_keepalive_start(t);
	if (loop_differs(old, &cfg->p))
		sitelink_loop_start(t);
}

/**
 * sitelink_change_params() - change properties of a tunnel
 * @t: the tunnel
 * @p: all of its properties, each possible
 * @auto_mtu: the mtu shall follow the path
 * @mtu: u32, octets, 0: automatic; NULL: stays
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0, or a negative error and nothing is changed.
 */
int sitelink_change_params(struct sitelink_tunnel *t,
			   const struct sitelink_params *p, bool auto_mtu,
			   const struct nlattr *mtu,
			   struct netlink_ext_ack *extack)
{
	const struct sitelink_cfg *was = rtnl_dereference(t->cfg);
	const struct sitelink_params old = was->p;
	unsigned int old_mtu = t->dev->mtu, old_hlen = was->hlen;
	bool old_auto = t->mtu_auto;
	struct sitelink_cfg *cfg;
	int err;

	cfg = sitelink_cfg_alloc(t, was->kind, p);
	if (!cfg)
		return -ENOMEM;
	err = check(t, cfg, mtu, extack);
	if (err)
		goto err_free;

	t->changing = true;
	if (mtu || auto_mtu)
		err = change_mtu(t, auto_mtu ? 0 : nla_get_u32(mtu), cfg);
	if (err)
		goto err_mtu;
	err = sitelink_tunnel_change(t, cfg, extack);
	if (err)
		goto err_mtu;
	apply(t, &old);
	if (cfg->kind->twin && !t->mtu_auto && !mtu)
		change_static_mtu(t, &old, old_hlen);
	sitelink_mtu_refresh(t);
	t->changing = false;
	sitelink_nl_changed(t, memcmp(&old, p, sizeof(*p)));
	return 0;

err_mtu:
	dev_set_mtu(t->dev, old_mtu);
	WRITE_ONCE(t->mtu_auto, old_auto);
	t->dev->max_mtu = sitelink_mtu_max(rtnl_dereference(t->cfg));
	t->changing = false;
err_free:
	sitelink_cfg_free(cfg);
	return err;
}

/**
 * sitelink_change() - change properties of a tunnel as a message says
 * @t: the tunnel
 * @data: as IFLA_INFO_DATA; what is absent stays
 * @mtu: u32, octets, 0: automatic; NULL: stays
 * @skb: the request, whose sender must be allowed to, or NULL: the caller
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0, or a negative error and nothing is changed.
 */
int sitelink_change(struct sitelink_tunnel *t, struct nlattr *data[],
		    const struct nlattr *mtu, const struct sk_buff *skb,
		    struct netlink_ext_ack *extack)
{
	const struct sitelink_cfg *was = rtnl_dereference(t->cfg);
	struct sitelink_params p = was->p;
	bool auto_mtu = false;
	int err;

	if (!may_change(t, skb)) {
		NL_SET_ERR_MSG(extack,
			       "only who administers the underlay's namespace may change the tunnel");
		return -EPERM;
	}
	if (t->fallback) {
		NL_SET_ERR_MSG(extack,
			       "the fallback device: its tunnel cannot be changed");
		return -EINVAL;
	}
	err = sitelink_props_parse(was->kind, data, mtu, &p, &auto_mtu, extack);
	if (err)
		return err;
	return sitelink_change_params(t, &p, auto_mtu, mtu, extack);
}
