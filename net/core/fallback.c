// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fallback devices, gre0 and the like: one for each kind and namespace, as the
 * in-tree kinds have them. They receive what no tunnel takes, and `ip tunnel`
 * speaks to them. They are in no table: a namespace without tunnels has none.
 */
#include <linux/rculist.h>

#include "sitelink.h"

/* Kinds that have such devices, namespaces that have them; both RTNL. */
static LIST_HEAD(kinds);
static LIST_HEAD(nets);

/**
 * sitelink_fallback() - the device that takes what no tunnel does
 * @sn: underlay namespace
 * @kind: kind of the packet
 *
 * Context: RCU read side.
 * Return: its configuration, or NULL when there is none or it is down.
 */
const struct sitelink_cfg *sitelink_fallback(const struct sitelink_net *sn,
					     const struct sitelink_kind *kind)
{
	const struct sitelink_tunnel *t;
	const struct sitelink_cfg *cfg;

	list_for_each_entry_rcu(t, &sn->fallbacks, list) {
		cfg = rcu_dereference(t->cfg);
		if (cfg && cfg->kind == kind)
			return t->dev->flags & IFF_UP ? cfg : NULL;
	}
	return NULL;
}

static int create(struct net *net, const struct sitelink_kind *kind)
{
	struct sitelink_params p;
	struct sitelink_tunnel *t;
	struct net_device *dev;
	int err;

	if (!net_has_fallback_tunnels(net))
		return 0;
	sitelink_twin_params(kind, &p);
	p.pmtudisc = false;
	p.mode = 0;
	dev = sitelink_new(net, kind, kind->fallback_name);
	if (!dev)
		return -ENOMEM;
	t = netdev_priv(dev);
	t->fallback = true;
	sitelink_dev_set_netns_immutable(dev);
	err = sitelink_create(dev, &p, NULL, NULL);
	if (err)
		free_netdev(dev);
	return err;
}

/* Those of one kind, or all. */
static void delete(struct sitelink_net *sn, const struct sitelink_kind *kind,
		   struct list_head *kill)
{
	struct sitelink_tunnel *t;

	list_for_each_entry(t, &sn->fallbacks, list)
		if (!kind || rtnl_dereference(t->cfg)->kind == kind)
			unregister_netdevice_queue(t->dev, kill);
}

/**
 * sitelink_fallback_net_init() - create a new namespace's devices
 * @sn: the namespace
 *
 * Context: process, takes RTNL.
 * Return: 0, or a negative error and there are none.
 */
int sitelink_fallback_net_init(struct sitelink_net *sn)
{
	const struct sitelink_kind *kind;
	LIST_HEAD(kill);
	int err = 0;

	rtnl_lock();
	list_for_each_entry(kind, &kinds, list) {
		err = create(sn->net, kind);
		if (err)
			break;
	}
	if (err) {
		delete(sn, NULL, &kill);
		unregister_netdevice_many(&kill);
	} else {
		list_add_tail(&sn->node, &nets);
	}
	rtnl_unlock();
	return err;
}

/**
 * sitelink_fallback_net_exit() - undo sitelink_fallback_net_init()
 * @sn: the namespace
 * @kill: devices to be unregistered
 *
 * Context: RTNL.
 */
void sitelink_fallback_net_exit(struct sitelink_net *sn, struct list_head *kill)
{
	list_del(&sn->node);
	delete(sn, NULL, kill);
}

/**
 * sitelink_fallback_del() - undo sitelink_fallback_add()
 * @kind: the kind
 *
 * Context: process, takes RTNL.
 */
void sitelink_fallback_del(struct sitelink_kind *kind)
{
	struct sitelink_net *sn;
	LIST_HEAD(kill);

	if (!kind->fallback_name)
		return;
	rtnl_lock();
	list_del(&kind->list);
	list_for_each_entry(sn, &nets, node)
		delete(sn, kind, &kill);
	unregister_netdevice_many(&kill);
	rtnl_unlock();
}

/**
 * sitelink_fallback_add() - create a kind's devices, in every namespace
 * @kind: the kind; nothing happens when it has none
 *
 * Context: process, takes RTNL.
 * Return: 0, or a negative error and there are none.
 */
int sitelink_fallback_add(struct sitelink_kind *kind)
{
	struct sitelink_net *sn;
	int err = 0;

	if (!kind->fallback_name)
		return 0;
	rtnl_lock();
	list_add_tail(&kind->list, &kinds);
	list_for_each_entry(sn, &nets, node) {
		err = create(sn->net, kind);
		if (err)
			break;
	}
	rtnl_unlock();
	if (err)
		sitelink_fallback_del(kind);
	return err;
}
