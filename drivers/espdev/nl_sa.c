// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: the SAs that are offloaded. Nothing here knows a key.
 */
#include "nl.h"

static size_t addr_len(const struct espdev_sa *sa)
{
	return sa->family == AF_INET ? sizeof(struct in_addr) :
				       sizeof(struct in6_addr);
}

/**
 * espdev_nl_fill_sa() - put which SA it is
 * @skb: netlink message
 * @sa: SA, held
 *
 * Context: any; the device stays.
 * Return: 0 or -EMSGSIZE.
 */
int espdev_nl_fill_sa(struct sk_buff *skb, const struct espdev_sa *sa)
{
	const struct net_device *dev = sa->ed->dev;
	char name[IFNAMSIZ];

	/* the device may be given another name meanwhile */
	strscpy(name, dev->name, sizeof(name));
	if (nla_put_u32(skb, SITELINK_ESPDEV_A_SA_IFINDEX, dev->ifindex) ||
	    nla_put_u32(skb, SITELINK_ESPDEV_A_SA_DIRECTION,
			sa->inbound ? SITELINK_ESPDEV_DIRECTION_IN :
				      SITELINK_ESPDEV_DIRECTION_OUT) ||
	    nla_put_be32(skb, SITELINK_ESPDEV_A_SA_SPI, sa->spi) ||
	    nla_put(skb, SITELINK_ESPDEV_A_SA_DESTINATION, addr_len(sa),
		    &sa->daddr) ||
	    nla_put_string(skb, SITELINK_ESPDEV_A_SA_IFNAME, name) ||
	    nla_put_u32(skb, SITELINK_ESPDEV_A_SA_FAMILY, sa->family))
		return -EMSGSIZE;
	return 0;
}

/**
 * espdev_nl_fill_tfm() - put who works for an SA
 * @skb: netlink message
 * @tfm: transform, held, or NULL
 *
 * Context: any.
 * Return: 0 or -EMSGSIZE.
 */
int espdev_nl_fill_tfm(struct sk_buff *skb, const struct espdev_tfm *tfm)
{
	if ((tfm && nla_put_string(skb, SITELINK_ESPDEV_A_SA_ENGINE,
				   tfm->engine->name)) ||
	    nla_put_u8(skb, SITELINK_ESPDEV_A_SA_HW_AEAD, tfm && tfm->hw_aead))
		return -EMSGSIZE;
	return 0;
}

static const u8 drop_attrs[ESPDEV_DROP_NUM] = {
	[ESPDEV_DROP_MALFORMED] = SITELINK_ESPDEV_A_DROPS_MALFORMED,
	[ESPDEV_DROP_NOMEM] = SITELINK_ESPDEV_A_DROPS_NO_MEMORY,
	[ESPDEV_DROP_FULL] = SITELINK_ESPDEV_A_DROPS_FULL,
	[ESPDEV_DROP_ENGINE] = SITELINK_ESPDEV_A_DROPS_ENGINE,
	[ESPDEV_DROP_BAD_ICV] = SITELINK_ESPDEV_A_DROPS_BAD_ICV,
	[ESPDEV_DROP_POLICY] = SITELINK_ESPDEV_A_DROPS_POLICY,
};

static int fill_drops(struct sk_buff *skb, const struct espdev_sa *sa)
{
	struct nlattr *nest = nla_nest_start(skb, SITELINK_ESPDEV_A_SA_DROPS);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < ESPDEV_DROP_NUM; i++)
		if (nla_put_u64_64bit(skb, drop_attrs[i],
				      atomic_long_read(&sa->drops[i]),
				      SITELINK_ESPDEV_A_DROPS_PAD))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* What the state knows. */
static int fill_state(struct sk_buff *skb, const struct espdev_sa *sa,
		      struct xfrm_state *x)
{
	char name[ESPDEV_ALG_LEN];
	u64 packets, bytes;
	u32 mode = x->props.mode == XFRM_MODE_TUNNEL ?
		   SITELINK_ESPDEV_MODE_TUNNEL : SITELINK_ESPDEV_MODE_TRANSPORT;

