// SPDX-License-Identifier: GPL-2.0-only
/*
 * IPsec policy on received packets, asked once per flow instead of twice per
 * packet: each check walks the policy database, and with those of a bulk
 * transfer vti would cost more than an xfrm interface, which has none here.
 *
 * An answer holds for what it depends on: namespace, mark, SA and flow; until
 * any SA or policy changes, and for a second at most, so that the use times of
 * policies stay right. Only a yes is kept. Per CPU, without a lock.
 */
#include <linux/jiffies.h>
#include <linux/percpu.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/xfrm.h>

#include "inner.h"
#include "vti.h"

/* What an answer depends on, compared as words: no holes. */
union vti_verdict {
	struct {
		u64 netns;
		unsigned long second;
		const void *sa;
		struct in6_addr saddr;
		struct in6_addr daddr;
		u32 generation;
		u32 mark;
		u32 skb_mark;
		u32 ports;
		int ifindex;
		u8 protocol;
		u8 family;
		u16 outer;
	};
	u64 word[10];
};

static_assert(sizeof(union vti_verdict) == 10 * sizeof(u64));

#define VTI_VERDICTS	16

struct vti_verdicts {
	union vti_verdict kept[VTI_VERDICTS];
};

static DEFINE_PER_CPU(struct vti_verdicts, verdicts);

/* changes with every SA and policy, in any namespace */
static atomic_t generation = ATOMIC_INIT(1);

/* Context: BH disabled. */
static union vti_verdict *slot(const union vti_verdict *v)
{
	u32 hash = v->ports ^ (__force u32)(v->saddr.s6_addr32[3] ^
					    v->saddr.s6_addr32[0]);

	hash ^= hash >> 16;
	hash ^= hash >> 8;
	return this_cpu_ptr(&verdicts.kept[(hash ^ hash >> 4) %
					   VTI_VERDICTS]);
}

static bool is_kept(const union vti_verdict *v)
{
	const union vti_verdict *kept = slot(v);
	u64 differs = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(v->word); i++)
		differs |= v->word[i] ^ kept->word[i];
	return !differs;
}

static void init(union vti_verdict *v, const struct sk_buff *skb, u32 mark)
{
	memset(v, 0, sizeof(*v));
	v->netns = dev_net(skb->dev)->net_cookie;
	v->second = jiffies / HZ;
	v->generation = atomic_read(&generation);
	v->mark = mark;
	v->skb_mark = skb->mark;
	v->ifindex = skb->dev->ifindex;
}

/* The policy looks at what NAT made of a flow, and a device can have none. */
static bool may_keep(const struct sk_buff *skb)
{
#if IS_ENABLED(CONFIG_NF_CONNTRACK)
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	if (ct && (ct->status & IPS_NAT_MASK))
		return false;
#endif
	return !skb_dst(skb) || !(skb_dst(skb)->flags & DST_NOPOLICY);
}

/*
 * Is the SA the tunnel's? One with a mark has the tunnel's, or it had not been
 * found. IKE daemons often mark the policies only: then tunnel mode is ours,
 * unless an xfrm interface has it.
 */
static bool owns(const struct xfrm_state *x)
{
	return x->mark.m || (x->props.mode == XFRM_MODE_TUNNEL && !x->if_id);
}

/**
 * vti_owns_spi() - is an SA a tunnel's?
 * @net: underlay namespace
 * @mark: mark of the tunnel's SAs in this direction
 * @daddr: destination in the outer header
 * @spi: the SA's SPI or CPI
 * @protocol: IPPROTO_ESP, _AH, _COMP or _IPIP
 *
 * Context: softirq.
 * Return: true when it exists and is.
 */
bool vti_owns_spi(struct net *net, u32 mark, __be32 daddr, __be32 spi,
		  u8 protocol)
{
	struct xfrm_state *x;
	bool ours;

	x = xfrm_state_lookup(net, mark, (const xfrm_address_t *)&daddr, spi,
			      protocol, AF_INET);
	if (!x)
		return false;
	ours = owns(x);
	xfrm_state_put(x);
	return ours;
}

/**
 * vti_claims() - does a tunnel receive an outer packet?
 * @skb: outer packet; not consumed
 * @mark: the tunnel's mark_in
 * @spi: the packet's SPI or CPI
 * @protocol: its protocol
 *
 * Context: softirq, RCU read side.
 * Return: 1 when it does, 0 when the SA is none of the tunnel's, -EPERM when
 *	the inbound policy forbids the outer packet.
 */
