// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: the family, reading and changing tunnels. The spec is
 * Documentation/netlink/specs/sitelink.yaml.
 */
#include <linux/module.h>

#include "attrs.h"
#include "nl.h"

/*
 * The tunnel that a request names. Context: RCU read side; with RTNL it stays
 * for as long as that is held.
 */
static struct sitelink_tunnel *find(struct genl_info *info)
{
	struct nlattr *index = info->attrs[SITELINK_A_TUNNEL_IFINDEX];
	struct nlattr *name = info->attrs[SITELINK_A_TUNNEL_IFNAME];
	struct net *net = genl_info_net(info);
	struct net_device *dev;

	if (!index == !name) {
		NL_SET_ERR_MSG(info->extack,
			       "name one tunnel, by either ifindex or ifname");
		return ERR_PTR(-EINVAL);
	}
	if (index)
		dev = dev_get_by_index_rcu(net, nla_get_u32(index));
	else
		dev = dev_get_by_name_rcu(net, nla_data(name));
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(info->extack, index ?: name,
				    "no device of this namespace is called so");
		return ERR_PTR(-ENODEV);
	}
	if (!sitelink_is_tunnel(dev)) {
		NL_SET_ERR_MSG_ATTR(info->extack, index ?: name,
				    "the device must be a tunnel of sitelink's");
		return ERR_PTR(-EOPNOTSUPP);
	}
	return netdev_priv(dev);
}

/**
 * sitelink_nl_tunnel_get_doit() - show a tunnel
 * @skb: the request
 * @info: its attributes
 *
 * Context: process.
 * Return: 0 or a negative error.
 */
int sitelink_nl_tunnel_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct sitelink_tunnel *t;
	struct sk_buff *msg;
	void *hdr;
	int err;

	msg = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &sitelink_nl_family, 0,
				SITELINK_CMD_TUNNEL_GET);
	rcu_read_lock();
	t = find(info);
	if (IS_ERR(t))
		err = PTR_ERR(t);
	else
		err = hdr ? sitelink_nl_fill(msg, t) : -EMSGSIZE;
	rcu_read_unlock();
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

/* One tunnel of a dump. Returns 0 or -EMSGSIZE. */
static int dump_one(struct sk_buff *skb, struct netlink_callback *cb,
		    const struct sitelink_tunnel *t)
{
	void *hdr;
	int err;

	hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			  &sitelink_nl_family, NLM_F_MULTI,
			  SITELINK_CMD_TUNNEL_GET);
	if (!hdr)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, hdr);
	err = sitelink_nl_fill(skb, t);
	if (!err) {
		genlmsg_end(skb, hdr);
		return 0;
	}
	genlmsg_cancel(skb, hdr);
	return err == -ENODEV ? 0 : err;
}

/**
 * sitelink_nl_tunnel_get_dumpit() - show all tunnels of a namespace
 * @skb: message to fill
 * @cb: the dump; args[0]: how many tunnels it has shown
 *
 * Context: process.
 * Return: length of @skb, or a negative error.
 */
int sitelink_nl_tunnel_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb)
{
	struct net *net = sock_net(skb->sk);
	const struct sitelink_net *sn = sitelink_net(net);
	struct net_device *dev;
	long n = 0;
	int err = 0;

	if (nlmsg_attrlen(cb->nlh, GENL_HDRLEN)) {
		NL_SET_ERR_MSG(cb->extack, "a dump takes no attributes");
		return -EINVAL;
	}
	cb->seq = READ_ONCE(sn->generation);
	rcu_read_lock();
	for_each_netdev_rcu(net, dev) {
		if (!sitelink_is_tunnel(dev) || n++ < cb->args[0])
			continue;
		err = dump_one(skb, cb, netdev_priv(dev));
		if (err)
			break;
		cb->args[0] = n;
	}
	rcu_read_unlock();
	/* what came or went meanwhile shows in the next or last message */
	cb->seq = READ_ONCE(sn->generation);
	return skb->len ?: err;
}

