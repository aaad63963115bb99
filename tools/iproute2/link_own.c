// SPDX-License-Identifier: GPL-2.0-only
/*
 * iproute2 plugin for a kind of our own. Which one is decided by -DOWN_KIND,
 * its -DOWN_SYMBOL, -DOWN_FAMILY of the outer addresses, the prefix of its
 * attributes -DOWN_ATTRS, and for those with a tunnel-id -DOWN_ID_MAX.
 */
#include <arpa/inet.h>
#include <linux/sitelink.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

#define STRING(x)	#x
#define XSTRING(x)	STRING(x)
#define KIND		XSTRING(OWN_KIND)
#define JOIN(a, b)	a##b
#define XJOIN(a, b)	JOIN(a, b)
#define ATTR(name)	XJOIN(OWN_ATTRS, name)

#ifdef OWN_ID_MAX
enum { ID_MAX = OWN_ID_MAX, ID_ATTR = IFLA_EOIP_TUNNEL_ID };
#else
enum { ID_MAX = 0, ID_ATTR = 0 };
#endif

enum {
	FAMILY = OWN_FAMILY,
	IPV4 = FAMILY == AF_INET,
	ADDR_LEN = IPV4 ? 4 : 16,
};

static void print_help(struct link_util *lu, int argc, char **argv, FILE *f)
{
	(void)lu;
	(void)argc;
	(void)argv;
	fprintf(f, "Usage: ... " KIND "\t%s\n",
		ID_MAX ? "remote ADDR" : "[ remote { ADDR | any } ]");
	if (ID_MAX)
		fprintf(f, "\t\ttunnel-id { 0..%d }\n", ID_MAX);
	fprintf(f, "\t\t[ local { ADDR | any } ]\n"
		"\t\t[ ttl { 1..255 } ]\n"
		"\t\t[ dev PHYS_DEV ]\n");
	words_help(f);
	fprintf(f, "\nWhere:\tSEC := NUMBER or a time like 10s, 5m, 1h30m\n");
}

static void add_addr(struct nlmsghdr *n, int attr, const char *text)
{
	char addr[16] = "";

	if (strcmp(text, "any") && inet_pton(FAMILY, text, addr) != 1)
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
	addattr32(n, LINK_REQ_MAX, ATTR(LINK), link);
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
			once(&seen, ATTR(REMOTE), arg);
			add_addr(n, ATTR(REMOTE), cursor_value(&c));
		} else if (is_word(arg, "local", "local-address")) {
			once(&seen, ATTR(LOCAL), arg);
			add_addr(n, ATTR(LOCAL), cursor_value(&c));
		} else if (ID_MAX && is_word(arg, "tunnel-id", NULL)) {
			once(&seen, ID_ATTR, arg);
			addattr32(n, LINK_REQ_MAX, ID_ATTR,
				  parse_number("tunnel-id", cursor_value(&c),
					       0xffffffff));
		} else if (is_word(arg, "ttl", NULL)) {
			once(&seen, ATTR(TTL), arg);
			addattr8(n, LINK_REQ_MAX, ATTR(TTL),
				 parse_number("ttl", cursor_value(&c), 255));
		} else if (is_word(arg, "dev", NULL)) {
			once(&seen, ATTR(LINK), arg);
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
	else if (inet_ntop(FAMILY, RTA_DATA(a), text, sizeof(text)))
		print_word(word, text);
}

static void print_opt(struct link_util *lu, FILE *f, struct rtattr *tb[])
{
	(void)lu;
	(void)f;
	if (!tb)
		return;
	print_addr("remote", tb[ATTR(REMOTE)]);
	print_addr("local", tb[ATTR(LOCAL)]);
	if (tb[ATTR(LINK)] && attr_u32(tb[ATTR(LINK)]))
		print_word("dev",
			   ll_index_to_name(attr_u32(tb[ATTR(LINK)])));
	if (ID_MAX && tb[ID_ATTR])
		print_number("tunnel-id", attr_u32(tb[ID_ATTR]));
	if (tb[ATTR(TTL)])
		print_number("ttl", attr_u8(tb[ATTR(TTL)]));
	words_print(tb[IFLA_SITELINK]);
}

struct link_util XJOIN(OWN_SYMBOL, _link_util) = {
	.id = KIND,
	.maxattr = IFLA_SITELINK,
	.parse_opt = parse_opt,
	.print_opt = print_opt,
	.print_help = print_help,
};
