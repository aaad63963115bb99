// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ip.h"

unsigned int ip_size(int family)
{
	return family == AF_INET ? 4 : 16;
}

unsigned int ip_bits(int family)
{
	return 8 * ip_size(family);
}

bool ip_parse(struct ip *ip, int family, const char *text)
{
	size_t n = strcspn(text, "/");
	char buf[IP_TEXT];
	unsigned long len;
	char *end;

	*ip = (struct ip){ .family = family, .len = ip_bits(family) };
	if (n >= sizeof(buf))
		return false;
	memcpy(buf, text, n);
	buf[n] = 0;
	if (inet_pton(family, buf, ip->octets) != 1)
		return false;
	if (!text[n])
		return true;
	len = strtoul(text + n + 1, &end, 10);
	if (end == text + n + 1 || *end || len > ip_bits(family))
		return false;
	ip->len = len;
	return true;
}

void ip_attr(struct ip *ip, int family, const struct nlattr *attr)
{
	*ip = (struct ip){ 0 };
	if (!attr || mnl_attr_get_payload_len(attr) != ip_size(family))
		return;
	ip->family = family;
	ip->len = ip_bits(family);
	memcpy(ip->octets, mnl_attr_get_payload(attr), ip_size(family));
}

const char *ip_text(const struct ip *ip, char *buf)
{
	if (!inet_ntop(ip->family, ip->octets, buf, IP_TEXT))
		*buf = 0;
	return buf;
}

const char *ip_prefix_text(const struct ip *ip, char *buf)
{
	size_t n;

	ip_text(ip, buf);
	n = strlen(buf);
	snprintf(buf + n, IP_TEXT - n, "/%u", ip->len);
	return buf;
}

bool ip_same(const struct ip *a, const struct ip *b)
{
	return a->family == b->family &&
	       !memcmp(a->octets, b->octets, sizeof(a->octets));
}

struct ip ip_network(const struct ip *ip)
{
	struct ip net = *ip;
	unsigned int i;

	for (i = ip->len; i < ip_bits(ip->family); i++)
		net.octets[i / 8] &= ~(0x80 >> i % 8);
	return net;
}

bool ip_covers(const struct ip *prefix, const struct ip *ip)
{
	struct ip a = ip_network(prefix), b = *ip;

	b.len = prefix->len;
	b = ip_network(&b);
	return ip_same(&a, &b);
}

bool ip_is_link_local6(const struct ip *ip)
{
	return ip->family == AF_INET6 && ip->octets[0] == 0xfe &&
	       (ip->octets[1] & 0xc0) == 0x80;
}
