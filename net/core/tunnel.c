// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configurations: made, put into the tables, replaced, freed.
 *
 * A configuration is immutable and carries the tables' nodes itself: a change
 * inserts the new one, publishes it, then removes the old one, so that
 * packets with an unchanged key always find one of the two.
 */
#include <linux/rculist.h>
#include <linux/slab.h>

#include "outer.h"
#include "sitelink.h"

/**
 * sitelink_tunnel_check() - may a tunnel have this configuration?
 * @t: the tunnel, @t->net set
 * @cfg: the configuration
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or -EEXIST when another tunnel has its key.
 */
int sitelink_tunnel_check(const struct sitelink_tunnel *t,
			  const struct sitelink_cfg *cfg,
			  struct netlink_ext_ack *extack)
{
	const struct sitelink_tunnel *other =
		sitelink_tunnel_find(sitelink_net(t->net), cfg->kind, &cfg->p);

	if (!other || other == t)
		return 0;
	NL_SET_ERR_MSG(extack,
		       "a tunnel with this remote, local and tunnel-id or key exists");
	return -EEXIST;
}

static void cfg_free_rcu(struct rcu_head *rcu)
{
	sitelink_cfg_free(container_of(rcu, struct sitelink_cfg, rcu));
}

static void cfg_remove(struct sitelink_cfg *cfg)
{
	sitelink_table_remove(cfg);
	call_rcu(&cfg->rcu, cfg_free_rcu);
}

/**
 * sitelink_cfg_alloc() - make a configuration that is in no table yet
 * @t: its tunnel
 * @kind: the tunnel's kind
 * @p: the properties, validated
 *
 * Context: process.
 * Return: the configuration, for sitelink_tunnel_add() or _change(), else for
 *	sitelink_cfg_free(); NULL without memory.
 */
struct sitelink_cfg *sitelink_cfg_alloc(struct sitelink_tunnel *t,
					const struct sitelink_kind *kind,
					const struct sitelink_params *p)
{
	struct sitelink_cfg *cfg = kzalloc(sizeof(*cfg), GFP_KERNEL);

	if (!cfg)
		return NULL;
	if (dst_cache_init(&cfg->dst_cache, GFP_KERNEL)) {
		kfree(cfg);
		return NULL;
	}
	cfg->tun = t;
	cfg->kind = kind;
	cfg->p = *p;
	cfg->dynamic = kind->family == AF_INET &&
		       (!p->remote.v4 ||
			(kind->dest && ipv4_is_multicast(p->remote.v4)));
	sitelink_outer_template(cfg);
	kind->prepare(cfg, cfg->tmpl + sitelink_outer_len(kind));
	cfg->hlen = sitelink_outer_len(kind) + cfg->khlen;
	return cfg;
}

/**
 * sitelink_cfg_free() - free a configuration that nobody can see
 * @cfg: the configuration
 */
void sitelink_cfg_free(struct sitelink_cfg *cfg)
{
	dst_cache_destroy(&cfg->dst_cache);
	kfree(cfg);
}

/**
 * sitelink_tunnel_add() - let a registered tunnel receive
 * @t: the tunnel; its table takes @t->cfg over on success
 * @extack: says why not
 *
 * Context: RTNL, sitelink_tunnel_check() said yes.
 * Return: 0 or -ENOMEM.
 */
int sitelink_tunnel_add(struct sitelink_tunnel *t,
			struct netlink_ext_ack *extack)
{
	struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	struct sitelink_net *sn = sitelink_net(t->net);
	int err;

	if (t->fallback) {
		list_add_tail_rcu(&t->list, &sn->fallbacks);
		return 0;
	}
	err = sitelink_table_alloc(sn);
	if (err)
		return err;
	err = sitelink_demux_get(sn, cfg, extack);
	if (err)
		return err;
	sitelink_table_insert(sn, cfg);
	list_add_tail_rcu(&t->list, &sn->tunnels);
	schedule_delayed_work(&sn->mtu_work, SITELINK_MTU_PERIOD);
	return 0;
}

/**
 * sitelink_tunnel_change() - replace the configuration of a tunnel
 * @t: the tunnel
 * @cfg: the new one, taken over on success
 * @extack: says why not
 *
 * Context: RTNL, sitelink_tunnel_check() said yes.
 * Return: 0 or a negative error.
 */
int sitelink_tunnel_change(struct sitelink_tunnel *t, struct sitelink_cfg *cfg,
			   struct netlink_ext_ack *extack)
{
	struct sitelink_cfg *old = rtnl_dereference(t->cfg);
	struct sitelink_net *sn = sitelink_net(t->net);
	int err;

	err = sitelink_demux_get(sn, cfg, extack);
	if (err)
		return err;
	sitelink_table_insert(sn, cfg);
	rcu_assign_pointer(t->cfg, cfg);
	sitelink_demux_put(sn, old);
	cfg_remove(old);
	return 0;
}

/**
 * sitelink_tunnel_del() - undo sitelink_tunnel_add()
 * @t: the tunnel; nothing happens when it was not added
 *
 * Packets in flight may see the tunnel and its last configuration until a
 * grace period has passed.
 *
 * Context: RTNL.
 */
void sitelink_tunnel_del(struct sitelink_tunnel *t)
{
	struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	struct sitelink_net *sn = sitelink_net(t->net);

	if (list_empty(&t->list))
		return;
	list_del_rcu(&t->list);
	RCU_INIT_POINTER(t->cfg, NULL);
	sitelink_demux_put(sn, cfg);
	cfg_remove(cfg);
}
