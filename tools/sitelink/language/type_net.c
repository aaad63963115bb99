// SPDX-License-Identifier: GPL-2.0-only
/* Addresses, ports, and names of interfaces. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "type.h"

union addr {
	uint8_t b[16];
	struct in_addr v4;
	struct in6_addr v6;
};

static unsigned int bits(int family)
{
	return family == AF_INET ? 32 : 128;
}

static const char *addr_text(struct arena *a, int family, const union addr *addr,
			     int len)
{
	char buf[INET6_ADDRSTRLEN + 8];
	size_t used;

	inet_ntop(family, addr, buf, sizeof(buf));
	used = strlen(buf);
	if (len >= 0)
		used += snprintf(buf + used, sizeof(buf) - used, "/%d", len);
	return arena_strndup(a, buf, used);
}

/* 0..max without sign or blanks; -1: none */
static long small_number(const char *text, long max)
{
	char *end;
	long n;

	if (!isdigit((unsigned char)*text) || strlen(text) > 6)
		return -1;
	n = strtol(text, &end, 10);
	return *end || n > max ? -1 : n;
}

/* 255.255.255.0 is 24; -1: no mask */
static int mask_length(const char *text)
{
	struct in_addr mask;
	uint32_t m;
	int len = 0;

	if (inet_pton(AF_INET, text, &mask) != 1)
		return -1;
	for (m = ntohl(mask.s_addr); m & 0x80000000; m <<= 1)
		len++;
	return m ? -1 : len;
}

/* ADDRESS[/LENGTH]; *@len is as it was if there is none */
static bool read_prefix(int family, const char *text, union addr *addr, int *len)
{
	char buf[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t n = slash ? (size_t)(slash - text) : strlen(text);

	if (n >= sizeof(buf))
		return false;
	memcpy(buf, text, n);
	buf[n] = '\0';
	if (inet_pton(family, buf, addr) != 1)
		return false;
	if (!slash)
		return true;
	*len = small_number(slash + 1, bits(family));
	if (*len < 0 && family == AF_INET)
		*len = mask_length(slash + 1);
	return *len >= 0;
}

static void clear_host(union addr *addr, int family, int len)
{
	unsigned int i;

	for (i = len; i < bits(family); i++)
		addr->b[i / 8] &= ~(0x80 >> i % 8);
}

static const char *parse_addr(struct arena *a, int family, const char *text)
{
	union addr addr;
	int len = -1;

	return read_prefix(family, text, &addr, &len) && len < 0 ?
		       addr_text(a, family, &addr, -1) : NULL;
}

static const char *parse_ip(struct arena *a, const struct rule *r,
			    const char *text)
{
	(void)r;
	return parse_addr(a, AF_INET, text);
}

static const char *parse_ip6(struct arena *a, const struct rule *r,
			     const char *text)
{
	(void)r;
	return parse_addr(a, AF_INET6, text);
}

static const char *with_length(struct arena *a, int family, const char *text,
			       int len, bool clear)
{
	union addr addr;

	if (!read_prefix(family, text, &addr, &len))
		return NULL;
	if (clear)
		clear_host(&addr, family, len);
	return addr_text(a, family, &addr, len);
}

static const char *parse_address(struct arena *a, const struct rule *r,
				 const char *text)
{
	(void)r;
	return with_length(a, AF_INET, text, 32, false);
}

static const char *parse_address6(struct arena *a, const struct rule *r,
				  const char *text)
{
	(void)r;
	return with_length(a, AF_INET6, text, 64, false);
}

static const char *parse_prefix(struct arena *a, const struct rule *r,
				const char *text)
{
	(void)r;
	return with_length(a, AF_INET, text, 32, true);
}

static const char *parse_prefix6(struct arena *a, const struct rule *r,
				 const char *text)
{
	(void)r;
	return with_length(a, AF_INET6, text, 128, true);
}

/* FIRST-LAST, in order */
static const char *parse_span(struct arena *a, const char *text)
{
	const char *dash = strchr(text, '-'), *first, *last;
	struct in_addr from, to;
	char buf[2 * INET_ADDRSTRLEN + 2];

	if (!dash)
		return NULL;
	first = parse_addr(a, AF_INET, arena_strndup(a, text, dash - text));
	last = parse_addr(a, AF_INET, dash + 1);
	if (!first || !last)
		return NULL;
	inet_pton(AF_INET, first, &from);
	inet_pton(AF_INET, last, &to);
	if (ntohl(from.s_addr) > ntohl(to.s_addr))
		return NULL;
	return arena_strndup(a, buf, snprintf(buf, sizeof(buf), "%s-%s", first,
					      last));
}

/* An address by itself needs no "/32": RouterOS shows it so. */
static const char *parse_ip_match(struct arena *a, const struct rule *r,
				  const char *text)
{
	const char *span = parse_span(a, text);
	union addr addr;
	int len = 32;

	(void)r;
	if (span || !read_prefix(AF_INET, text, &addr, &len))
		return span;
	clear_host(&addr, AF_INET, len);
	return addr_text(a, AF_INET, &addr, len == 32 ? -1 : len);
}

static const char *parse_ifname(struct arena *a, const struct rule *r,
				const char *text)
{
	size_t len = strlen(text), i;

	(void)r;
	if (!len || len > 15 || !strcmp(text, ".") || !strcmp(text, ".."))
		return NULL;
	for (i = 0; i < len; i++)
		if (!isgraph((unsigned char)text[i]) || strchr("/:%\"", text[i]))
			return NULL;
	return arena_strndup(a, text, len);
}

/* ADDRESS, ADDRESS%INTERFACE or INTERFACE */
static const char *gateway(struct arena *a, int family, const char *text)
{
	const char *percent = strchr(text, '%'), *addr, *name;
	size_t len = percent ? (size_t)(percent - text) : strlen(text);
	char buf[80];

	addr = parse_addr(a, family, arena_strndup(a, text, len));
	if (!percent)
		return addr ? addr : parse_ifname(a, NULL, text);
	name = parse_ifname(a, NULL, percent + 1);
	if (!addr || !name)
		return NULL;
	return arena_strndup(a, buf, snprintf(buf, sizeof(buf), "%s%%%s", addr,
					      name));
}

static const char *parse_gateway(struct arena *a, const struct rule *r,
				 const char *text)
{
	(void)r;
	return gateway(a, AF_INET, text);
}

static const char *parse_gateway6(struct arena *a, const struct rule *r,
				  const char *text)
{
	(void)r;
	return gateway(a, AF_INET6, text);
}

static const char *parse_mac(struct arena *a, const struct rule *r,
			     const char *text)
{
	unsigned int m[6];
	char buf[18], end;

	(void)r;
	if (strlen(text) != 17 || strspn(text, "0123456789abcdefABCDEF:") != 17 ||
	    sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x%c", m, m + 1, m + 2, m + 3,
		   m + 4, m + 5, &end) != 6)
		return NULL;
	return arena_strndup(a, buf, snprintf(buf, sizeof(buf),
					      "%02X:%02X:%02X:%02X:%02X:%02X",
					      m[0], m[1], m[2], m[3], m[4],
					      m[5]));
}

