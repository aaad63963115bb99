// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: the family. The spec is
 * Documentation/netlink/specs/sitelink-espdev.yaml.
 */
#include <linux/module.h>
#include <net/netns/generic.h>

#include "nl.h"

/**
 * struct espdev_net - of a network namespace
 * @seq: another one whenever an SA came, went or got another engine; never 0
 */
struct espdev_net {
	atomic_t seq;
};

static unsigned int net_id __read_mostly;

/**
 * espdev_nl_sas_seq() - what tells whether SAs are still the same
 * @net: network namespace
 *
 * Context: any.
 * Return: a number for a dump.
 */
unsigned int espdev_nl_sas_seq(struct net *net)
{
	struct espdev_net *en = net_generic(net, net_id);

	return atomic_read(&en->seq);
}

/**
 * espdev_nl_sas_changed() - SAs are not what they were
 * @ed: their device
 *
 * A dump that is under way is not of one moment any more.
 *
 * Context: any.
 */
void espdev_nl_sas_changed(const struct espdev *ed)
{
	struct espdev_net *en = net_generic(dev_net(ed->dev), net_id);

	/* by two, to be odd: netlink takes 0 for none */
	atomic_add(2, &en->seq);
}

static __net_init int net_init(struct net *net)
{
	struct espdev_net *en = net_generic(net, net_id);

	atomic_set(&en->seq, 1);
	return 0;
}

static struct pernet_operations net_ops = {
	.init = net_init,
	.id = &net_id,
	.size = sizeof(struct espdev_net),
};

/* SPIs are in it, which `ip xfrm` shows to administrators only */
static const struct genl_multicast_group groups[] = {
	[SITELINK_ESPDEV_NLGRP_MONITOR] = {
		.name = SITELINK_ESPDEV_MCGRP_MONITOR,
		.flags = SITELINK_MCAST_NET_ADMIN,
	},
};

static struct genl_ops ops[ARRAY_SIZE(sitelink_espdev_nl_ops)] __ro_after_init;

struct genl_family espdev_nl_family __ro_after_init = {
	.name = SITELINK_ESPDEV_FAMILY_NAME,
	.version = SITELINK_ESPDEV_FAMILY_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = ops,
	.n_ops = ARRAY_SIZE(ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
};

/**
 * espdev_nl_dump() - put one thing into a dump
 * @skb: message to fill
 * @cb: the dump
 * @cmd: SITELINK_ESPDEV_CMD_*_GET
 * @fill: puts the thing's attributes; 0 or a negative error
 * @what: the thing
 *
 * Context: that of @fill.
 * Return: 0; -EMSGSIZE or what @fill returned, then nothing was put.
 */
int espdev_nl_dump(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd,
		   int (*fill)(struct sk_buff *skb, void *what), void *what)
{
	void *hdr;
	int err;

	hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			  &espdev_nl_family, NLM_F_MULTI, cmd);
	if (!hdr)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, hdr);
	err = fill(skb, what);
	if (err)
		genlmsg_cancel(skb, hdr);
	else
		genlmsg_end(skb, hdr);
	return err;
}

/**
 * espdev_nl_init() - register the family
 *
 * Return: 0 or a negative error.
 */
int __init espdev_nl_init(void)
{
	int i, err;

	/* the generator leaves the beginning of a dump out of genl_ops */
	memcpy(ops, sitelink_espdev_nl_ops, sizeof(ops));
	for (i = 0; i < ARRAY_SIZE(ops); i++)
		if (ops[i].cmd == SITELINK_ESPDEV_CMD_ENGINE_GET)
			ops[i].start = espdev_nl_engine_start;
	err = register_pernet_subsys(&net_ops);
	if (err)
		return err;
	err = genl_register_family(&espdev_nl_family);
	if (err)
		unregister_pernet_subsys(&net_ops);
	return err;
}

/**
 * espdev_nl_exit() - undo espdev_nl_init()
 */
void espdev_nl_exit(void)
{
	genl_unregister_family(&espdev_nl_family);
	unregister_pernet_subsys(&net_ops);
}
