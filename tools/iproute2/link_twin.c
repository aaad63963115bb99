// SPDX-License-Identifier: GPL-2.0-only
/*
 * iproute2 plugin for a kind that `ip` knows itself (-DTWIN_KIND=gre): its own
 * words are left to its own parser, which we find in the program that has
 * loaded us; RouterOS' words are ours. Without one of ours on the command line
 * the request is what stock `ip` sends, so that in-tree devices are served,
 * too.
 */
#include <dlfcn.h>
#include <linux/if_tunnel.h>
#include <linux/sitelink.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

#define STRING(x)	#x
#define XSTRING(x)	STRING(x)
#define KIND		XSTRING(TWIN_KIND)
#define JOIN(a, b)	a##b
#define XJOIN(a, b)	JOIN(a, b)

#define DF_WORDS	"pmtudisc", "nopmtudisc", "ignore-df", "noignore-df"

/*
 * What stock `ip` sends whether asked for or not, and by which words it is
 * asked for. With RouterOS' words RouterOS' defaults hold instead.
 */
static const struct {
	int attr;
	const char *words[4];
} implied[] = {
	{ TWIN_TTL, { "ttl", "hoplimit", "hlim" } },
	{ TWIN_TOS, { "tos", "tclass", "dsfield" } },
	{ TWIN_PMTUDISC, { DF_WORDS } },
	{ TWIN_IGNORE_DF, { DF_WORDS } },
};

static const char * const df_words[4] = { DF_WORDS };

enum { IMPLIED = sizeof(implied) / sizeof(*implied), ARGS_MAX = 256 };

static struct link_util *stock(void)
{
	void *program = dlopen(NULL, RTLD_LAZY);
	struct link_util *lu;

	lu = program ? dlsym(program, KIND "_link_util") : NULL;
	if (!lu) {
		fprintf(stderr, "this ip does not know the kind " KIND "\n");
		exit(1);
	}
	return lu;
}

static bool typed(char **args, int n, const char * const words[4])
{
	int i, w;

	for (i = 0; i < n; i++)
		for (w = 0; w < 4 && words[w]; w++)
			if (!strcmp(args[i], words[w]))
				return true;
	return false;
}

/* Take the attribute out of what was put behind the first @from octets. */
static void strip(struct nlmsghdr *n, unsigned int from, int attr)
{
	char *at = (char *)n + from, *end = (char *)n + n->nlmsg_len;

	while (end - at >= (int)sizeof(struct rtattr)) {
		struct rtattr *a = (struct rtattr *)at;
		int len = RTA_ALIGN(a->rta_len);

		if (a->rta_type == attr) {
			memmove(at, at + len, end - at - len);
			n->nlmsg_len -= len;
			return;
		}
		at += len;
	}
}

/* Leave to the kernel's defaults what was not typed. */
static void strip_implied(struct nlmsghdr *n, unsigned int from, char **args,
			  int nargs)
{
	int i;

	for (i = 0; i < IMPLIED; i++)
		if (!typed(args, nargs, implied[i].words))
			strip(n, from, implied[i].attr);
}

static int parse_opt(struct link_util *lu, int argc, char **argv,
		     struct nlmsghdr *n)
{
	unsigned int from = NLMSG_ALIGN(n->nlmsg_len);
	struct cursor c = { argc, argv };
	struct link_util *ip = stock();
	struct words w = { 0 };
	char pmtudisc[] = "pmtudisc";
	char *rest[ARGS_MAX + 1];
	int err, nrest = 0;
	bool keep_df;

	(void)lu;
	for (; c.argc > 0; c.argc--, c.argv++) {
		if (words_parse(&w, &c))
			continue;
		if (nrest == ARGS_MAX - 1)
			invarg("too many words", *c.argv);
		rest[nrest++] = *c.argv;
	}
	/*
	 * For a change stock `ip` asks what there is, and finds RouterOS'
	 * defaults of ipip, a ttl and no pmtudisc, incompatible.
	 */
	keep_df = TWIN_PMTUDISC && !TWIN_IGNORE_DF && w.given &&
		  !(n->nlmsg_flags & NLM_F_CREATE) &&
		  !typed(rest, nrest, df_words);
	if (keep_df)
		rest[nrest++] = pmtudisc;
	rest[nrest] = NULL;
	err = ip->parse_opt(ip, nrest, rest, n);
	if (err || !w.given)
		return err;
	if (keep_df)
		strip(n, from, TWIN_PMTUDISC);
	if (n->nlmsg_flags & NLM_F_CREATE)
		strip_implied(n, from, rest, nrest);
	words_add(&w, n);
	return 0;
}

static void print_opt(struct link_util *lu, FILE *f, struct rtattr *tb[])
{
	struct link_util *ip = stock();

	(void)lu;
	if (!tb)
		return;
	ip->print_opt(ip, f, tb);
	words_print(tb[IFLA_SITELINK]);
}

static void print_help(struct link_util *lu, int argc, char **argv, FILE *f)
{
	struct link_util *ip = stock();

	(void)lu;
	if (ip->print_help)
		ip->print_help(ip, argc, argv, f);
	fprintf(f, "With sitelink_" KIND " also:\n");
	words_help(f);
}

struct link_util XJOIN(TWIN_KIND, _link_util) = {
	.id = KIND,
	.maxattr = IFLA_SITELINK,
	.parse_opt = parse_opt,
	.print_opt = print_opt,
	.print_help = print_help,
};
