// SPDX-License-Identifier: GPL-2.0-only
/* What only the whole of a configuration shows. */
#include <string.h>

#include "buffer.h"
#include "eval.h"
#include "select.h"

static void check_reference(struct config *c, const struct item *item,
			    const struct prop *p, const char *name)
{
	const struct menu *m = menu_by_path(p->menu);
	/* a bridge may be the machine's own */
	bool interface = m->flags & MENU_INTERFACE;
	struct match match;

	if (word_match(p->rule.words, name))
		return;
	if (interface ? c->any_interface || interface_by_name(c, name) :
			!!item_by_name(c, p->menu, name))
		return;
	select_match(c, m, name, &match);
	if (!*match.all)
		item_error(c, item, p->name, "%s=%s: /%s has no item", p->name,
			   name, p->menu);
	else
		item_error(c, item, p->name,
			   "%s=%s: /%s has no such item; it has %s%s",
			   p->name, name, p->menu, match.all, match.hint);
}

static void check_references(struct config *c, const struct item *item)
{
	unsigned int i;

	for (i = 0; i < item->menu->count; i++) {
		const struct prop *p = &item->menu->props[i];
		const char *value = item->values[i];
		char name[256];

		if (!p->menu || !value || !*value)
			continue;
		value += *value == '!';
		if (!p->rule.list) {
			check_reference(c, item, p, value);
			continue;
		}
		while (value && list_next(&value, name, sizeof(name)))
			check_reference(c, item, p, name + (*name == '!'));
	}
}

static const char *key_part(const struct item *item, unsigned int i)
{
	const char *value = item->values[i] ? item->values[i] :
					      item->menu->props[i].def;

	return value ? value : "";
}

/* Do two items of a menu that has keys say the same where they must not? */
static bool same_key(const struct item *a, const struct item *b)
{
	unsigned int i;

	for (i = 0; i < a->menu->count; i++)
		if (a->menu->props[i].flags & PROP_KEY &&
		    strcmp(key_part(a, i), key_part(b, i)))
			return false;
	return true;
}

/* Where @other is, for a message at @item: "line N", or what else it is. */
static const char *where(struct config *c, const struct item *item,
			 const struct item *other)
{
	const struct pos *at = &other->at;

	if (!at->line)
		return "one that is there by itself";
	if (at->file != item->at.file)
		return buffer_format(c->arena, "%s:%u", at->file, at->line);
	return buffer_format(c->arena, "line %u", at->line);
}

static void check_name(struct config *c, struct item *item)
{
	const char *name = item_name(item);
	struct item *other;

	if (!name)
		return;
	other = item->menu->flags & MENU_INTERFACE ?
			interface_by_name(c, name) :
			item_by_name(c, item->menu->path, name);
	if (other == item)
		return;
	/* the first of the two is found, the second is to blame */
	item_error(c, item, NULL, "/%s %s: the name is taken by /%s, %s",
		   item->menu->path, name, other->menu->path,
		   where(c, item, other));
}

static void check_key(struct config *c, struct item *item)
{
	const struct menu *m = item->menu;
	struct item *other = NULL;
	unsigned int i;

	for (i = 0; i < m->count && !other; i++)
		if (m->props[i].flags & PROP_KEY)
			other = item->prev;
	for (; other; other = other->prev) {
		if (!same_key(item, other))
			continue;
		item_error(c, item, NULL, "/%s: the same as %s",
			   item->menu->path, where(c, item, other));
		return;
	}
}

void config_check(struct config *c)
{
	unsigned int i;
	struct item *item;

	for (i = 0; i < menu_count; i++) {
		for (item = c->lists[i].first; item; item = item->next) {
			check_name(c, item);
			check_key(c, item);
			check_references(c, item);
			if (menus[i]->check)
				menus[i]->check(c, item);
		}
	}
}
