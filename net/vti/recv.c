// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving: packets of an SA that is the tunnel's go through the stack's
 * decryption with the tunnel's mark, and come out of the tunnel. Those of any
 * other SA between the same hosts pass on to whoever owns it.
 */
#include <linux/icmp.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/route.h>
#include <net/xfrm.h>

#include "vti.h"

/* The packet that this CPU has given to xfrm_input() and not got back. */
static DEFINE_PER_CPU(struct sk_buff *, vti_in_hand);

static struct vti_tunnel *tunnel_of(const struct sk_buff *skb)
{
	return container_of(XFRM_TUNNEL_SKB_CB(skb)->tunnel.ip4,
			    struct vti_tunnel, shim);
}

/*
 * A packet in decryption, which may be asynchronous, holds the tunnel's device
 * until vti_rcv_cb(). As its destructor, since not every end is told: when the
 * SA went meanwhile, xfrm_input() just drops the packet.
 */
static void vti_undecrypted(struct sk_buff *skb)
{
	struct vti_tunnel *vt = tunnel_of(skb);

	sitelink_count(&vt->t, RX_SA);
	dev_put(vt->t.dev);
}

/* As vti_undecrypted() does, between the two calls of vti_rcv_cb(). */
static void vti_decrypted(struct sk_buff *skb)
{
	dev_put(tunnel_of(skb)->t.dev);
}

static int vti_input(struct sk_buff *skb, int nexthdr, __be32 spi,
		     int encap_type)
{
	const struct sitelink_cfg *cfg;
	struct vti_tunnel *vt;
	__be32 id = spi, seq;
	struct sk_buff *outer;
	int ours, ret;

	cfg = sitelink_bare_lookup(&vti_kind, skb, ip_hdr(skb)->saddr,
				   ip_hdr(skb)->daddr);
	if (!cfg)
		return -EINVAL;
	if (!id && xfrm_parse_spi(skb, nexthdr, &id, &seq))
		return -EINVAL;
	ours = vti_claims(skb, cfg->p.mark_in, id, nexthdr);
	if (!ours)
		return -EINVAL;
	if (ours < 0) {
		sitelink_count(cfg->tun, RX_POLICY);
		kfree_skb(skb);
		return 0;
	}
	vt = container_of(cfg->tun, struct vti_tunnel, t);
	if (unlikely(be32_to_cpu(READ_ONCE(vt->shim.parms.i_key)) !=
		     cfg->p.mark_in))
		WRITE_ONCE(vt->shim.parms.i_key, cpu_to_be32(cfg->p.mark_in));
	XFRM_TUNNEL_SKB_CB(skb)->tunnel.ip4 = &vt->shim;
	dev_hold(vt->t.dev);
	skb_orphan(skb);
	skb->destructor = vti_undecrypted;

	outer = this_cpu_read(vti_in_hand);
	this_cpu_write(vti_in_hand, skb);
	ret = xfrm_input(skb, nexthdr, spi, encap_type);
	this_cpu_write(vti_in_hand, outer);
	return ret;
}

static int vti_rcv(struct sk_buff *skb)
{
	XFRM_SPI_SKB_CB(skb)->family = AF_INET;
	XFRM_SPI_SKB_CB(skb)->daddroff = offsetof(struct iphdr, daddr);
	return vti_input(skb, ip_hdr(skb)->protocol, 0, 0);
}

/* What IPComp left uncompressed; its SA's id is the source address. */
static int vti_rcv_ipip(struct sk_buff *skb)
{
	XFRM_SPI_SKB_CB(skb)->family = AF_INET;
	XFRM_SPI_SKB_CB(skb)->daddroff = offsetof(struct iphdr, daddr);
	return vti_input(skb, IPPROTO_IPIP, ip_hdr(skb)->saddr, 0);
}

/* The family of what an SA decrypted, AF_UNSPEC: neither. */
static u8 inner_family(const struct sk_buff *skb, struct xfrm_state *x)
{
	const struct xfrm_mode *inner = &x->inner_mode;

	if (x->sel.family == AF_UNSPEC)
		inner = xfrm_ip2inner_mode(x, XFRM_MODE_SKB_CB(skb)->protocol);
	return inner ? inner->family : AF_UNSPEC;
}

