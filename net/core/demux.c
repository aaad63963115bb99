// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving IPv4 beside the in-tree drivers: a hook at the very end of
 * LOCAL_IN, after all firewall rules, in namespaces that have a tunnel. What
 * it does not know goes on to gre.ko, pptp and raw sockets.
 */
#include <linux/netfilter_ipv4.h>
#include <linux/slab.h>

#include "sitelink.h"

/**
 * struct sitelink_hook - a kind's receive hook in one namespace
 * @list: in sitelink_net.hooks; RTNL
 * @kind: the kind
 * @users: configurations of the kind in the namespace that need it; RTNL
 * @ops: what netfilter calls
 * @rcu: dumps of hooks may look at @ops for a while
 */
struct sitelink_hook {
	struct list_head list;
	const struct sitelink_kind *kind;
	unsigned int users;
	struct nf_hook_ops ops;
	struct rcu_head rcu;
};

static struct sitelink_hook *hook_find(struct sitelink_net *sn,
				       const struct sitelink_kind *kind)
{
	struct sitelink_hook *hook;

	list_for_each_entry(hook, &sn->hooks, list)
		if (hook->kind == kind)
			return hook;
	return NULL;
}

static bool needs_hook(const struct sitelink_cfg *cfg)
{
	return cfg->kind->hook &&
	       (!cfg->kind->hook_for_keepalive || cfg->p.ka_interval);
}

/**
 * sitelink_demux_get() - receive for one more configuration
 * @sn: underlay namespace, its tables allocated
 * @cfg: the configuration
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int sitelink_demux_get(struct sitelink_net *sn, const struct sitelink_cfg *cfg,
		       struct netlink_ext_ack *extack)
{
	const struct sitelink_kind *kind = cfg->kind;
	struct sitelink_hook *hook;
	int err;

	if (!needs_hook(cfg))
		return 0;
	hook = hook_find(sn, kind);
	if (hook) {
		hook->users++;
		return 0;
	}
	hook = kzalloc(sizeof(*hook), GFP_KERNEL);
	if (!hook)
		return -ENOMEM;
	hook->kind = kind;
	hook->users = 1;
	hook->ops.hook = kind->hook;
	hook->ops.priv = sn;
	hook->ops.pf = NFPROTO_IPV4;
	hook->ops.hooknum = NF_INET_LOCAL_IN;
	hook->ops.priority = NF_IP_PRI_LAST;
	err = nf_register_net_hook(sn->net, &hook->ops);
	if (err) {
		NL_SET_ERR_MSG(extack, "cannot register the receive hook");
		kfree(hook);
		return err;
	}
	list_add(&hook->list, &sn->hooks);
	return 0;
}

/**
 * sitelink_demux_put() - undo sitelink_demux_get()
 * @sn: underlay namespace
 * @cfg: the configuration
 *
 * Context: RTNL. Packets may be in the hook until a grace period has passed.
 */
void sitelink_demux_put(struct sitelink_net *sn,
			const struct sitelink_cfg *cfg)
{
	struct sitelink_hook *hook;

	if (!needs_hook(cfg))
		return;
	hook = hook_find(sn, cfg->kind);
	if (--hook->users)
		return;
	list_del(&hook->list);
	nf_unregister_net_hook(sn->net, &hook->ops);
	kfree_rcu(hook, rcu);
}