int vti_claims(struct sk_buff *skb, u32 mark, __be32 spi, u8 protocol)
{
	const struct iphdr *iph = ip_hdr(skb);
	union vti_verdict v;

	init(&v, skb, mark);
	v.outer = true;
	v.family = AF_INET;
	v.protocol = protocol;
	v.saddr.s6_addr32[0] = iph->saddr;
	v.daddr.s6_addr32[0] = iph->daddr;
	v.ports = (__force u32)spi;
	if (likely(!secpath_exists(skb)) && likely(is_kept(&v)))
		return 1;

	if (!vti_owns_spi(dev_net(skb->dev), mark, iph->daddr, spi, protocol))
		return 0;
	if (!xfrm4_policy_check(NULL, XFRM_POLICY_IN, skb))
		return -EPERM;
	if (!secpath_exists(skb) && may_keep(skb))
		*slot(&v) = v;
	return 1;
}

/* The flow as policies see it; false when it takes more than a glance. */
static bool glance(union vti_verdict *v, struct sk_buff *skb, u8 family)
{
	unsigned int hlen;

	if (family == AF_INET) {
		const struct iphdr *iph;

		if (!pskb_may_pull(skb, sizeof(*iph) + sizeof(v->ports)))
			return false;
		iph = (const struct iphdr *)skb->data;
		if (iph->ihl != 5 || ip_is_fragment(iph))
			return false;
		v->protocol = iph->protocol;
		v->saddr.s6_addr32[0] = iph->saddr;
		v->daddr.s6_addr32[0] = iph->daddr;
		hlen = sizeof(*iph);
	} else {
		const struct ipv6hdr *ip6h;

		if (!pskb_may_pull(skb, sizeof(*ip6h) + sizeof(v->ports)))
			return false;
		ip6h = (const struct ipv6hdr *)skb->data;
		v->protocol = ip6h->nexthdr;
		v->saddr = ip6h->saddr;
		v->daddr = ip6h->daddr;
		hlen = sizeof(*ip6h);
	}
	if (v->protocol != IPPROTO_TCP && v->protocol != IPPROTO_UDP)
		return false;
	memcpy(&v->ports, skb->data + hlen, sizeof(v->ports));
	v->family = family;
	return true;
}

static bool check(struct sk_buff *skb, u32 mark, u8 family)
{
	u32 old = skb->mark;
	bool ok;

	skb->mark = mark;
	ok = xfrm_policy_check(NULL, XFRM_POLICY_IN, skb, family);
	skb->mark = old;
	return ok;
}

/**
 * vti_inner_ok() - does the inbound policy want a decrypted packet?
 * @skb: inner packet, the SA in its secpath, skb->data at its header
 * @mark: the tunnel's mark_in
 * @family: the packet's family
 *
 * Context: BH disabled, RCU read side.
 * Return: true when it does.
 */
bool vti_inner_ok(struct sk_buff *skb, u32 mark, u8 family)
{
	union vti_verdict v;

	init(&v, skb, mark);
	v.sa = xfrm_input_state(skb);
	/* of nested SAs the others count, too */
	if (skb_sec_path(skb)->len != 1 || !glance(&v, skb, family))
		return check(skb, mark, family);
	if (likely(is_kept(&v)))
		return true;
	if (!check(skb, mark, family))
		return false;
	if (may_keep(skb))
		*slot(&v) = v;
	return true;
}

static int sa_changed(struct xfrm_state *x, const struct km_event *c)
{
	/* sequence numbers are not what answers depend on */
	if (c->event != XFRM_MSG_NEWAE)
		atomic_inc(&generation);
	return 0;
}

static int policy_changed(struct xfrm_policy *pol, int dir,
			  const struct km_event *c)
{
	atomic_inc(&generation);
	return 0;
}

/* We only listen: others are to be asked for SAs and policies of sockets. */
static int no_acquire(struct xfrm_state *x, struct xfrm_tmpl *t,
		      struct xfrm_policy *pol)
{
	return -EINVAL;
}

static struct xfrm_policy *no_policy(struct sock *sk, int opt, u8 *data,
				     int len, int *dir)
{
	return NULL;
}

static struct xfrm_mgr listener = {
	.notify = sa_changed,
	.notify_policy = policy_changed,
	.acquire = no_acquire,
	.compile_policy = no_policy,
};

/**
 * vti_policy_init() - hear of changes
 *
 * Context: process.
 */
void vti_policy_init(void)
{
	xfrm_register_km(&listener);
}

/**
 * vti_policy_exit() - undo vti_policy_init()
 *
 * Context: process; waits for callbacks in progress.
 */
void vti_policy_exit(void)
{
	xfrm_unregister_km(&listener);
}