/*
 * Does the tunnel want a decrypted packet? Returns 1 when it is none of the
 * tunnel's: an SA without a mark whose traffic the tunnel's policies do not
 * want may serve others, who check it by theirs.
 */
static int accept(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	struct xfrm_state *x = xfrm_input_state(skb);
	u8 family = inner_family(skb, x);

	if (unlikely(family == AF_UNSPEC)) {
		XFRM_INC_STATS(dev_net(skb->dev),
			       LINUX_MIB_XFRMINSTATEMODEERROR);
		return -EINVAL;
	}
	if (!vti_inner_ok(skb, cfg->p.mark_in, family)) {
		if (!x->mark.m && cfg->p.mark_in)
			return 1;
		sitelink_count(cfg->tun, RX_POLICY);
		return -EPERM;
	}
	return 0;
}

/* An accepted packet comes out of the tunnel. */
static void emerge(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	struct sitelink_tunnel *t = cfg->tun;
	struct net_device *dev = t->dev;

	skb_scrub_packet(skb, !net_eq(t->net, dev_net(dev)));
	skb->dev = dev;
	if (cfg->p.clamp_mss)
		sitelink_clamp_mss(skb, t);
	dev_sw_netstats_rx_add(dev, skb->len);
}

/*
 * xfrm_input() in some kernels, 6.1 among them, balances its reference of
 * skb->dev after an asynchronous decryption on whatever device the packet has
 * by then: the tunnel's if we said so, and the link's is lost. So skb->dev
 * must stay until xfrm_input() has put it. An error says "drop", which puts it
 * and calls us back, then frees: a reference of ours makes the packet survive
 * that. The stack's queue goes on with it once xfrm_input() is done.
 */
static bool is_late(struct sk_buff *skb)
{
	return this_cpu_read(vti_in_hand) != skb &&
	       xfrm_input_state(skb)->outer_mode.flags & XFRM_MODE_FLAG_TUNNEL;
}

static int vti_late_finish(struct net *net, struct sock *sk,
			   struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;
	struct sitelink_tunnel *t = netdev_priv(dev);

	/* xfrm_input() on another CPU may be about to free its reference */
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (skb)
		gro_cells_receive(&t->gro_cells, skb);
	else
		sitelink_count(t, RX_NOMEM);
	dev_put(dev);
	return 0;
}

/* The device's reference goes on to vti_late_finish(). */
static void deliver_late(struct sk_buff *skb, const struct sitelink_cfg *cfg)
{
	struct net_device *dev = cfg->tun->dev;

	emerge(skb, cfg);
	if (xfrm_trans_queue_net(dev_net(dev), skb_get(skb),
				 vti_late_finish)) {
		dev_core_stats_rx_dropped_inc(dev);
		kfree_skb(skb);
		dev_put(dev);
	}
}

static void disown(struct sk_buff *skb)
{
	skb->destructor = NULL;
	XFRM_TUNNEL_SKB_CB(skb)->tunnel.ip4 = NULL;
}

/*
 * Decryption has ended. xfrm_input() comes back with an error when it does
 * not like what was said here; the tunnel is done with the packet by then,
 * unless it waits for just that.
 * Context: softirq, or with BH disabled.
 */
static int vti_rcv_cb(struct sk_buff *skb, int err)
{
	const struct sitelink_cfg *cfg;
	struct vti_tunnel *vt;
	int ret = 0;

	if (!XFRM_TUNNEL_SKB_CB(skb)->tunnel.ip4)
		return 1;
	vt = tunnel_of(skb);
	rcu_read_lock();
	cfg = rcu_dereference(vt->t.cfg);
	if (unlikely(skb->destructor == vti_decrypted) && cfg) {
		disown(skb);
		deliver_late(skb, cfg);
		goto out;
	}
	if (!cfg)
		ret = -ENODEV;
	else if (err)
		sitelink_count(&vt->t, RX_SA);
	else
		ret = accept(skb, cfg);
	if (!ret && !err) {
		if (unlikely(is_late(skb))) {
			skb->destructor = vti_decrypted;
			ret = -EINPROGRESS;
			goto out;
		}
		emerge(skb, cfg);
	}
	disown(skb);
	dev_put(vt->t.dev);
out:
	rcu_read_unlock();
	return ret;
}

