// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keepalives that the peer need not know: the inner packet is addressed back
 * to its sender, and whoever decapsulates and forwards it sends it home. We
 * answer those of others in the same way without asking the routing, so that
 * no sysctl (forwarding, rp_filter, accept_local) matters.
 */
#include <net/ip.h>
#include <net/xfrm.h>

#include "sitelink.h"

/**
 * sitelink_echo_build() - write the inner header of a keepalive
 * @cfg: configuration with a unicast remote
 * @saddr: our outer address, where it shall return to
 * @protocol: IP protocol of the kind
 * @iph: header, zeroed
 * @len: length of header and payload, octets
 */
void sitelink_echo_build(const struct sitelink_cfg *cfg, __be32 saddr,
			 u8 protocol, struct iphdr *iph, unsigned int len)
{
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tot_len = htons(len);
	iph->ttl = 255;
	iph->protocol = protocol;
	iph->saddr = cfg->p.remote.v4;
	iph->daddr = saddr;
	ip_send_check(iph);
}
EXPORT_SYMBOL_GPL(sitelink_echo_build);

/**
 * sitelink_echo_valid() - is a received inner packet a possible keepalive?
 * @skb: packet; pointers into it become invalid
 * @off: of the inner IPv4 header from skb->data, octets
 * @protocol: IP protocol of the kind
 * @payload: its least payload, octets; that is in the linear part then
 *
 * Return: true for a whole, unfragmented packet of that protocol.
 */
bool sitelink_echo_valid(struct sk_buff *skb, unsigned int off, u8 protocol,
			 unsigned int payload)
{
	const struct iphdr *iph;

	if (!pskb_may_pull(skb, off + sizeof(*iph) + payload))
		return false;
	iph = (const struct iphdr *)(skb->data + off);
	return iph->version == 4 && iph->ihl == sizeof(*iph) / 4 &&
	       iph->protocol == protocol && !ip_is_fragment(iph) &&
	       ntohs(iph->tot_len) >= sizeof(*iph) + payload &&
	       ntohs(iph->tot_len) <= skb->len - off &&
	       !ip_fast_csum(iph, iph->ihl);
}
EXPORT_SYMBOL_GPL(sitelink_echo_valid);

/**
 * sitelink_echo_home() - take a keepalive of ours that a hook saw come home
 * @cfg: configuration of the tunnel that sent it
 * @skb: packet at LOCAL_IN, where no inbound policy has been checked; not
 *	consumed
 *
 * Context: softirq, RCU read side.
 */
void sitelink_echo_home(const struct sitelink_cfg *cfg, struct sk_buff *skb)
{
	if (!cfg->p.ka_interval)
		return;
	if (!xfrm4_policy_check(NULL, XFRM_POLICY_IN, skb)) {
		sitelink_count(cfg->tun, RX_POLICY);
		return;
	}
	sitelink_keepalive_rcv(cfg);
}
EXPORT_SYMBOL_GPL(sitelink_echo_home);

/**
 * sitelink_echo_answer() - send a keepalive of the peer back
 * @cfg: configuration with a unicast remote
 * @skb: packet that is sitelink_echo_valid(), its network header the outer
 *	one; consumed
 * @off: of the inner IPv4 header from skb->data, octets
 *
 * It goes as it is. Behind a NAT the peer does not know the address that it
 * is seen with, and names another; only the tunnel's remote is ever answered.
 *
 * Context: softirq, RCU read side.
 */
void sitelink_echo_answer(const struct sitelink_cfg *cfg, struct sk_buff *skb,
			  unsigned int off)
{
	__be32 peer = ip_hdr(skb)->saddr, us = ip_hdr(skb)->daddr;
	struct iphdr *iph = (struct iphdr *)(skb->data + off);
	unsigned int len = ntohs(iph->tot_len);

	skb_pull_rcsum(skb, off);
	if (pskb_trim_rcsum(skb, len) ||
	    skb_ensure_writable(skb, sizeof(*iph))) {
		sitelink_count(cfg->tun, RX_NOMEM);
		kfree_skb(skb);
		return;
	}
	iph = (struct iphdr *)skb->data;
	if (iph->daddr != peer) {
		iph->daddr = peer;
		iph->saddr = us;
		ip_send_check(iph);
	}
	sitelink_count(cfg->tun, RX_KEEPALIVE_REQUESTS);
	sitelink_xmit_reply(cfg, skb);
}
EXPORT_SYMBOL_GPL(sitelink_echo_answer);
