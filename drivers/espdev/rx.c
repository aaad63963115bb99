// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving: ESP for an SA of ours is decrypted before the stack sees it, all
 * else comes in by the device as it is.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/esp.h>

#include "espdev.h"

/**
 * struct found - an ESP header that may be for us
 * @daddr: the packet's destination
 * @spi: SPI
 * @off: of the ESP header from the network header
 * @udp_len: of a UDP header before it
 * @dport: in that
 * @family: AF_INET or AF_INET6
 */
struct found {
	const void *daddr;
	__be32 spi;
	unsigned int off;
	u8 udp_len;
	__be16 dport;
	u8 family;
};

static bool find_ipv4(const struct espdev *ed, struct sk_buff *skb,
		      struct found *f)
{
	const struct ip_esp_hdr *esph;
	const struct iphdr *iph;
	struct ip_esp_hdr buf;

	if (!pskb_may_pull(skb, sizeof(*iph) + sizeof(*esph)))
		return false;
	iph = (const struct iphdr *)skb->data;
	if (iph->version != 4 || iph->ihl != 5 || iph->frag_off & ~htons(IP_DF))
		return false;
	f->udp_len = 0;
	if (iph->protocol == IPPROTO_ESP) {
		esph = (const struct ip_esp_hdr *)(iph + 1);
	} else if (iph->protocol == IPPROTO_UDP && atomic_read(&ed->udp_sas)) {
		esph = espdev_in_udp(skb, sizeof(*iph), &f->dport, &buf);
		if (!esph)
			return false;
		f->udp_len = sizeof(struct udphdr);
	} else {
		return false;
	}
	f->spi = esph->spi;
	f->off = sizeof(*iph) + f->udp_len;
	f->daddr = &iph->daddr;
	f->family = AF_INET;
	return true;
}

static bool find_ipv6(struct sk_buff *skb, struct found *f)
{
	const struct ipv6hdr *ip6h;

	if (!pskb_may_pull(skb, sizeof(*ip6h) + sizeof(struct ip_esp_hdr)))
		return false;
	ip6h = (const struct ipv6hdr *)skb->data;
	if (ip6h->version != 6 || ip6h->nexthdr != IPPROTO_ESP)
		return false;
	f->spi = ((const struct ip_esp_hdr *)(ip6h + 1))->spi;
	f->off = sizeof(*ip6h);
	f->udp_len = 0;
	f->daddr = &ip6h->daddr;
	f->family = AF_INET6;
	return true;
}

/* The SA whose packet this is, with a reference. Fragments, options and
 * extension headers are the stack's.
 */
static struct espdev_sa *find(struct espdev *ed, struct sk_buff *skb,
			      struct found *f)
{
	struct espdev_sa *sa;

	if (skb->protocol == htons(ETH_P_IP) ? !find_ipv4(ed, skb, f) :
	    skb->protocol != htons(ETH_P_IPV6) || !find_ipv6(skb, f))
		return NULL;
	sa = espdev_sa_find(ed, true, f->spi, f->daddr, f->family);
	if (sa && unlikely(sa->udp_len != f->udp_len ||
			   (f->udp_len && sa->udp_dport != f->dport))) {
		espdev_sa_put(sa);
		return NULL;
	}
	return sa;
}

/* As ip_rcv() and ip6_rcv() do it: the header right, padding cut off. */
static bool ip_valid(struct sk_buff *skb, u8 family)
{
	unsigned int len;

	if (family == AF_INET) {
		const struct iphdr *iph = (const struct iphdr *)skb->data;

		len = ntohs(iph->tot_len);
		if (ip_fast_csum((const u8 *)iph, iph->ihl))
			return false;
	} else {
		len = ntohs(((const struct ipv6hdr *)skb->data)->payload_len) +
		      sizeof(struct ipv6hdr);
	}
	return len <= skb->len && !pskb_trim_rcsum(skb, len);
}

/* The text: a whole number of blocks that ends in pad length and protocol. */
static bool long_enough(const struct espdev_sa *sa, const struct sk_buff *skb,
			unsigned int off)
{
	return skb->len >= off + sizeof(struct ip_esp_hdr) + sa->iv_len + 4 +
			   sa->icv_len;
}