static const char *parse_ports(struct arena *a, const struct rule *r,
			       const char *text)
{
	const char *dash = strchr(text, '-');
	char buf[16];
	long from, to;

	(void)r;
	from = small_number(dash ? arena_strndup(a, text, dash - text) : text,
			    65535);
	to = dash ? small_number(dash + 1, 65535) : from;
	if (from < 0 || to < from)
		return NULL;
	return arena_strndup(a, buf, to == from ?
			     snprintf(buf, sizeof(buf), "%ld", from) :
			     snprintf(buf, sizeof(buf), "%ld-%ld", from, to));
}

/* By family, address, length: IPv4's text has no colon. */
static int compare_addr(const char *x, const char *y)
{
	union addr a = { 0 }, b = { 0 };
	int len_a = 128, len_b = 128, order;
	int v6_a = !!strchr(x, ':'), v6_b = !!strchr(y, ':');

	if (v6_a != v6_b)
		return v6_a - v6_b;
	if (!read_prefix(v6_a ? AF_INET6 : AF_INET, x, &a, &len_a) ||
	    !read_prefix(v6_b ? AF_INET6 : AF_INET, y, &b, &len_b))
		return strcmp(x, y);
	order = memcmp(&a, &b, sizeof(a));
	return order ? order : len_a - len_b;
}

const struct type type_ip = { "IP address", "10.0.0.1", parse_ip, compare_addr };

const struct type type_ip6 = {
	"IPv6 address", "2001:db8::1", parse_ip6, compare_addr
};

const struct type type_address = {
	"address[/length]", "10.0.0.1/24", parse_address, compare_addr
};

const struct type type_address6 = {
	"IPv6 address[/length]", "2001:db8::1/64", parse_address6, compare_addr
};

const struct type type_prefix = {
	"prefix", "10.0.0.0/24", parse_prefix, compare_addr
};

const struct type type_prefix6 = {
	"IPv6 prefix", "2001:db8::/32", parse_prefix6, compare_addr
};

const struct type type_ip_match = {
	"prefix or first-last", "10.0.0.0/24", parse_ip_match, compare_addr
};

const struct type type_ip_range = {
	"first-last or prefix", "10.0.0.2-10.0.0.99", parse_ip_match, compare_addr
};

const struct type type_gateway = {
	"address[%interface] or interface", "10.0.0.1", parse_gateway,
	compare_addr
};

const struct type type_gateway6 = {
	"IPv6 address[%interface] or interface", "fe80::1%ether1",
	parse_gateway6, compare_addr
};

const struct type type_mac = {
	"MAC address", "00:00:5E:80:00:01", parse_mac, NULL
};

const struct type type_ifname = {
	"interface name of up to 15 octets without / : % and blanks",
	"eoip-tunnel1", parse_ifname, NULL
};

const struct type type_interface = { "interface", "ether1", parse_ifname, NULL };

const struct type type_ports = {
	"port or first-last", "500", parse_ports, NULL
};
