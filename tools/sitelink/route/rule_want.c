// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mark.h"
#include "rule.h"
#include "table.h"

/*
 * Marks are before rules, as RouterOS has it, and both before the table main at
 * 32766. A rule takes two: lookup-only-in-table ends with unreachable.
 */
#define PRIORITY_MARKS	20000
#define PRIORITY_RULES	20100
#define RULES_MAX	5000

/**
 * struct named - a table's name that has been seen
 * @next: the one behind it
 * @name: of it
 * @number: what it is for the kernel
 */
struct named {
	struct named *next;
	const char *name;
	uint32_t number;
};

/**
 * struct wanting - a configuration's rules, being listed
 * @arena: where to
 * @config: whose
 * @all: list
 * @names: of tables
 */
struct wanting {
	struct arena *arena;
	const struct config *config;
	struct lookups *all;
	struct named *names;
};

static struct lookup *add(struct wanting *w, const struct lookup *l)
{
	struct lookup *copy = arena_alloc(w->arena, sizeof(*copy));

	*copy = *l;
	*w->all->last = copy;
	w->all->last = &copy->next;
	return copy;
}

/* Its number; two names that share one, or a mark, would share their routes. */
static uint32_t number_of(struct wanting *w, const struct item *item,
			  const char *prop, const char *name)
{
	uint32_t number = table_number(name);
	struct named *n;

	for (n = w->names; n; n = n->next) {
		if (!strcmp(n->name, name))
			return number;
		if (mark_of_table(n->number) == mark_of_table(number))
			item_error(w->config, item, prop,
				   "%s: the tables %s and %s have the same mark in the kernel, %#x; rename one",
				   prop, n->name, name, mark_of_table(number));
	}
	n = arena_alloc(w->arena, sizeof(*n));
	*n = (struct named){ w->names, name, number };
	w->names = n;
	return number;
}

static void want_mark(struct wanting *w, const struct item *item,
		      const char *prop, int family)
{
	struct lookup rule = {
		.family = family, .priority = PRIORITY_MARKS,
		.action = FR_ACT_TO_TBL, .item = item,
	};
	const char *name = prop_index(item->menu, prop) < 0 ? NULL :
			   item_get(item, prop);
	const struct lookup *l;

	if (!name || !*name || item_is(item, "disabled"))
		return;
	rule.table = number_of(w, item, prop, name);
	rule.mark = mark_of_table(rule.table);
	if (rule.table == RT_TABLE_MAIN)
		return;
	for (l = w->all->first; l; l = l->next)
		if (l->family == family && l->mark == rule.mark)
			return;
	add(w, &rule);
}

/* All menus of a family that name tables: routes, and the firewall's marks. */
static void want_marks(struct wanting *w, const char *below, int family)
{
	const struct item *item;
	unsigned int i;

	for (i = 0; i < menu_count; i++) {
		const char *path = menus[i]->path;
		bool routes;

		if (strncmp(path, below, strlen(below)))
			continue;
		routes = !strcmp(path + strlen(below), "route");
		for_each_item(item, w->config, path) {
			want_mark(w, item, "new-routing-mark", family);
			if (!routes)
				continue;
			want_mark(w, item, "routing-table", family);
			want_mark(w, item, "routing-mark", family);
		}
	}
}

static bool read_address(const struct item *item, const char *prop, int family,
			 struct ip *ip)
{
	const char *text = item_get(item, prop);

	if (!text || !*text)
		return true;
	if (!ip_parse(ip, family, text))
		return false;
	/* any, of this family: the kernel does not say it back */
	if (!ip->len)
		ip->family = 0;
	return true;
}

static void want_rule(struct wanting *w, const struct item *item, int family,
		      uint32_t priority)
{
	const char *action = item_get(item, "action");
	const char *mark = item_get(item, "routing-mark");
	const char *ifname = item_get(item, "interface");
	struct lookup l = {
		.family = family, .priority = priority, .item = item,
	};

	/* an address of the other family: the rule is not of this one */
	if (!read_address(item, "src-address", family, &l.src) ||
	    !read_address(item, "dst-address", family, &l.dst))
		return;
	if (mark && *mark)
		l.mark = mark_of_table(number_of(w, item, "routing-mark",
						 mark));
	if (ifname && *ifname)
		snprintf(l.ifname, sizeof(l.ifname), "%s", ifname);
	if (!strcmp(action, "drop") || !strcmp(action, "unreachable")) {
		l.action = *action == 'd' ? FR_ACT_BLACKHOLE :
					    FR_ACT_UNREACHABLE;
		add(w, &l);
		return;
	}
	l.action = FR_ACT_TO_TBL;
	l.table = number_of(w, item, "table", item_get(item, "table"));
	add(w, &l);
	if (strcmp(action, "lookup-only-in-table"))
		return;
	l.action = FR_ACT_UNREACHABLE;
	l.table = 0;
	l.priority++;
	add(w, &l);
}

/* Booted with ipv6.disable=1, or without it: its rules cannot be made. */
static bool has_ipv6(void)
{
	return !access("/proc/sys/net/ipv6/conf", F_OK);
}

static bool has_address(const struct item *item)
{
	const char *src = item_get(item, "src-address");
	const char *dst = item_get(item, "dst-address");

	return (src && *src) || (dst && *dst);
}

static void want_rules(struct wanting *w)
{
	uint32_t priority = PRIORITY_RULES;
	const struct item *item;

	for_each_item(item, w->config, "routing rule") {
		if (item->dynamic || item_is(item, "disabled"))
			continue;
		if (priority >= PRIORITY_RULES + 2 * RULES_MAX) {
			item_error(w->config, item, NULL,
				   "there may be %u rules", RULES_MAX);
			return;
		}
		want_rule(w, item, AF_INET, priority);
		/* one for all packets is for those that there can be */
		if (has_address(item) || has_ipv6())
			want_rule(w, item, AF_INET6, priority);
		priority += 2;
	}
}

void lookups_wanted(struct arena *a, const struct config *c,
		    struct lookups *all)
{
	struct wanting w = { .arena = a, .config = c, .all = all };

	want_marks(&w, "ip ", AF_INET);
	want_marks(&w, "ipv6 ", AF_INET6);
	want_rules(&w);
}