/* Where generic netlink's attributes are among the kind's own. */
static const struct {
	u16 attr;
	u16 number;
	u8 family;
	const char *msg;
} own[] = {
	{ SITELINK_A_TUNNEL_LOCAL, offsetof(struct sitelink_attrs, local),
	  AF_INET, "local: of this kind it is an IPv6 address, in local6" },
	{ SITELINK_A_TUNNEL_REMOTE, offsetof(struct sitelink_attrs, remote),
	  AF_INET, "remote: of this kind it is an IPv6 address, in remote6" },
	{ SITELINK_A_TUNNEL_LOCAL6, offsetof(struct sitelink_attrs, local),
	  AF_INET6, "local6: of this kind it is an IPv4 address, in local" },
	{ SITELINK_A_TUNNEL_REMOTE6, offsetof(struct sitelink_attrs, remote),
	  AF_INET6, "remote6: of this kind it is an IPv4 address, in remote" },
	{ SITELINK_A_TUNNEL_TUNNEL_ID, offsetof(struct sitelink_attrs, id),
	  AF_UNSPEC, "tunnel-id: only eoip and eoip6 have one" },
	{ SITELINK_A_TUNNEL_TTL, offsetof(struct sitelink_attrs, ttl),
	  AF_UNSPEC, "ttl: this kind has none" },
};

/* Make of the request what the kind's parser knows from rtnetlink. */
static int own_attrs(const struct sitelink_kind *kind,
		     const struct genl_info *info, struct nlattr *data[])
{
	struct nlattr *a;
	int i, number;

	for (i = 0; i < ARRAY_SIZE(own); i++) {
		a = info->attrs[own[i].attr];
		if (!a)
			continue;
		number = kind->attrs ?
			 ((const u8 *)kind->attrs)[own[i].number] : 0;
		if (!number ||
		    (own[i].family && own[i].family != kind->family))
			return sitelink_reject(info->extack, a, own[i].msg);
		data[number] = a;
	}
	return 0;
}

static int set(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *data[IFLA_SITELINK + 1] = {};
	struct sitelink_tunnel *t;
	int err;

	rcu_read_lock();
	t = find(info);
	rcu_read_unlock();
	if (IS_ERR(t))
		return PTR_ERR(t);
	err = own_attrs(rtnl_dereference(t->cfg)->kind, info, data);
	if (err)
		return err;
	data[IFLA_SITELINK] = info->attrs[SITELINK_A_TUNNEL_PROPERTIES];
	return sitelink_change(t, data, info->attrs[SITELINK_A_TUNNEL_MTU],
			       skb, info->extack);
}

/**
 * sitelink_nl_tunnel_set_doit() - change a tunnel
 * @skb: the request
 * @info: its attributes
 *
 * Context: process, takes RTNL.
 * Return: 0 or a negative error.
 */
int sitelink_nl_tunnel_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	int err;

	rtnl_lock();
	err = set(skb, info);
	rtnl_unlock();
	return err;
}

static const struct genl_multicast_group groups[] = {
	[SITELINK_NLGRP_MONITOR] = { .name = SITELINK_MCGRP_MONITOR },
};

struct genl_family sitelink_nl_family __ro_after_init = {
	.name = SITELINK_FAMILY_NAME,
	.version = SITELINK_FAMILY_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = sitelink_nl_ops,
	.n_ops = ARRAY_SIZE(sitelink_nl_ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
};

/**
 * sitelink_nl_init() - register the family and what its events come from
 *
 * Return: 0 or a negative error.
 */
int __init sitelink_nl_init(void)
{
	int err;

	err = genl_register_family(&sitelink_nl_family);
	if (err)
		return err;
	err = register_netdevice_notifier(&sitelink_nl_notifier);
	if (err)
		genl_unregister_family(&sitelink_nl_family);
	return err;
}

/**
 * sitelink_nl_exit() - undo sitelink_nl_init()
 */
void sitelink_nl_exit(void)
{
	unregister_netdevice_notifier(&sitelink_nl_notifier);
	genl_unregister_family(&sitelink_nl_family);
}
