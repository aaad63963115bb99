// SPDX-License-Identifier: GPL-2.0-only
/* Sets and their elements, and the flowtable and its interfaces. */
#include <net/if_arp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw_plan.h"

static int by_key(const void *x, const void *y)
{
	const struct fw_elem *const *a = x, *const *b = y;

	return strcmp((*a)->key, (*b)->key);
}

/* By key, NULL at the end */
static const struct fw_elem **sorted(struct arena *a, const struct fw_set *s)
{
	unsigned int count = s ? s->count : 0, i = 0;
	const struct fw_elem **all = arena_alloc(a, (count + 1) * sizeof(*all));
	const struct fw_elem *e;

	for (e = s ? s->elems : NULL; e; e = e->next)
		all[i++] = e;
	qsort(all, count, sizeof(*all), by_key);
	return all;
}

/**
 * struct change - of a set's elements
 * @name: of the set
 * @dynamic: rules add to it
 * @add: elements, commas between
 * @del: likewise
 * @blame: item of the first that is added
 */
struct change {
	const char *name;
	bool dynamic;
	struct buffer add, del;
	const struct item *blame;
};

static void put(struct buffer *t, const char *key)
{
	buffer_add(t, "%s%s", t->used ? ", " : "", key);
}

static void add_elem(struct fw_plan *p, struct change *c,
		     const struct fw_elem *e)
{
	plan_step(p, "add to firewall set %s: %s", c->name, e->key);
	put(&c->add, e->key);
	if (e->timeout)
		buffer_add(&c->add, " timeout %llus", e->timeout);
	if (c->dynamic)
		buffer_add(&c->add, " comment \"" FW_OURS "\"");
	if (!c->blame)
		c->blame = e->item;
}

static void del_elem(struct fw_plan *p, struct change *c,
		     const struct fw_elem *e)
{
	/* what rules have added is theirs */
	if (c->dynamic && !e->ours)
		return;
	plan_step(p, "remove from firewall set %s: %s", c->name, e->key);
	put(&c->del, e->key);
}

/* In both: the same, or it is made anew */
static void keep_elem(struct fw_plan *p, struct change *c,
		      const struct fw_elem *have, const struct fw_elem *want)
{
	if (have->ours == want->ours && have->timeout == want->timeout)
		return;
	put(&c->del, have->key);
	add_elem(p, c, want);
}

static void plan_elems(struct fw_plan *p, const struct fw_set *have,
		       const struct fw_set *want)
{
	struct arena *a = p->ap->arena;
	const struct fw_elem **h = sorted(a, have), **w = sorted(a, want);
	struct change c = {
		.name = want->name,
		.dynamic = !strcmp(want->spec, FW_SPEC_DYNAMIC),
	};

	buffer_init(&c.add, a);
	buffer_init(&c.del, a);
	while (*h || *w) {
		int order = !*h ? 1 : !*w ? -1 : strcmp((*h)->key, (*w)->key);

		if (order < 0)
			del_elem(p, &c, *h++);
		else if (order > 0)
			add_elem(p, &c, *w++);
		else
			keep_elem(p, &c, *h++, *w++);
	}
	/* one that has just ended cannot be removed: it is added first */
	if (c.del.used && c.dynamic)
		plan_command(p, NULL, "add element " FW_TABLE " %s { %s }",
			     c.name, c.del.p);
	if (c.del.used)
		plan_command(p, NULL, "delete element " FW_TABLE " %s { %s }",
			     c.name, c.del.p);
	if (c.add.used)
		plan_command(p, c.blame, "add element " FW_TABLE " %s { %s }",
			     c.name, c.add.p);
}

void plan_sets(struct fw_plan *p)
{
	const struct fw_set *s;

	for (s = p->want->sets; s; s = s->next) {
		const struct fw_set *have = fw_set_find(p->have, s->name);

		if (!have) {
			plan_step(p, "add firewall set %s", s->name);
			plan_command(p, NULL, "add set " FW_TABLE " %s { %s }",
				     s->name, s->spec);
		}
		plan_elems(p, have, s);
	}
}

/*
 * Those that take frames of their own; what is made by us or by modules comes
 * and goes, and gets its packets from one of these.
 */
static bool takes_part(const struct iface *i)
{
	static const char *const kinds[] = {
		"", "veth", "vlan", "bond", "team", "bridge", "macvlan", "dsa",
	};
	unsigned int k;

	if (i->type != ARPHRD_ETHER || i->group == MARK_GROUP)
		return false;
	for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		if (!strcmp(kinds[k], i->kind))
			return !strpbrk(i->name, "\"\\");
	return false;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

const char *fw_devices(struct arena *a, struct machine *m)
{
	const struct iface *i;
	unsigned int count = 0, n = 0;
	const char **names;
	struct buffer t;

	for (i = machine_ifaces(m); i; i = i->next)
		count++;
	names = arena_alloc(a, (count + 1) * sizeof(*names));
	for (count = 0, i = machine_ifaces(m); i; i = i->next)
		if (takes_part(i))
			names[count++] = i->name;
	qsort(names, count, sizeof(*names), by_name);
	buffer_init(&t, a);
	for (n = 0; n < count; n++)
		buffer_add(&t, "%s\"%s\"", n ? ", " : "", names[n]);
	return t.p;
}

/* Those of @list, as of fw_devices(), that are not in @other */
static const char *without(struct arena *a, const char *list, const char *other)
{
	struct buffer t;

	buffer_init(&t, a);
	while (*list) {
		size_t len = strcspn(list, ",");
		const char *name = arena_strndup(a, list, len);

		if (!strstr(other, name))
			put(&t, name);
		list += len;
		list += strspn(list, ", ");
	}
	return t.p;
}

static void plan_devices(struct fw_plan *p, const char *verb, const char *names)
{
	if (*names)
		plan_command(p, NULL, "%s flowtable " FW_TABLE " " FW_FLOWTABLE
			     " { hook ingress priority 0; devices = { %s }; }",
			     verb, names);
}

void plan_flowtable(struct fw_plan *p)
{
	const char *have = p->have->devices, *want = p->want->devices;
	struct arena *a = p->ap->arena;

	if (!p->want->flow || (p->have->flow && !strcmp(have, want)))
		return;
	plan_step(p, "set fasttrack: interfaces=%s", want);
	if (!p->have->flow)
		plan_command(p, NULL, "add flowtable " FW_TABLE
			     " " FW_FLOWTABLE " { hook ingress priority 0; }");
	plan_devices(p, "delete", without(a, have, want));
	plan_devices(p, "add", without(a, want, have));
}
