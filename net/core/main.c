// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink core: module init and its exact undo, namespaces, registration of
 * kinds.
 */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/netns/generic.h>

#include "sitelink.h"

static unsigned int sitelink_net_id __read_mostly;

/**
 * sitelink_net() - the core's data of a namespace
 * @net: the namespace
 *
 * Return: the data, valid as long as @net.
 */
struct sitelink_net *sitelink_net(struct net *net)
{
	return net_generic(net, sitelink_net_id);
}
EXPORT_SYMBOL_GPL(sitelink_net);

/*
 * What received packets look at lives longer than any device of the namespace:
 * those that are not ours receive until the last of its pernet device
 * operations has run.
 */
static int __net_init sitelink_net_init(struct net *net)
{
	struct sitelink_net *sn = sitelink_net(net);

	sn->net = net;
	sn->generation = 1;
	sn->stats = alloc_percpu(struct sitelink_net_stats);
	if (!sn->stats)
		return -ENOMEM;
	INIT_LIST_HEAD(&sn->tunnels);
	INIT_LIST_HEAD(&sn->fallbacks);
	INIT_LIST_HEAD(&sn->hooks);
	sitelink_mtu_init(sn);
	return 0;
}

static void __net_exit sitelink_net_exit(struct net *net)
{
	struct sitelink_net *sn = sitelink_net(net);

	sitelink_table_free(sn);
	free_percpu(sn->stats);
}

static struct pernet_operations sitelink_net_ops = {
	.init = sitelink_net_init,
	.exit = sitelink_net_exit,
	.id = &sitelink_net_id,
	.size = sizeof(struct sitelink_net),
};

static int __net_init sitelink_devices_init(struct net *net)
{
	return sitelink_fallback_net_init(sitelink_net(net));
}

/* Tunnels whose device has moved elsewhere die with their underlay. */
static void __net_exit sitelink_devices_exit_rtnl(struct list_head *nets,
						  struct list_head *kill)
{
	struct sitelink_tunnel *t;
	struct net *net;

	list_for_each_entry(net, nets, exit_list) {
		struct sitelink_net *sn = sitelink_net(net);

		sitelink_fallback_net_exit(sn, kill);
		list_for_each_entry(t, &sn->tunnels, list)
			unregister_netdevice_queue(t->dev, kill);
	}
}

static void __net_exit sitelink_devices_exit(struct net *net)
{
	struct sitelink_net *sn = sitelink_net(net);

	cancel_delayed_work_sync(&sn->mtu_work);
	WARN_ON_ONCE(!list_empty(&sn->tunnels));
	WARN_ON_ONCE(!list_empty(&sn->fallbacks));
	WARN_ON_ONCE(!list_empty(&sn->hooks));
}

static struct pernet_operations sitelink_devices_ops = {
	.init = sitelink_devices_init,
	.exit_batch_rtnl = sitelink_devices_exit_rtnl,
	.exit = sitelink_devices_exit,
};

/**
 * sitelink_kind_register() - register a tunnel kind with rtnetlink
 * @kind: the kind, its own fields set; must stay until unregistered
 *
 * Context: process, takes RTNL.
 * Return: 0, -EEXIST when another module owns the kind's name or a device has
 *	that of the fallback device, or -ENOMEM.
 */
int sitelink_kind_register(struct sitelink_kind *kind)
{
	int err;

	sitelink_link_ops_init(kind);
	err = rtnl_link_register(&kind->link_ops);
	if (err)
		return err;
	err = sitelink_fallback_add(kind);
	if (err)
		rtnl_link_unregister(&kind->link_ops);
	return err;
}
EXPORT_SYMBOL_GPL(sitelink_kind_register);

/**
 * sitelink_kind_unregister() - delete all tunnels of a kind, unregister it
 * @kind: the kind
 *
 * Context: process, takes RTNL, sleeps until no packet is in flight.
 */
void sitelink_kind_unregister(struct sitelink_kind *kind)
{
	sitelink_fallback_del(kind);
	rtnl_link_unregister(&kind->link_ops);
	/* configurations are freed by call_rcu(), and they name the kind */
	rcu_barrier();
}
EXPORT_SYMBOL_GPL(sitelink_kind_unregister);

static int __init sitelink_init(void)
{
	int err;

	err = register_pernet_subsys(&sitelink_net_ops);
	if (err)
		return err;
	err = register_pernet_device(&sitelink_devices_ops);
	if (err)
		goto err_net;
	err = sitelink_nl_init();
	if (err)
		goto err_devices;
	return 0;

err_devices:
	unregister_pernet_device(&sitelink_devices_ops);
err_net:
	unregister_pernet_subsys(&sitelink_net_ops);
	return err;
}

static void __exit sitelink_exit(void)
{
	sitelink_nl_exit();
	unregister_pernet_device(&sitelink_devices_ops);
	unregister_pernet_subsys(&sitelink_net_ops);
	rcu_barrier();
}

module_init(sitelink_init);
module_exit(sitelink_exit);
MODULE_DESCRIPTION("sitelink tunnel core");
MODULE_LICENSE("GPL");
MODULE_ALIAS_GENL_FAMILY(SITELINK_FAMILY_NAME);