	spin_lock_bh(&x->lock);
	packets = x->curlft.packets;
	bytes = x->curlft.bytes;
	spin_unlock_bh(&x->lock);
	/* the crypto API's name for numbers that are extended is no other */
	if (espdev_alg_name(x, false, name) ||
	    nla_put(skb, SITELINK_ESPDEV_A_SA_SOURCE, addr_len(sa),
		    &x->props.saddr) ||
	    nla_put_u32(skb, SITELINK_ESPDEV_A_SA_MODE, mode) ||
	    nla_put_string(skb, SITELINK_ESPDEV_A_SA_ALGORITHM, name) ||
	    nla_put_u64_64bit(skb, SITELINK_ESPDEV_A_SA_PACKETS, packets,
			      SITELINK_ESPDEV_A_SA_PAD) ||
	    nla_put_u64_64bit(skb, SITELINK_ESPDEV_A_SA_BYTES, bytes,
			      SITELINK_ESPDEV_A_SA_PAD))
		return -EMSGSIZE;
	return 0;
}

/* All of an SA; RCU read side, it is held. -ESRCH: it has just been deleted. */
static int fill(struct sk_buff *skb, void *what)
{
	struct espdev_sa *sa = what;
	struct xfrm_state *x = espdev_sa_state(sa);
	struct espdev_tfm *tfm;
	int err;

	if (!x)
		return -ESRCH;
	tfm = espdev_tfm_get(sa);
	err = espdev_nl_fill_sa(skb, sa) ?: fill_state(skb, sa, x) ?:
	      nla_put_u8(skb, SITELINK_ESPDEV_A_SA_ESN, sa->esn) ?:
	      espdev_nl_fill_tfm(skb, tfm) ?:
	      nla_put_u32(skb, SITELINK_ESPDEV_A_SA_IN_FLIGHT,
			  atomic_read(&sa->pending)) ?:
	      fill_drops(skb, sa);
	if (tfm)
		espdev_tfm_put(tfm);
	xfrm_state_put(x);
	return err;
}

/* The espdev of a request. Context: RCU read side. */
static struct espdev *find_dev(struct net *net, const struct nlattr *index,
			       struct netlink_ext_ack *extack)
{
	struct net_device *dev = dev_get_by_index_rcu(net, nla_get_u32(index));

	if (!dev) {
		NL_SET_ERR_MSG_ATTR(extack, index,
				    "ifindex: no device of this namespace has that");
		return ERR_PTR(-ENODEV);
	}
	if (!espdev_is(dev)) {
		NL_SET_ERR_MSG_ATTR(extack, index,
				    "ifindex: the device must be an espdev");
		return ERR_PTR(-EOPNOTSUPP);
	}
	return netdev_priv(dev);
}

/* The SA of a request, held. Context: RCU read side. */
static struct espdev_sa *find(struct genl_info *info)
{
	struct nlattr *index = info->attrs[SITELINK_ESPDEV_A_SA_IFINDEX];
	struct nlattr *dir = info->attrs[SITELINK_ESPDEV_A_SA_DIRECTION];
	struct nlattr *spi = info->attrs[SITELINK_ESPDEV_A_SA_SPI];
	struct nlattr *dst = info->attrs[SITELINK_ESPDEV_A_SA_DESTINATION];
	struct espdev_sa *sa;
	struct espdev *ed;
	u8 family;

	if (!index || !dir || !spi || !dst) {
		NL_SET_ERR_MSG(info->extack,
			       "name an SA by ifindex, direction, spi and destination");
		return ERR_PTR(-EINVAL);
	}
	if (nla_len(dst) == sizeof(struct in_addr)) {
		family = AF_INET;
	} else if (nla_len(dst) == sizeof(struct in6_addr)) {
		family = AF_INET6;
	} else {
		NL_SET_ERR_MSG_ATTR(info->extack, dst,
				    "destination: 4 octets for IPv4, 16 for IPv6");
		return ERR_PTR(-EINVAL);
	}
	ed = find_dev(genl_info_net(info), index, info->extack);
	if (IS_ERR(ed))
		return ERR_CAST(ed);
	sa = espdev_sa_find(ed, nla_get_u32(dir) ==
				SITELINK_ESPDEV_DIRECTION_IN,
			    nla_get_be32(spi), nla_data(dst), family);
	if (!sa) {
		NL_SET_ERR_MSG(info->extack,
			       "the device has no such SA offloaded");
		return ERR_PTR(-ESRCH);
	}
	return sa;
}

