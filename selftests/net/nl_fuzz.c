// SPDX-License-Identifier: GPL-2.0-only
/*
 * Structure-aware fuzz of what a program can ask for: rtnetlink's new and
 * changed links of every kind, generic netlink's set, and all of espdev's family.
 *
 *	nl_fuzz SECONDS SEED
 *
 * Messages are valid but for at most one attribute, whose value, length or
 * type is wrong, so that it is known what a refusal is for. After a refused
 * change the tunnel must be what it was. TAP: each attribute was seen accepted
 * and refused.
 */
#include <errno.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <linux/sitelink.h>

#include "../../tools/monitor/family.h"
#include "mutate.h"
#include "nl_fuzz.h"
#include "util.h"

static struct family family;

/* The tunnel as it is, without clocks and counters; returns its length. */
static size_t snapshot(unsigned char *out)
{
	alignas(NLMSG_ALIGNTO) char buf[256], reply[REPLY_MAX];
	const struct nlattr *tb[SITELINK_A_TUNNEL_MAX + 1];
	size_t len = 0, n = 0;
	struct nlmsghdr *nlh;
	int type;

	nlh = family_msg(buf, family.id, NLM_F_ACK, SITELINK_CMD_TUNNEL_GET);
	mnl_attr_put_strz(nlh, SITELINK_A_TUNNEL_IFNAME, NAME);
	if (ask(genl, nlh, reply, &len))
		return 0;
	family_table((void *)(reply + GENL_HDRLEN), len - GENL_HDRLEN, tb,
		     SITELINK_A_TUNNEL_MAX);
	for (type = 1; type < SITELINK_A_TUNNEL_RUNNING; type++) {
		if (!tb[type])
			continue;
		memcpy(out + n, tb[type], tb[type]->nla_len);
		n += tb[type]->nla_len;
	}
	return n;
}

/* RTM_NEWLINK: a new tunnel, or with @flags 0 the change of one. */
static int rtnl_link(struct message *m, struct kind *kind, int flags)
{
	struct nlattr *info, *data;
	bool all = flags & NLM_F_CREATE;

	begin_rtnl(m, flags);
	m->target = choose(kind->own, kind->inner);
	info = mnl_attr_nest_start(m->nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(m->nlh, IFLA_INFO_KIND, kind->name);
	data = mnl_attr_nest_start(m->nlh, IFLA_INFO_DATA);
	put_fields(m, kind->own, all, false);
	if (chance(4) || is_in(m->target, kind->inner)) {
		struct nlattr *inner;

		inner = mnl_attr_nest_start(m->nlh, IFLA_SITELINK);
		put_fields(m, kind->inner, false, true);
		mnl_attr_nest_end(m->nlh, inner);
	}
	mnl_attr_nest_end(m->nlh, data);
	mnl_attr_nest_end(m->nlh, info);
	return ask(rtnl, m->nlh, NULL, NULL);
}

static int genl_set(struct message *m, struct kind *kind)
{
	memset(m, 0, sizeof(*m));
	m->target = choose(kind->set, kind->set_inner);
	m->nlh = family_msg(m->buf, family.id, NLM_F_ACK,
			    SITELINK_CMD_TUNNEL_SET);
	mnl_attr_put_strz(m->nlh, SITELINK_A_TUNNEL_IFNAME, NAME);
	put_fields(m, kind->set, false, true);
	if (chance(4) || is_in(m->target, kind->set_inner)) {
		struct nlattr *inner;

		inner = mnl_attr_nest_start(m->nlh,
					    SITELINK_A_TUNNEL_PROPERTIES);
		put_fields(m, kind->set_inner, false, true);
		mnl_attr_nest_end(m->nlh, inner);
	}
	return ask(genl, m->nlh, NULL, NULL);
}

/* One tunnel's life. */
static void round_of(struct kind *kind)
{
	unsigned char before[4096], after[4096];
	size_t before_len;
	struct message m;
	unsigned int i;
	int err;

	err = rtnl_link(&m, kind, NLM_F_CREATE | NLM_F_EXCL);
	count(&m, err);
	if (!err && m.wrong)
		complain(kind->name, "new: accepted", &m, 0);
	if (err) {
		if (snapshot(before))
			complain(kind->name, "new: refused, and there", &m, err);
		return;
	}
	before_len = snapshot(before);
	for (i = chance(32); i; i--) {
		bool generic = chance(2);
		size_t after_len;

		err = generic ? genl_set(&m, kind) : rtnl_link(&m, kind, 0);
		count(&m, err);
		after_len = snapshot(after);
		if (!err && m.wrong)
			complain(kind->name, "change: accepted", &m, 0);
		if (err && (before_len != after_len ||
			    memcmp(before, after, after_len)))
			complain(kind->name, "change: refused, and made", &m, err);
		memcpy(before, after, after_len);
		before_len = after_len;
	}
	del_link();
}

static struct mnl_socket *open_socket(int protocol)
{
	struct mnl_socket *nl = mnl_socket_open(protocol);
	int on = 1;

	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID))
		die("netlink");
	mnl_socket_setsockopt(nl, NETLINK_CAP_ACK, &on, sizeof(on));
	return nl;
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 60);
	unsigned int seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;
	struct kind *kind;

	kinds_init();
	mutate_seed(seed);
	rtnl = open_socket(NETLINK_ROUTE);
	genl = open_socket(NETLINK_GENERIC);
	if (family_find(genl, SITELINK_FAMILY_NAME, &family))
		die("family sitelink");
	espdev_init();
	while (time(NULL) < end) {
		unsigned int i = chance(N_KINDS + 2);

		if (i < N_KINDS)
			round_of(&kinds[i]);
		else if (i == N_KINDS)
			espdev_round();
		else
			espdev_family_round();
	}
	for (kind = kinds; kind < kinds + N_KINDS; kind++) {
		report(kind->name, "rtnl", kind->own);
		report(kind->name, "rtnl", kind->inner);
		report(kind->name, "genl", kind->set);
		report(kind->name, "genl", kind->set_inner);
	}
	espdev_report();
	printf("%sok %d - none accepted that is wrong, none made that was refused\n",
	       failures ? "not " : "", ++tests);
	printf("# seed %u, %u messages\n", seed, messages);
	printf("1..%d\n", tests);
	return failed || failures;
}
