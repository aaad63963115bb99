// SPDX-License-Identifier: GPL-2.0-only
/*
 * Structure-aware fuzz of what a program can ask for: rtnetlink's new and
 * changed links of every kind, generic netlink's set.
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

#define NAME		"fuzz"
static struct mnl_socket *rtnl, *genl;
static struct family family;
static unsigned int messages;

/*
 * One message: what is in it, and the attribute that is wrong. Fields of which
 * one must be there always are.
 */
struct message {
	alignas(NLMSG_ALIGNTO) char buf[4096];
	struct nlmsghdr *nlh;
	struct field *in[3 * MAX_ATTRS];
	unsigned int n;
	struct field *wrong;
	struct field *target;
};

/* Every second message: the attribute that was refused least often so far. */
static struct field *choose(struct field *table, struct field *inner)
{
	struct field *f, *least = table;

	if (chance(2))
		return NULL;
	for (f = table; f < table + MAX_ATTRS && f->name; f++)
		if (f->refused < least->refused)
			least = f;
	for (f = inner; f < inner + MAX_ATTRS && f->name; f++)
		if (f->refused < least->refused)
			least = f;
	return least;
}

static bool is_in(const struct field *f, const struct field *table)
{
	return f >= table && f < table + MAX_ATTRS;
}

static void put(struct message *m, const struct field *f, unsigned int value,
		size_t len)
{
	unsigned char octets[32] = { 0 };

	if (f->len == 16) {
		octets[0] = value;
		octets[15] = value ? 1 + chance(2) : 0;
	} else {
		memcpy(octets, &value, sizeof(value));
	}
	mnl_attr_put(m->nlh, f->type, len, octets);
}

static void put_good(struct message *m, struct field *f)
{
	put(m, f, f->good[chance(f->n_good)], f->len);
	m->in[m->n++] = f;
}

/* @strict: over-long attributes are refused, too */
static void put_wrong(struct message *m, struct field *f, bool strict)
{
	m->wrong = f;
	if (f->flags & NEVER)
		put(m, f, f->good[0], f->len);
	else if (f->n_bad && chance(2))
		put(m, f, f->bad[chance(f->n_bad)], f->len);
	else if (strict && chance(2))
		put(m, f, f->good[0], f->len + 1 + chance(7));
	else
		put(m, f, f->good[0], f->len - 1 - chance(f->len));
}

/* Some of a table; the target is wrong. */
static void put_fields(struct message *m, struct field *table, bool all,
		       bool strict)
{
	struct field *f;

	for (f = table; f < table + MAX_ATTRS && f->name; f++) {
		bool must = !strcmp(f->name, "local") ||
			    !strcmp(f->name, "remote");

		if (f == m->target)
			put_wrong(m, f, strict);
		else if (!(f->flags & NEVER) && ((all && must) || chance(2)))
			put_good(m, f);
	}
}

/* What the kernel says to it: 0 or a negative error. */
static int ask(struct mnl_socket *nl, struct nlmsghdr *nlh, void *reply,
	       size_t *reply_len)
{
	alignas(NLMSG_ALIGNTO) char buf[16384];
	static unsigned int seq;
	struct nlmsghdr *h;
	int len;

	nlh->nlmsg_seq = ++seq;
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die("send");
	messages++;
	for (;;) {
		len = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (len < 0)
			die("receive");
		for (h = (void *)buf; mnl_nlmsg_ok(h, len);
		     h = mnl_nlmsg_next(h, &len)) {
			if (h->nlmsg_seq != seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR)
				return *(int *)mnl_nlmsg_get_payload(h);
			if (reply) {
				*reply_len = mnl_nlmsg_get_payload_len(h);
				memcpy(reply, mnl_nlmsg_get_payload(h),
				       *reply_len);
			}
		}
	}
}

/* The tunnel as it is, without clocks and counters; returns its length. */
static size_t snapshot(unsigned char *out)
{
	alignas(NLMSG_ALIGNTO) char buf[256], reply[16384];
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

static void count(struct message *m, int err)
{
	if (!err)
		while (m->n)
			m->in[--m->n]->accepted++;
	else if (m->wrong)
		m->wrong->refused++;
}

static int failures;

/* What must not be, with what it takes to see it again. */
static void complain(const struct kind *kind, const char *what,
		     const struct message *m, int err)
{
	const unsigned char *p = (const void *)m->nlh;
	unsigned int i;

	if (failures++ > 5)
		return;
	printf("# %s: %s (%s), wrong: %s\n# ", kind->name, what,
	       strerror(-err), m->wrong ? m->wrong->name : "nothing");
	for (i = 0; i < m->nlh->nlmsg_len; i++)
		printf("%02x", p[i]);
	puts("");
}

static void begin_rtnl(struct message *m, int flags)
{
	struct ifinfomsg *ifi;

	memset(m, 0, sizeof(*m));
	m->nlh = mnl_nlmsg_put_header(m->buf);
	m->nlh->nlmsg_type = RTM_NEWLINK;
	m->nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	ifi = mnl_nlmsg_put_extra_header(m->nlh, sizeof(*ifi));
	ifi->ifi_family = AF_UNSPEC;
	if (chance(2)) {
		ifi->ifi_flags = IFF_UP;
		ifi->ifi_change = IFF_UP;
	}
	mnl_attr_put_strz(m->nlh, IFLA_IFNAME, NAME);
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

static void del_link(void)
{
	alignas(NLMSG_ALIGNTO) char buf[256];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	nlh->nlmsg_type = RTM_DELLINK;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(nlh, IFLA_IFNAME, NAME);
	ask(rtnl, nlh, NULL, NULL);
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
		complain(kind, "new: accepted", &m, 0);
	if (err) {
		if (snapshot(before))
			complain(kind, "new: refused, and there", &m, err);
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
			complain(kind, "change: accepted", &m, 0);
		if (err && (before_len != after_len ||
			    memcmp(before, after, after_len)))
			complain(kind, "change: refused, and made", &m, err);
		memcpy(before, after, after_len);
		before_len = after_len;
	}
	del_link();
}

static int tests, failed;

static void report(const struct kind *kind, const char *door,
		   const struct field *table)
{
	const struct field *f;

	for (f = table; f < table + MAX_ATTRS && f->name; f++) {
		bool ok = f->refused && (f->accepted || (f->flags & NEVER)) &&
			  !((f->flags & NEVER) && f->accepted);

		failed += !ok;
		printf("%sok %d - %s %s %s: accepted %u, refused %u%s\n",
		       ok ? "" : "not ", ++tests, kind->name, door, f->name,
		       f->accepted, f->refused,
		       f->flags & NEVER ? ", as always" : "");
	}
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
	if (family_find(genl, &family))
		die("family sitelink");
	while (time(NULL) < end)
		round_of(&kinds[chance(N_KINDS)]);
	for (kind = kinds; kind < kinds + N_KINDS; kind++) {
		report(kind, "rtnl", kind->own);
		report(kind, "rtnl", kind->inner);
		report(kind, "genl", kind->set);
		report(kind, "genl", kind->set_inner);
	}
	printf("%sok %d - none accepted that is wrong, none made that was refused\n",
	       failures ? "not " : "", ++tests);
	printf("# seed %u, %u messages\n", seed, messages);
	printf("1..%d\n", tests);
	return failed || failures;
}
