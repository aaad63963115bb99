/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Addresses and prefixes of both families.
 */
#ifndef SITELINK_IP_H
#define SITELINK_IP_H

#include <stdbool.h>
#include <stdint.h>

struct nlattr;

/**
 * struct ip - an address, or a prefix
 * @family: AF_INET or AF_INET6; 0: none
 * @len: of the prefix
 * @octets: address
 */
struct ip {
	uint8_t family;
	uint8_t len;
	uint8_t octets[16];
};

#define IP_TEXT	52	/* octets that a prefix's text takes at most */

/* The octets, and the bits, of a family's addresses. */
unsigned int ip_size(int family);
unsigned int ip_bits(int family);

/* "address" or "address/len"; false: @text is neither. */
bool ip_parse(struct ip *ip, int family, const char *text);

/* What an attribute of a message holds; NULL or of another size: none. */
void ip_attr(struct ip *ip, int family, const struct nlattr *attr);

/* Without and with the length; returns @buf, of IP_TEXT octets. */
const char *ip_text(const struct ip *ip, char *buf);
const char *ip_prefix_text(const struct ip *ip, char *buf);

/* All but the length. */
bool ip_same(const struct ip *a, const struct ip *b);

/* Is @ip in @prefix? Host bits of @prefix do not count. */
bool ip_covers(const struct ip *prefix, const struct ip *ip);

/* With host bits cleared. */
struct ip ip_network(const struct ip *ip);

/* fe80::/10: means something only together with an interface. */
bool ip_is_link_local6(const struct ip *ip);

#endif /* SITELINK_IP_H */
