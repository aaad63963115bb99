// SPDX-License-Identifier: GPL-2.0-only
/*
 * iproute2 plugin for espdev.
 */
#include <linux/sitelink.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

/* the kernel's own limits are below; what is longer it refuses */
#define TEXT_MAX	255

static void print_help(struct link_util *lu, int argc, char **argv, FILE *f)
{
	(void)lu;
	(void)argc;
	(void)argv;
	fprintf(f, "Usage: ip link add link DEV name NAME type espdev\n"
		"\t\t[ engine { auto | NAME | NAME:DRIVER } ]\n"
		"\t\t[ cpus LIST ]\n"
		"\t\t[ window { 1..16384 } ]\n"
		"\nWhere:\tLIST := CPUs like 0,2-3\n");
}

static void add_text(struct nlmsghdr *n, int attr, const char *word,
		     const char *text)
{
	if (strlen(text) > TEXT_MAX) {
		fprintf(stderr, "espdev: %s: at most %d characters\n", word,
			TEXT_MAX);
		exit(1);
	}
	addattr_l(n, LINK_REQ_MAX, attr, text, strlen(text) + 1);
}

static int parse_opt(struct link_util *lu, int argc, char **argv,
		     struct nlmsghdr *n)
{
	struct cursor c = { argc, argv };

	for (; c.argc > 0; c.argc--, c.argv++) {
		const char *arg = *c.argv;

		if (!strcmp(arg, "engine")) {
			add_text(n, IFLA_ESPDEV_ENGINE, arg, cursor_value(&c));
		} else if (!strcmp(arg, "cpus")) {
			add_text(n, IFLA_ESPDEV_CPUS, arg, cursor_value(&c));
		} else if (!strcmp(arg, "window")) {
			addattr32(n, LINK_REQ_MAX, IFLA_ESPDEV_WINDOW,
				  parse_number(arg, cursor_value(&c),
					       0xffffffff));
		} else if (!strcmp(arg, "help")) {
			print_help(lu, c.argc, c.argv, stderr);
			exit(0);
		} else {
			fprintf(stderr, "espdev: what is \"%s\"?\n", arg);
			print_help(lu, c.argc, c.argv, stderr);
			return -1;
		}
	}
	return 0;
}

static void print_text(const char *word, const struct rtattr *a)
{
	const char *text = a ? RTA_DATA(a) : NULL;

	if (text && memchr(text, '\0', RTA_PAYLOAD(a)))
		print_word(word, text);
}

static void print_opt(struct link_util *lu, FILE *f, struct rtattr *tb[])
{
	(void)lu;
	(void)f;
	if (!tb)
		return;
	print_text("engine", tb[IFLA_ESPDEV_ENGINE]);
	print_text("cpus", tb[IFLA_ESPDEV_CPUS]);
	if (tb[IFLA_ESPDEV_WINDOW])
		print_number("window", attr_u32(tb[IFLA_ESPDEV_WINDOW]));
}

struct link_util espdev_link_util = {
	.id = "espdev",
	.maxattr = IFLA_ESPDEV_MAX,
	.parse_opt = parse_opt,
	.print_opt = print_opt,
	.print_help = print_help,
};
