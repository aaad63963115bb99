// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ioctl of `ip tunnel`, for kinds that have it in-tree. At the fallback
 * device it means the tunnel that struct ip_tunnel_parm describes, at any other
 * that one itself.
 */
#include <linux/if_tunnel.h>
#include <linux/uaccess.h>

#include "attrs.h"

/* What tells a tunnel from others. */
static int take_key(const struct sitelink_kind *kind,
		    const struct ip_tunnel_parm *parm,
		    struct sitelink_params *p)
{
	p->link = parm->link;
	p->local.v4 = parm->iph.saddr;
	p->remote.v4 = parm->iph.daddr;
	return kind->from_parm(parm, p);
}

static int take(const struct sitelink_kind *kind,
		const struct ip_tunnel_parm *parm, struct sitelink_params *p)
{
	const struct iphdr *iph = &parm->iph;

	if (iph->version != 4 || iph->ihl != 5 || parm->link < 0 ||
	    (iph->frag_off & htons(~IP_DF)) || take_key(kind, parm, p))
		return -EINVAL;
	p->ttl = iph->ttl;
	if (kind->attrs->tos)
		p->tos = iph->tos;
	/* in-tree a ttl of its own means DF: ICMP ends loops */
	p->pmtudisc = iph->ttl || iph->frag_off;
	if (p->pmtudisc)
		p->ignore_df = false;
	/* there is no word for it, and in-tree a change takes it away */
	p->fwmark = 0;
	return kind->check ? kind->check(p, NULL) : 0;
}

static void fill(const struct sitelink_tunnel *t, struct ip_tunnel_parm *parm)
{
	const struct sitelink_cfg *cfg = rtnl_dereference(t->cfg);
	const struct sitelink_params *p = &cfg->p;

	memset(parm, 0, sizeof(*parm));
	strscpy(parm->name, t->dev->name, sizeof(parm->name));
	parm->link = p->link;
	parm->iph.version = 4;
	parm->iph.ihl = 5;
	parm->iph.ttl = p->ttl;
	parm->iph.tos = cfg->kind->attrs->tos ? p->tos : 0;
	parm->iph.frag_off = p->pmtudisc ? htons(IP_DF) : 0;
	parm->iph.saddr = p->local.v4;
	parm->iph.daddr = p->remote.v4;
	cfg->kind->to_parm(p, parm);
}

/* Whom is a command meant for that came to @t? */
static struct sitelink_tunnel *addressee(struct sitelink_tunnel *t,
					 const struct ip_tunnel_parm *parm)
{
	const struct sitelink_kind *kind = rtnl_dereference(t->cfg)->kind;
	struct sitelink_params p = {};

	if (!t->fallback)
		return t;
	/* what is not the kind's own finds nobody */
	take_key(kind, parm, &p);
	return sitelink_tunnel_find(sitelink_net(t->net), kind, &p);
}

static int get(struct sitelink_tunnel *t, struct ip_tunnel_parm *parm)
{
	fill(addressee(t, parm) ?: t, parm);
	return 0;
}

static int add(struct sitelink_tunnel *t, struct ip_tunnel_parm *parm)
{
	const struct sitelink_kind *kind = rtnl_dereference(t->cfg)->kind;
	struct sitelink_params p;
	struct net_device *dev;
	int err;

	sitelink_twin_params(kind, &p);
	err = take(kind, parm, &p);
	if (err)
		return err;
	if (!parm->name[0])
		snprintf(parm->name, sizeof(parm->name), "%s%%d",
			 kind->link_ops.kind);
	if (!dev_valid_name(parm->name))
		return -E2BIG;
	dev = sitelink_new(t->net, kind, parm->name);
	if (!dev)
		return -ENOMEM;
	err = sitelink_create(dev, &p, NULL, NULL);
	if (err) {
		free_netdev(dev);
		return err;
	}
	fill(netdev_priv(dev), parm);
	return 0;
}

static int change(struct sitelink_tunnel *t, struct ip_tunnel_parm *parm)
{
	const struct sitelink_cfg *cfg;
	struct sitelink_params p;
	int err;

	t = addressee(t, parm);
	if (!t)
		return -ENOENT;
	cfg = rtnl_dereference(t->cfg);
	p = cfg->p;
	err = take(cfg->kind, parm, &p);
	if (err)
		return err;
	/* in-tree this one is settled at birth */
	p.mode = cfg->p.mode;
	err = sitelink_change_params(t, &p, false, NULL, NULL);
	if (err)
		return err;
	netdev_state_change(t->dev);
	fill(t, parm);
	return 0;
}

static int del(struct sitelink_tunnel *t, const struct ip_tunnel_parm *parm)
{
	t = addressee(t, parm);
	if (!t)
		return -ENOENT;
	if (t->fallback)
		return -EPERM;
	unregister_netdevice(t->dev);
	return 0;
}

static int command(struct sitelink_tunnel *t, struct ip_tunnel_parm *parm,
		   int cmd)
{
	switch (cmd) {
	case SIOCGETTUNNEL:
		return get(t, parm);
	case SIOCADDTUNNEL:
		return add(t, parm);
	case SIOCCHGTUNNEL:
		return change(t, parm);
	case SIOCDELTUNNEL:
		return del(t, parm);
	}
	return -EINVAL;
}

/**
 * sitelink_siocdevprivate() - ndo_siocdevprivate of kinds that carry packets
 * @dev: the tunnel
 * @ifr: unused
 * @data: struct ip_tunnel_parm
 * @cmd: SIOCGETTUNNEL, SIOCADDTUNNEL, SIOCCHGTUNNEL or SIOCDELTUNNEL
 *
 * Context: RTNL.
 * Return: 0; -EEXIST for a tunnel that is there, -ENOENT for one that is not,
 *	-EPERM without CAP_NET_ADMIN or to delete the fallback device, -E2BIG
 *	for an impossible name, -EINVAL, -EOPNOTSUPP, -EFAULT, -ENOMEM.
 */
int sitelink_siocdevprivate(struct net_device *dev, struct ifreq *ifr,
			    void __user *data, int cmd)
{
	struct sitelink_tunnel *t = netdev_priv(dev);
	struct ip_tunnel_parm parm;
	int err;

	if (!rtnl_dereference(t->cfg)->kind->from_parm)
		return -EOPNOTSUPP;
	if (cmd != SIOCGETTUNNEL &&
	    !ns_capable(t->net->user_ns, CAP_NET_ADMIN))
		return -EPERM;
	if (copy_from_user(&parm, data, sizeof(parm)))
		return -EFAULT;
	parm.name[sizeof(parm.name) - 1] = 0;
	err = command(t, &parm, cmd);
	if (!err && copy_to_user(data, &parm, sizeof(parm)))
		return -EFAULT;
	return err;
}