/* An ICMP error about a packet of one of the tunnel's SAs. */
static int vti_err(struct sk_buff *skb, u32 info)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;
	const void *hdr = skb->data + iph->ihl * 4;
	struct net *net = dev_net(skb->dev);
	const struct sitelink_cfg *cfg;
	__be32 spi;

	cfg = sitelink_bare_lookup(&vti_kind, skb, iph->daddr, iph->saddr);
	if (!cfg)
		return -ENOENT;
	switch (iph->protocol) {
	case IPPROTO_ESP:
		spi = ((const struct ip_esp_hdr *)hdr)->spi;
		break;
	case IPPROTO_AH:
		spi = ((const struct ip_auth_hdr *)hdr)->spi;
		break;
	case IPPROTO_COMP:
		spi = htonl(ntohs(((const struct ip_comp_hdr *)hdr)->cpi));
		break;
	default:
		return -ENOENT;
	}
	if (!vti_owns_spi(net, cfg->p.mark_out, iph->daddr, spi, iph->protocol))
		return -ENOENT;
	switch (icmp_hdr(skb)->type) {
	case ICMP_DEST_UNREACH:
		if (icmp_hdr(skb)->code != ICMP_FRAG_NEEDED)
			break;
		sitelink_count(cfg->tun, RX_ICMP_PMTU);
		ipv4_update_pmtu(skb, net, info, 0, iph->protocol);
		break;
	case ICMP_REDIRECT:
		ipv4_redirect(skb, net, 0, iph->protocol);
		break;
	}
	return 0;
}

#define VTI_PROTOCOL {						\
	.handler = vti_rcv,					\
	.input_handler = vti_input,				\
	.cb_handler = vti_rcv_cb,				\
	.err_handler = vti_err,					\
	.priority = 100,	/* the in-tree one's */		\
}

static struct {
	u8 protocol;
	struct xfrm4_protocol handler;
} protocols[] = {
	{ IPPROTO_ESP, VTI_PROTOCOL },
	{ IPPROTO_AH, VTI_PROTOCOL },
	{ IPPROTO_COMP, VTI_PROTOCOL },
};

#if IS_ENABLED(CONFIG_INET_XFRM_TUNNEL)
#define VTI_IPIP {						\
	.handler = vti_rcv_ipip,				\
	.cb_handler = vti_rcv_cb,				\
	.err_handler = vti_err,					\
	.priority = 0,		/* the in-tree one's */		\
}

static struct {
	unsigned short family;
	struct xfrm_tunnel handler;
} tunnels[] = {
	{ AF_INET, VTI_IPIP },
#if IS_ENABLED(CONFIG_IPV6)
	{ AF_INET6, VTI_IPIP },
#endif
};

static void tunnels_exit(int n)
{
	while (n--)
		xfrm4_tunnel_deregister(&tunnels[n].handler, tunnels[n].family);
}

static int tunnels_init(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(tunnels); i++) {
		err = xfrm4_tunnel_register(&tunnels[i].handler,
					    tunnels[i].family);
		if (err) {
			tunnels_exit(i);
			return err;
		}
	}
	return 0;
}
#else
static int tunnels_init(void)
{
	return 0;
}
#endif

static void protocols_exit(int n)
{
	while (n--)
		xfrm4_protocol_deregister(&protocols[n].handler,
					  protocols[n].protocol);
}

/**
 * vti_recv_init() - receive ESP, AH and IPComp
 *
 * Context: process.
 * Return: 0, or -EEXIST when the in-tree ip_vti does.
 */
int vti_recv_init(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(protocols); i++) {
		err = xfrm4_protocol_register(&protocols[i].handler,
					      protocols[i].protocol);
		if (err)
			goto err_protocols;
	}
	err = tunnels_init();
	if (err)
		goto err_protocols;
	return 0;

err_protocols:
	protocols_exit(i);
	return err;
}

/**
 * vti_recv_exit() - undo vti_recv_init()
 *
 * Context: process; waits for packets in the handlers.
 */
void vti_recv_exit(void)
{
#if IS_ENABLED(CONFIG_INET_XFRM_TUNNEL)
	tunnels_exit(ARRAY_SIZE(tunnels));
#endif
	protocols_exit(ARRAY_SIZE(protocols));
}