static bool set_secpath(struct sk_buff *skb, struct espdev_sa *sa)
{
	struct xfrm_state *x = sa->x;
	struct xfrm_offload *xo;
	struct sec_path *sp;

	if (READ_ONCE(sa->dead))
		return false;
	sp = secpath_set(skb);
	if (!sp || sp->len == XFRM_MAX_DEPTH ||
	    sp->olen == XFRM_MAX_OFFLOAD_DEPTH)
		return false;
	if (!refcount_inc_not_zero(&x->refcnt))
		return false;
	sp->xvec[sp->len++] = x;
	sp->olen++;
	xo = xfrm_offload(skb);
	if (!xo)
		return false;
	xo->flags = 0;
	xo->status = 0;
	return true;
}

/* Begin to decrypt @skb; false: it is not for us, and unchanged. */
static bool decrypt(struct espdev *ed, struct sk_buff *skb,
		    struct espdev_sa *sa, unsigned int off)
{
	struct espdev_job *job;
	LIST_HEAD(jobs);
	__be32 seq;
	u64 full;

	if (unlikely(!espdev_sa_local(sa))) {
		espdev_count(ed, RX_NOT_LOCAL);
		return false;
	}
	if (unlikely(!ip_valid(skb, sa->family) || !long_enough(sa, skb, off) ||
		     !pskb_may_pull(skb, off + sizeof(struct ip_esp_hdr) +
					 sa->iv_len)))
		return false;
	if (unlikely(atomic_read(&sa->pending) >= ed->window)) {
		espdev_drop(sa, RX, FULL);
		goto drop;
	}
	if (unlikely(!set_secpath(skb, sa))) {
		secpath_reset(skb);
		return false;
	}
	seq = ((const struct ip_esp_hdr *)(skb->data + off))->seq_no;
	full = ntohl(seq);
	if (sa->esn)
		full |= (u64)xfrm_replay_seqhi(sa->x, seq) << 32;
	job = espdev_job_crypt(sa, skb, off, full);
	if (IS_ERR(job)) {
		if (PTR_ERR(job) == -ENOMEM)
			espdev_drop(sa, RX, NOMEM);
		else
			espdev_drop(sa, RX, ENGINE);
		goto drop;
	}
	skb_set_transport_header(skb, off);
	espdev_count(ed, RX_ESP);
	espdev_order(job);
	if (espdev_spreads(job)) {
		list_add_tail(&job->work, &jobs);
		espdev_spread(&jobs);
	} else {
		espdev_submit(job);
	}
	return true;

drop:
	espdev_sa_put(sa);
	kfree_skb(skb);
	return true;
}

/**
 * espdev_handle_frame() - receive handler of the lower device
 * @pskb: frame
 *
 * Context: softirq, RCU read side.
 * Return: as receive handlers do.
 */
rx_handler_result_t espdev_handle_frame(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct espdev *ed = rcu_dereference(skb->dev->rx_handler_data);
	struct espdev_sa *sa = NULL;
	struct found f;

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (!skb)
		return RX_HANDLER_CONSUMED;
	*pskb = skb;
	/* else the stack would take it: addresses stay while a device is down */
	if (unlikely(!(ed->dev->flags & IFF_UP))) {
		kfree_skb(skb);
		return RX_HANDLER_CONSUMED;
	}
	dev_sw_netstats_rx_add(ed->dev, skb->len + ETH_HLEN);
	skb->dev = ed->dev;
	if (skb->pkt_type == PACKET_HOST)
		sa = find(ed, skb, &f);
	if (sa) {
		if (decrypt(ed, skb, sa, f.off))
			return RX_HANDLER_CONSUMED;
		espdev_sa_put(sa);
		/* GRO would decrypt it, whomever it is for */
		return RX_HANDLER_ANOTHER;
	}
	if (ed->dev->features & NETIF_F_GRO) {
		gro_cells_receive(&ed->cells, skb);
		return RX_HANDLER_CONSUMED;
	}
	return RX_HANDLER_ANOTHER;
}
