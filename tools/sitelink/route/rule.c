// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/fib_rules.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "apply.h"
#include "mark.h"
#include "nl.h"
#include "rule.h"

static void init(void *data)
{
	struct lookups *all = data;

	all->first = NULL;
	all->last = &all->first;
}

static void *want(struct apply *ap, const struct config *c)
{
	struct lookups *all = arena_alloc(ap->arena, sizeof(*all));

	init(all);
	if (c)
		lookups_wanted(ap->arena, c, all);
	return all;
}

/**
 * struct reading - rules that are being read
 * @arena: where to
 * @all: list
 */
struct reading {
	struct arena *arena;
	struct lookups *all;
};

static uint32_t u32(const struct nlattr *attr, uint32_t otherwise)
{
	return attr ? mnl_attr_get_u32(attr) : otherwise;
}

static void get_prefix(struct ip *ip, int family, const struct nlattr *attr,
		       uint8_t len)
{
	ip_attr(ip, family, attr);
	if (ip->family)
		ip->len = len;
}

static int put_rule(const struct nlmsghdr *nlh, void *data)
{
	const struct fib_rule_hdr *frh = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[FRA_MAX + 1];
	struct reading *r = data;
	struct lookup *l;

	if (nlh->nlmsg_type != RTM_NEWRULE ||
	    (frh->family != AF_INET && frh->family != AF_INET6))
		return MNL_CB_OK;
	nl_attrs(nlh, sizeof(*frh), tb, FRA_MAX);
	if (!tb[FRA_PROTOCOL] ||
	    mnl_attr_get_u8(tb[FRA_PROTOCOL]) != MARK_PROTO)
		return MNL_CB_OK;
	l = arena_alloc(r->arena, sizeof(*l));
	l->family = frh->family;
	l->priority = u32(tb[FRA_PRIORITY], 0);
	l->action = frh->action;
	l->table = l->action == FR_ACT_TO_TBL ?
		   u32(tb[FRA_TABLE], frh->table) : 0;
	l->mark = u32(tb[FRA_FWMARK], 0);
	get_prefix(&l->src, l->family, tb[FRA_SRC], frh->src_len);
	get_prefix(&l->dst, l->family, tb[FRA_DST], frh->dst_len);
	if (tb[FRA_IIFNAME])
		snprintf(l->ifname, sizeof(l->ifname), "%s",
			 mnl_attr_get_str(tb[FRA_IIFNAME]));
	*r->all->last = l;
	r->all->last = &l->next;
	return MNL_CB_OK;
}

static void restart(void *data)
{
	init(((struct reading *)data)->all);
}

static void *have(struct apply *ap)
{
	struct lookups *all = arena_alloc(ap->arena, sizeof(*all));
	struct reading r = { ap->arena, all };
	struct nlmsghdr *nlh;
	struct nl_error err;

	restart(&r);
	nlh = nl_route(ap->machine, RTM_GETRULE, NLM_F_DUMP,
		       sizeof(struct fib_rule_hdr));
	if (nl_dump(ap->machine, nlh, put_rule, &r, restart, &err))
		return NULL;
	return all;
}

static bool same(const struct lookup *a, const struct lookup *b)
{
	return a->family == b->family && a->priority == b->priority &&
	       a->action == b->action && a->table == b->table &&
	       a->mark == b->mark && ip_same(&a->src, &b->src) &&
	       a->src.len == b->src.len && ip_same(&a->dst, &b->dst) &&
	       a->dst.len == b->dst.len && !strcmp(a->ifname, b->ifname);
}

static bool find(const struct lookups *all, const struct lookup *l)
{
	const struct lookup *other;

	for (other = all->first; other; other = other->next)
		if (same(other, l))
			return true;
	return false;
}

