/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Super-packets through a header with a length field.
 */
#ifndef _NET_SITELINK_GSO_H
#define _NET_SITELINK_GSO_H

#include <linux/tcp.h>

#include "sitelink.h"

/**
 * sitelink_gso_hdr_len() - length of all headers of a TCP or UDP super-packet
 * @skb: super-packet, transport header set
 *
 * Return: octets from skb->data to the payload.
 */
static inline unsigned int sitelink_gso_hdr_len(const struct sk_buff *skb)
{
	if (skb_shinfo(skb)->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6))
		return skb_transport_offset(skb) + tcp_hdrlen(skb);
	return skb_transport_offset(skb) + sizeof(struct udphdr);
}

/**
 * sitelink_gso_frame_len() - length of each full segment of a super-packet
 * @skb: super-packet, transport header set
 *
 * Return: octets from skb->data to the end of one segment.
 */
static inline unsigned int sitelink_gso_frame_len(const struct sk_buff *skb)
{
	return sitelink_gso_hdr_len(skb) + skb_shinfo(skb)->gso_size;
}

struct sk_buff *sitelink_gso_prepare(struct sk_buff *skb,
				     const struct sitelink_cfg *cfg);

#endif /* _NET_SITELINK_GSO_H */