/**
 * sitelink_espdev_nl_sa_get_doit() - show an SA
 * @skb: the request
 * @info: its attributes
 *
 * Context: process.
 * Return: 0 or a negative error.
 */
int sitelink_espdev_nl_sa_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct espdev_sa *sa;
	struct sk_buff *msg;
	void *hdr;
	int err;

	msg = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &espdev_nl_family, 0,
				SITELINK_ESPDEV_CMD_SA_GET);
	rcu_read_lock();
	sa = find(info);
	if (IS_ERR(sa)) {
		err = PTR_ERR(sa);
	} else {
		err = hdr ? fill(msg, sa) : -EMSGSIZE;
		espdev_sa_put(sa);
	}
	rcu_read_unlock();
	if (err == -ESRCH && !IS_ERR(sa))
		NL_SET_ERR_MSG(info->extack, "the SA is being deleted");
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

/* Is the request for a dump what it should be? Context: RCU read side. */
static int check_dump(struct net *net, struct netlink_callback *cb)
{
	struct nlattr **attrs = sitelink_dump_attrs(cb);
	struct nlattr *index = attrs[SITELINK_ESPDEV_A_SA_IFINDEX];

	if (attrs[SITELINK_ESPDEV_A_SA_DIRECTION] ||
	    attrs[SITELINK_ESPDEV_A_SA_SPI] ||
	    attrs[SITELINK_ESPDEV_A_SA_DESTINATION]) {
		NL_SET_ERR_MSG(cb->extack,
			       "a dump takes no attribute but ifindex");
		return -EINVAL;
	}
	return index ? PTR_ERR_OR_ZERO(find_dev(net, index, cb->extack)) : 0;
}

/* The SAs of a device; @n are behind us. Context: RCU read side. */
static int dump_dev(struct sk_buff *skb, struct netlink_callback *cb,
		    struct espdev *ed, long *n)
{
	struct espdev_sa *sa;
	int bucket, err;

	hash_for_each_rcu(ed->sas, bucket, sa, node) {
		if ((*n)++ < cb->args[0])
			continue;
		if (!refcount_inc_not_zero(&sa->refs))
			continue;
		err = espdev_nl_dump(skb, cb, SITELINK_ESPDEV_CMD_SA_GET, fill,
				     sa);
		espdev_sa_put(sa);
		if (err && err != -ESRCH)
			return err;
		cb->args[0] = *n;
	}
	return 0;
}

/**
 * sitelink_espdev_nl_sa_get_dumpit() - show all SAs of a namespace or a device
 * @skb: message to fill
 * @cb: the dump; args[0]: how many SAs it has shown; args[1]: it has begun, and
 *	its device may go
 *
 * Context: process.
 * Return: length of @skb, or a negative error.
 */
int sitelink_espdev_nl_sa_get_dumpit(struct sk_buff *skb,
				     struct netlink_callback *cb)
{
	const struct nlattr *index =
		sitelink_dump_attrs(cb)[SITELINK_ESPDEV_A_SA_IFINDEX];
	struct net *net = sock_net(skb->sk);
	struct net_device *dev;
	int err = 0;
	long n = 0;

	cb->seq = espdev_nl_sas_seq(net);
	rcu_read_lock();
	if (!cb->args[1])
		err = check_dump(net, cb);
	cb->args[1] = 1;
	for_each_netdev_rcu(net, dev) {
		if (err)
			break;
		if (espdev_is(dev) &&
		    (!index || dev->ifindex == nla_get_u32(index)))
			err = dump_dev(skb, cb, netdev_priv(dev), &n);
	}
	rcu_read_unlock();
	/* what came or went meanwhile shows in the next or last message */
	cb->seq = espdev_nl_sas_seq(net);
	return skb->len ?: err;
}