static void text_of(const struct lookup *l, char *buf, size_t size)
{
	char src[IP_TEXT] = "", dst[IP_TEXT] = "", mark[24] = "";
	const char *then = l->action == FR_ACT_BLACKHOLE ? "drop" :
							 "unreachable";
	char table[24];

	if (l->src.family)
		ip_prefix_text(&l->src, src);
	if (l->dst.family)
		ip_prefix_text(&l->dst, dst);
	if (l->mark)
		snprintf(mark, sizeof(mark), " mark 0x%x", l->mark);
	if (l->action == FR_ACT_TO_TBL) {
		snprintf(table, sizeof(table), "lookup %u", l->table);
		then = table;
	}
	snprintf(buf, size, "%s %u:%s%s%s%s%s%s%s %s",
		 l->family == AF_INET ? "ip" : "ipv6", l->priority,
		 *src ? " from " : "", src, *dst ? " to " : "", dst,
		 *l->ifname ? " interface " : "", l->ifname, mark, then);
}

static void put_prefix(struct nlmsghdr *nlh, uint16_t type, const struct ip *ip)
{
	if (ip->family)
		mnl_attr_put(nlh, type, ip_size(ip->family), ip->octets);
}

static int change(struct apply *ap, const struct lookup *l, bool add)
{
	struct fib_rule_hdr *frh;
	struct nlmsghdr *nlh;
	struct nl_error err;
	char text[256];

	text_of(l, text, sizeof(text));
	if (!apply_step(ap, "%s rule %s", add ? "add" : "remove", text))
		return 0;
	nlh = nl_route(ap->machine, add ? RTM_NEWRULE : RTM_DELRULE,
		       add ? NLM_F_CREATE : 0, sizeof(*frh));
	frh = mnl_nlmsg_get_payload(nlh);
	frh->family = l->family;
	frh->action = l->action;
	frh->src_len = l->src.family ? l->src.len : 0;
	frh->dst_len = l->dst.family ? l->dst.len : 0;
	mnl_attr_put_u32(nlh, FRA_PRIORITY, l->priority);
	mnl_attr_put_u8(nlh, FRA_PROTOCOL, MARK_PROTO);
	if (l->action == FR_ACT_TO_TBL)
		mnl_attr_put_u32(nlh, FRA_TABLE, l->table);
	if (l->mark) {
		mnl_attr_put_u32(nlh, FRA_FWMARK, l->mark);
		mnl_attr_put_u32(nlh, FRA_FWMASK, MARK_ROUTING);
	}
	put_prefix(nlh, FRA_SRC, &l->src);
	put_prefix(nlh, FRA_DST, &l->dst);
	if (*l->ifname)
		mnl_attr_put_strz(nlh, FRA_IIFNAME, l->ifname);
	if (!nl_talk(ap->machine, nlh, &err) || (!add && err.code == ENOENT))
		return 0;
	apply_error(ap, l->item, "rule %s: %s", text, err.text);
	return -1;
}

/* Asked for @l, the kernel compares only what that has. */
static bool would_take(const struct lookup *other, const struct lookup *l)
{
	struct lookup part = *other;

	if (!l->src.family)
		part.src = l->src;
	if (!l->dst.family)
		part.dst = l->dst;
	if (!l->mark)
		part.mark = 0;
	if (!*l->ifname)
		memset(part.ifname, 0, sizeof(part.ifname));
	return same(&part, l);
}

/* The first that it would take goes: if that one is wanted, it comes behind. */
static int drop(struct apply *ap, const struct lookups *there,
		const struct lookups *wanted, const struct lookup *l)
{
	const struct lookup *other = there->first;

	if (change(ap, l, false))
		return -1;
	for (; other != l; other = other->next)
		if (would_take(other, l) && find(wanted, other))
			return change(ap, other, true) || change(ap, l, false);
	return 0;
}

/*
 * New ones first: no packet goes between two rules. They are not NLM_F_EXCL: for the
 * kernel, one without an address is the same as one that has it.
 */
static int sync_rules(struct apply *ap, void *have_data, void *want_data)
{
	const struct lookups *there = have_data, *wanted = want_data;
	const struct lookup *l;

	for (l = wanted->first; l; l = l->next)
		if (!find(there, l) && change(ap, l, true))
			return -1;
	for (l = there->first; l; l = l->next)
		if (!find(wanted, l) && drop(ap, there, wanted, l))
			return -1;
	return 0;
}

const struct backend rule_backend = {
	.name = "routing rules", .want = want, .have = have,
	.sync = sync_rules,
};
