// SPDX-License-Identifier: GPL-2.0-only
/*
 * iproute2 plugin for the kinds eoip and eoip6; which of them is decided
 * by -DEOIP_FAMILY and -DEOIP_KIND.
 */
#include <arpa/inet.h>
#include <linux/sitelink.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

#define STRING(x)	#x
#define XSTRING(x)	STRING(x)
#define KIND		XSTRING(EOIP_KIND)
#define JOIN(a, b)	a##b
#define XJOIN(a, b)	JOIN(a, b)

enum {
	FAMILY = EOIP_FAMILY,
	IPV4 = FAMILY == AF_INET,
	ADDR_LEN = IPV4 ? 4 : 16,
	ID_MAX = IPV4 ? 65535 : 4095,
};

static void print_help(struct link_util *lu, int argc, char **argv, FILE *f)
{
	(void)lu;
	(void)argc;
	(void)argv;
	fprintf(f,
		"Usage: ... " KIND "\tremote ADDR\n"
		"\t\ttunnel-id { 0..%d }\n"
		"\t\t[ local { ADDR | any } ]\n"
		"\t\t[ ttl { 1..255 } ]\n"
		"\t\t[ dev PHYS_DEV ]\n",
		ID_MAX);
	words_help(f);
	fprintf(f, "\nWhere:\tSEC := NUMBER or a time like 10s, 5m, 1h30m\n");
}

static void add_addr(struct nlmsghdr *n, int attr, const char *text)
{
	char addr[16] = "";

	if (strcmp(text, "any") && inet_pton(EOIP_FAMILY, text, addr) != 1)
		invarg(IPV4 ? "an IPv4 address is needed" :
						"an IPv6 address is needed",
		       text);
	addattr_l(n, LINK_REQ_MAX, attr, addr, ADDR_LEN);
}

static bool is_word(const char *arg, const char *word, const char *routeros)
{
	return !strcmp(arg, word) || (routeros && !strcmp(arg, routeros));
}

/* Note a word that may come only once. */
static void once(unsigned int *seen, int attr, const char *word)
{
	if (*seen & 1U << attr)
		duparg(word, word);
	*seen |= 1U << attr;
}

static void add_dev(struct nlmsghdr *n, const char *name)
{
	unsigned int link = ll_name_to_index(name);

	if (!link)
		invarg("no such device", name);
	addattr32(n, LINK_REQ_MAX, IFLA_EOIP_LINK, link);
}

static int parse_opt(struct link_util *lu, int argc, char **argv,
		     struct nlmsghdr *n)
{
	struct cursor c = { argc, argv };
	struct words w = { 0 };
	unsigned int seen = 0;

	for (; c.argc > 0; c.argc--, c.argv++) {
		const char *arg = *c.argv;

		if (is_word(arg, "remote", "remote-address")) {
			once(&seen, IFLA_EOIP_REMOTE, arg);
			add_addr(n, IFLA_EOIP_REMOTE, cursor_value(&c));
		} else if (is_word(arg, "local", "local-address")) {
			once(&seen, IFLA_EOIP_LOCAL, arg);
			add_addr(n, IFLA_EOIP_LOCAL, cursor_value(&c));
		} else if (is_word(arg, "tunnel-id", NULL)) {
			once(&seen, IFLA_EOIP_TUNNEL_ID, arg);
			addattr32(n, LINK_REQ_MAX, IFLA_EOIP_TUNNEL_ID,
				  parse_number("tunnel-id", cursor_value(&c),
					       0xffffffff));
		} else if (is_word(arg, "ttl", NULL)) {
			once(&seen, IFLA_EOIP_TTL, arg);
			addattr8(n, LINK_REQ_MAX, IFLA_EOIP_TTL,
				 parse_number("ttl", cursor_value(&c), 255));
		} else if (is_word(arg, "dev", NULL)) {
			once(&seen, IFLA_EOIP_LINK, arg);
			add_dev(n, cursor_value(&c));
		} else if (!strcmp(arg, "help")) {
			print_help(lu, c.argc, c.argv, stderr);
			exit(0);
		} else if (!words_parse(&w, &c)) {
			fprintf(stderr, KIND ": what is \"%s\"?\n", arg);
			print_help(lu, c.argc, c.argv, stderr);
			return -1;
		}
	}
	words_add(&w, n);
	return 0;
}

static void print_addr(const char *word, const struct rtattr *a)
{
	static const char any[16];
	char text[INET6_ADDRSTRLEN];

	if (!a || RTA_PAYLOAD(a) < (size_t)ADDR_LEN)
		return;
	if (!memcmp(RTA_DATA(a), any, ADDR_LEN))
		print_word(word, "any");
	else if (inet_ntop(EOIP_FAMILY, RTA_DATA(a), text, sizeof(text)))
		print_word(word, text);
}

static void print_opt(struct link_util *lu, FILE *f, struct rtattr *tb[])
{
	(void)lu;
	(void)f;
	if (!tb)
		return;
	print_addr("remote", tb[IFLA_EOIP_REMOTE]);
	print_addr("local", tb[IFLA_EOIP_LOCAL]);
	if (tb[IFLA_EOIP_LINK] && attr_u32(tb[IFLA_EOIP_LINK]))
		print_word("dev",
			   ll_index_to_name(attr_u32(tb[IFLA_EOIP_LINK])));
	if (tb[IFLA_EOIP_TUNNEL_ID])
		print_number("tunnel-id", attr_u32(tb[IFLA_EOIP_TUNNEL_ID]));
	if (tb[IFLA_EOIP_TTL])
		print_number("ttl", attr_u8(tb[IFLA_EOIP_TTL]));
	words_print(tb[IFLA_SITELINK]);
}

struct link_util XJOIN(EOIP_KIND, _link_util) = {
	.id = KIND,
	.maxattr = IFLA_SITELINK,
	.parse_opt = parse_opt,
	.print_opt = print_opt,
	.print_help = print_help,
};
