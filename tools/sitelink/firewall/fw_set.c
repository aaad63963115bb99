// SPDX-License-Identifier: GPL-2.0-only
/* Address lists, and lists of interfaces, as sets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw_rule.h"
#include "span.h"

#define LIST_MENU	"ip firewall address-list"

static const char *const rule_menus[] = {
	"ip firewall raw", "ip firewall mangle", "ip firewall nat",
	"ip firewall filter",
};

static bool is(const char *value, const char *word)
{
	return value && !strcmp(value, word);
}

/* One that is in use, of that list */
static bool on_list(const struct item *item, const char *list)
{
	return !item->dynamic && !item_is(item, "disabled") &&
	       item_get(item, "address") && is(item_get(item, "list"), list);
}

static unsigned long long timeout_of(const struct item *item)
{
	const char *timeout = item_get(item, "timeout");

	return timeout ? time_seconds(timeout) : 0;
}

/* The list that a rule adds to, if it does */
static const char *filled_by(const struct item *item)
{
	const char *action = item_get(item, "action");

	if (item_is(item, "disabled") ||
	    (!is(action, "add-src-to-address-list") &&
	     !is(action, "add-dst-to-address-list")))
		return NULL;
	return item_get(item, "address-list");
}

const char *fw_list_dynamic_set(struct fw_build *b, const char *list)
{
	const char *name = fw_name(b->table->arena, "dyn", list);

	return fw_set_find(b->table, name) ? name : NULL;
}

const char *fw_list_set(struct fw_build *b, const char *list)
{
	const char *name = fw_name(b->table->arena, "list", list);

	/* one that is empty is there if there is no other of that list */
	if (!fw_set_find(b->table, name) && fw_list_dynamic_set(b, list))
		return NULL;
	return fw_set(b->table, name, FW_SPEC_STATIC)->name;
}

void fw_list_check(struct config *c, const struct item *item)
{
	const char *address = item_get(item, "address");

	if (address && strpbrk(address, "-/") && timeout_of(item))
		item_error(c, item, "timeout",
			   "only of a single address: a set of ranges has none that end");
}

static struct fw_elem *find(const struct fw_set *set, const char *key)
{
	struct fw_elem *e;

	for (e = set->elems; e && strcmp(e->key, key); e = e->next)
		;
	return e;
}

static void add_timed(struct fw_table *t, const struct item *item)
{
	struct fw_set *set = fw_set(t, fw_name(t->arena, "dyn",
					       item_get(item, "list")),
				    FW_SPEC_DYNAMIC);
	struct fw_elem *e;

	if (find(set, item_get(item, "address")))
		return;
	e = fw_elem_add(t, set, item_get(item, "address"));
	e->item = item;
	e->timeout = timeout_of(item);
	e->ours = true;
}

/* The list of @first, which is its first: ranges that do not touch */
static void add_list(struct fw_table *t, const struct item *first)
{
	const char *list = item_get(first, "list");
	struct fw_set *set = fw_set(t, fw_name(t->arena, "list", list),
				    FW_SPEC_STATIC);
	const struct item *item;
	unsigned int count = 0, i;
	struct span *spans;
	char buf[SPAN_TEXT];

	for (item = first; item; item = item->next)
		count++;
	spans = arena_alloc(t->arena, count * sizeof(*spans));
	count = 0;
	for (item = first; item; item = item->next)
		if (on_list(item, list) && !timeout_of(item) &&
		    span_of_addresses(item_get(item, "address"),
				      &spans[count]))
			count++;
	count = span_merge(spans, count);
	for (i = 0; i < count; i++) {
		const char *key = span_text(&spans[i], buf);

		key = arena_strndup(t->arena, key, strlen(key));
		fw_elem_add(t, set, key)->item = first;
	}
}

static void add_ifaces(struct fw_table *t, const struct item *item)
{
	const char *name = item_get(item, "interface");
	const char *key = buffer_format(t->arena, "\"%s\"", name);
	struct fw_set *set = fw_set(t, fw_name(t->arena, "iflist",
					       item_get(item, "list")),
				    FW_SPEC_IFACES);

	if (!find(set, key))
		fw_elem_add(t, set, key)->item = item;
}

static void add_filled(struct fw_table *t, const struct config *c)
{
	const struct item *item;
	unsigned int i;

	for (i = 0; i < sizeof(rule_menus) / sizeof(*rule_menus); i++)
		for_each_item(item, c, rule_menus[i]) {
			const char *list = filled_by(item);

			if (list && *list)
				fw_set(t, fw_name(t->arena, "dyn", list),
				       FW_SPEC_DYNAMIC);
		}
}

static void add_lists(struct fw_table *t, const struct config *c)
{
	const struct item *item;

	for_each_item(item, c, LIST_MENU) {
		const char *list = item_get(item, "list");

		if (!list || !on_list(item, list))
			continue;
		if (timeout_of(item))
			add_timed(t, item);
		else if (!fw_set_find(t, fw_name(t->arena, "list", list)))
			add_list(t, item);
	}
	for_each_item(item, c, "interface list member")
		if (!item_is(item, "disabled") && item_get(item, "list") &&
		    item_get(item, "interface"))
			add_ifaces(t, item);
}

struct fw_table *fw_want(struct arena *a, const struct config *c)
{
	struct fw_table *t = fw_table_new(a);
	const struct item *item;
	unsigned int i;

	if (!c)
		return t;
	add_filled(t, c);
	add_lists(t, c);
	for (i = 0; i < sizeof(rule_menus) / sizeof(*rule_menus); i++)
		for_each_item(item, c, rule_menus[i])
			if (!item_is(item, "disabled"))
				fw_rules(t, c, item);
	fw_notrack(t, c);
	t->exists = t->chains || t->sets;
	return t;
}
