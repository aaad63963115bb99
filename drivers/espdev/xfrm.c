// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stack's offload callbacks.
 */
#include <linux/udp.h>

#include "espdev.h"

static struct espdev_sa *sa_of(const struct xfrm_state *x)
{
	return (struct espdev_sa *)READ_ONCE(x->xso.offload_handle);
}

/* Kernels before 6.12 do not even ask. */
static bool encap_ok(const struct xfrm_state *x)
{
	return !x->encap || (x->encap->encap_type == UDP_ENCAP_ESPINUDP &&
			     x->props.family == AF_INET);
}

static int state_add(struct xfrm_state *x, struct netlink_ext_ack *extack)
{
	struct net_device *dev = x->xso.dev;
	struct espdev *ed = netdev_priv(dev);
	struct espdev_sa *sa;

	/* a bond asks where nobody may sleep, and moves SAs between devices */
	if (x->xso.real_dev != dev)
		return -EOPNOTSUPP;
	if (x->xso.type != XFRM_DEV_OFFLOAD_CRYPTO ||
	    x->id.proto != IPPROTO_ESP || !encap_ok(x) || x->tfcpad ||
	    (x->props.mode != XFRM_MODE_TUNNEL &&
	     x->props.mode != XFRM_MODE_TRANSPORT))
		return -EOPNOTSUPP;
	mutex_lock(&ed->config);
	sa = espdev_sa_create(ed, x, extack);
	mutex_unlock(&ed->config);
	if (IS_ERR(sa)) {
		if (PTR_ERR(sa) == -EOPNOTSUPP)
			net_info_ratelimited("%s: SA %08x: no engine does %s, the stack will\n",
					     dev->name, ntohl(x->id.spi),
					     x->aead ? x->aead->alg_name :
					     x->ealg ? x->ealg->alg_name :
					     "it");
		return PTR_ERR(sa);
	}
	x->xso.offload_handle = (unsigned long)sa;
	/*
	 * The stack delivers what an offloaded SA has decrypted although no
	 * policy wants it so: for it the device would have checked. This one
	 * does not, and inbound nothing else looks at the type.
	 */
	if (sa->inbound)
		x->xso.type = XFRM_DEV_OFFLOAD_UNSPECIFIED;
	return 0;
}

SITELINK_XDO_STATE_ADD(xdo_state_add)
{
	return state_add(x, SITELINK_XDO_EXTACK);
}

static void state_delete(struct xfrm_state *x)
{
	struct espdev_sa *sa = sa_of(x);

	if (sa)
		espdev_sa_unhash(sa);
}

static void state_free(struct xfrm_state *x)
{
	struct espdev_sa *sa = sa_of(x);

	if (!sa)
		return;
	espdev_sa_unhash(sa);
	espdev_sa_forget(sa);
	WRITE_ONCE(x->xso.offload_handle, 0);
	espdev_sa_put(sa);
}

/**
 * espdev_release_states() - let go of states that nothing but memory is left of
 * @ed: device that is being unregistered
 *
 * A deleted state may live long: in the route that a socket keeps until it
 * sends again. Newer kernels take the device from it when that goes, and have it
 * in a list for that; with others, 6.1 among them, the device would wait. As long
 * as there is a reference nobody else frees it.
 *
 * Context: RTNL.
 */
void espdev_release_states(struct espdev *ed)
{
	struct xfrm_state *x;

	if (sitelink_xfrm_releases_devs())
		return;
	while ((x = espdev_sa_gone(ed))) {
		state_free(x);
		WRITE_ONCE(x->xso.dev, NULL);
		netdev_put(ed->dev, &x->xso.dev_tracker);
		xfrm_state_put(x);
	}
}

/* Numbers are read from the state when they are needed. */
static void advance_esn(struct xfrm_state *x)
{
}

const struct xfrmdev_ops espdev_xfrm_ops = {
	.xdo_dev_state_add = xdo_state_add,
	.xdo_dev_state_delete = state_delete,
	.xdo_dev_state_free = state_free,
	.xdo_dev_state_advance_esn = advance_esn,
};
