// SPDX-License-Identifier: GPL-2.0-only
/* What the machine says: counters, addresses that rules have put on lists. */
#include <stdlib.h>

#include "fw_plan.h"
#include "menu_firewall.h"

static unsigned long long number(const struct item *item, const char *prop)
{
	int i = prop_index(item->menu, prop);

	return item->values[i] ? strtoull(item->values[i], NULL, 10) : 0;
}

/* An item may be more than one rule. */
static void put_counters(struct config *c, const struct fw_rule *r)
{
	/* only the pointer to what the configuration owns is const */
	struct item *item = (struct item *)r->item;

	item_putf(c, item, "packets", "%llu",
		  number(item, "packets") + r->packets);
	item_putf(c, item, "bytes", "%llu", number(item, "bytes") + r->bytes);
}

static void add_other(struct config *c, const char *list,
		      const struct fw_elem *e)
{
	struct item *item = item_add(c, &menu_firewall_address_list, NULL);
	static const struct rule time = { .type = &type_time };
	const char *left;
	char why[80];

	item->dynamic = true;
	item_put(c, item, "list", list);
	item_put(c, item, "address", e->key);
	item_put(c, item, "dynamic", "yes");
	if (!e->timeout)
		return;
	left = rule_parse(c->arena, &time,
			  buffer_format(c->arena, "%llus", e->expires), why,
			  sizeof(why));
	if (left)
		item_put(c, item, "timeout", left);
}

void fw_others(struct machine *m, struct config *c)
{
	struct fw_table *want = fw_want(c->arena, c), *have;
	struct fw_chain *chain;
	const struct fw_rule *r;
	const struct fw_elem *e;
	const struct fw_set *s;
	const char *why, *list;

	(void)m;
	have = fw_have(c->arena, &why);
	if (!have)
		return; /* not the administrator: there are no counters */
	for (chain = want->chains; chain; chain = chain->next) {
		fw_pair(fw_chain_find(have, chain->name), chain);
		for (r = chain->rules; r; r = r->next)
			put_counters(c, r);
	}
	for (s = have->sets; s; s = s->next) {
		list = fw_unname(c->arena, "dyn", s->name);
		for (e = list ? s->elems : NULL; e; e = e->next)
			if (!e->ours)
				add_other(c, list, e);
	}
}

static bool is_missing(struct machine *m, const struct item *item,
		       const char *prop)
{
	const char *name = item_get(item, prop);

	return name && *name && !machine_iface(m, name + (*name == '!'));
}

void fw_live(struct machine *m, struct item *item)
{
	if (!item_is(item, "disabled") && (is_missing(m, item, "in-interface") ||
					   is_missing(m, item, "out-interface")))
		item->values[prop_index(item->menu, "invalid")] = "yes";
}
