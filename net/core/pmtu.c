// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inner frames that the path cannot carry and nobody may fragment: the sender
 * gets an ICMP or ICMPv6 answer, also when it sits behind a bridge and has no
 * idea of a router here.
 */
#include <linux/icmpv6.h>
#include <net/gso.h>
#include <net/icmp.h>
#include <net/ip_tunnels.h>

#include "pmtu.h"

/**
 * sitelink_pmtu_exceeded() - does the outer path carry a frame whole?
 * @skb: inner frame, network header set
 * @cfg: configuration
 * @dst: outer route
 * @in: what is known of the inner network header
 *
 * Return: 0 when it does, else the inner mtu that would, octets.
 */
int sitelink_pmtu_exceeded(const struct sk_buff *skb,
			   const struct sitelink_cfg *cfg,
			   const struct dst_entry *dst,
			   const struct sitelink_inner *in)
{
	int mtu = max_t(int, (int)(dst_mtu(dst) - cfg->hlen - in->off),
			IPV4_MIN_MTU);

	if (skb_is_gso(skb))
		return skb_gso_validate_network_len(skb, mtu) ? 0 : mtu;
	return skb->len - in->off <= mtu ? 0 : mtu;
}

/*
 * Turn a bridged frame into the ICMP answer to it and receive that.
 * Returns false, @skb intact, when no answer is due.
 */
static bool answer_bridged(struct sk_buff *skb, const struct sitelink_cfg *cfg,
			   struct dst_entry *dst,
			   const struct sitelink_inner *in)
{
	struct net_device *dev = cfg->tun->dev;
	__be16 vlan_proto = 0;
	u16 tci = 0;

	/* the answer wears the VLAN tag of the question */
	if (eth_type_vlan(skb->protocol)) {
		vlan_proto = skb->protocol;
		tci = ntohs(((struct vlan_hdr *)
			     (skb->data + ETH_HLEN))->h_vlan_TCI);
		if (skb_vlan_pop(skb) || skb_vlan_tag_present(skb))
			return false;
	}
	if (skb_tunnel_check_pmtu(skb, dst, cfg->hlen + in->off, true) <= 0)
		return false;

	skb->dev = dev;
	skb->protocol = eth_type_trans(skb, dev);
	if (vlan_proto)
		__vlan_hwaccel_put_tag(skb, vlan_proto, tci);
	netif_rx(skb);
	return true;
}

/**
 * sitelink_pmtu_answer() - tell the sender of a frame that it is too big
 * @skb: inner frame; consumed
 * @cfg: configuration
 * @dst: outer route, stays the caller's
 * @in: what is known of the inner network header
 * @mtu: inner mtu, octets
 *
 * Context: BH disabled, RCU read side.
 */
void sitelink_pmtu_answer(struct sk_buff *skb, const struct sitelink_cfg *cfg,
			  struct dst_entry *dst,
			  const struct sitelink_inner *in, int mtu)
{
	if (netif_is_any_bridge_port(cfg->tun->dev) &&
	    skb->pkt_type != PACKET_HOST) {
		if (answer_bridged(skb, cfg, dst, in))
			return;
		goto out;
	}
	skb_dst_update_pmtu_no_confirm(skb, mtu);
	if (in->proto == htons(ETH_P_IP))
		icmp_ndo_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED,
			      htonl(mtu));
	else
		icmpv6_ndo_send(skb, ICMPV6_PKT_TOOBIG, 0, mtu);
out:
	kfree_skb(skb);
}
EXPORT_SYMBOL_GPL(sitelink_pmtu_answer);
