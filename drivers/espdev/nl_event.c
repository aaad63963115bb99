// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: what happens to engines, told everywhere, and to the engines
 * of SAs, told in the namespace of the device.
 */
#include "nl.h"

/* as &espdev_net.seq */
static atomic_t engines_seq = ATOMIC_INIT(1);

/**
 * espdev_nl_engines_seq() - what tells whether engines are still the same
 *
 * Context: any.
 * Return: a number for a dump.
 */
unsigned int espdev_nl_engines_seq(void)
{
	return atomic_read(&engines_seq);
}

/* A message of @cmd; NULL without memory. */
static struct sk_buff *begin(u8 cmd, void **hdr)
{
	struct sk_buff *skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);

	if (skb)
		*hdr = genlmsg_put(skb, 0, 0, &espdev_nl_family, 0, cmd);
	return skb;
}

/* Who listens in @net shall know that something was missed. */
static void lost(struct net *net)
{
	genl_set_err(&espdev_nl_family, net, 0, SITELINK_ESPDEV_NLGRP_MONITOR,
		     -ENOBUFS);
}

static void lost_everywhere(void)
{
	struct net *net;

	rcu_read_lock();
	for_each_net_rcu(net)
		lost(net);
	rcu_read_unlock();
}

/**
 * espdev_nl_engine() - tell of an engine
 * @e: engine
 * @cmd: what has happened to it, SITELINK_ESPDEV_CMD_ENGINE_*_NTF
 *
 * Context: process, the lock of engines held.
 */
void espdev_nl_engine(const struct espdev_engine *e, u8 cmd)
{
	struct sk_buff *skb;
	void *hdr;

	atomic_add(2, &engines_seq);
	skb = begin(cmd, &hdr);
	if (!skb || !hdr || espdev_nl_fill_engine(skb, e)) {
		nlmsg_free(skb);
		lost_everywhere();
		return;
	}
	genlmsg_end(skb, hdr);
	sitelink_multicast_allns(&espdev_nl_family, skb,
				 SITELINK_ESPDEV_NLGRP_MONITOR);
}

/**
 * espdev_nl_sa_engine() - tell of an SA that has another engine, or none
 * @sa: SA
 * @tfm: what works for it now, or NULL
 *
 * Context: process, the lock of engines held.
 */
void espdev_nl_sa_engine(const struct espdev_sa *sa,
			 const struct espdev_tfm *tfm)
{
	struct net *net = dev_net(sa->ed->dev);
	struct sk_buff *skb;
	void *hdr;

	if (READ_ONCE(sa->dead))
		return;
	espdev_nl_sas_changed(sa->ed);
	if (!genl_has_listeners(&espdev_nl_family, net,
				SITELINK_ESPDEV_NLGRP_MONITOR))
		return;
	skb = begin(SITELINK_ESPDEV_CMD_SA_ENGINE_NTF, &hdr);
	if (!skb || !hdr || espdev_nl_fill_sa(skb, sa) ||
	    espdev_nl_fill_tfm(skb, tfm)) {
		nlmsg_free(skb);
		lost(net);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&espdev_nl_family, net, skb, 0,
				SITELINK_ESPDEV_NLGRP_MONITOR, GFP_KERNEL);
}
