// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the machine says: counters, addresses that rules have put on lists, interfaces
 * that are not there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw_plan.h"
#include "menu_firewall.h"
#include "span.h"

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

	if (!item)
		return;
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

static void put_unless_any(struct config *c, struct item *item,
			   const char *prop, const char *value)
{
	if (strcmp(value, "any"))
		item_put(c, item, prop, value);
}

/* Of a generated policy: its comment is what it takes. */
static void add_notrack(struct config *c, const char *chain,
			const struct fw_rule *r)
{
	char src[SPAN_TEXT], dst[SPAN_TEXT], proto[32], sport[16], dport[16];
	struct item *item;

	if (sscanf(r->comment, "%39s %39s %31s %15s %15s", src, dst, proto,
		   sport, dport) != 5)
		return;
	item = item_add(c, &menu_firewall_raw, NULL);
	item->dynamic = true;
	item_put(c, item, "dynamic", "yes");
	item_put(c, item, "chain", chain);
	item_put(c, item, "action", "notrack");
	item_put(c, item, "src-address", src);
	item_put(c, item, "dst-address", dst);
	put_unless_any(c, item, "protocol", proto);
	put_unless_any(c, item, "src-port", sport);
	put_unless_any(c, item, "dst-port", dport);
	item_putf(c, item, "packets", "%llu", r->packets);
	item_putf(c, item, "bytes", "%llu", r->bytes);
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
	for (chain = have->chains; chain; chain = chain->next) {
		list = fw_unname(c->arena, FW_NOTRACK, chain->name);
		for (r = list ? chain->rules : NULL; r; r = r->next)
			add_notrack(c, list, r);
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

void fw_check_interface(struct config *c, const struct item *item,
			const char *prop)
{
	const char *name = item_get(item, prop);
	const struct arg *arg = item->args[prop_index(item->menu, prop)];
	bool not = name && *name == '!';

	if (!name || !*name || item_is(item, "disabled") || c->any_interface ||
	    interface_by_name(c, name + not))
		return;
	diag_note(c->diag, !arg ? item->at :
			   arg->value.text ? arg->value.at : arg->at,
		  "%s=%s: there is no such interface: %s packet matches", prop,
		  name, not ? "every" : "no");
}
