// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

/* What is there by itself has values by itself. */
static void keep_own(struct config *c, struct item *item)
{
	size_t size = item->menu->count * sizeof(*item->own);

	for (; item; item = item->next) {
		item->own = arena_alloc(c->arena, size);
		memcpy(item->own, item->values, size);
	}
}

void config_init(struct config *c, struct arena *a, struct diag *d)
{
	unsigned int i;

	*c = (struct config){
		.arena = a, .diag = d,
		.lists = arena_alloc(a, menu_count * sizeof(*c->lists)),
	};
	for (i = 0; i < menu_count; i++) {
		if (menus[i]->flags & MENU_SINGLE)
			item_add(c, menus[i], NULL)->builtin = true;
		else if (menus[i]->builtin)
			menus[i]->builtin(c, menus[i]);
		if (c->lists[i].first)
			keep_own(c, c->lists[i].first);
	}
}

static struct item_list *list_of(const struct config *c, const struct menu *m)
{
	return &c->lists[menu_index(m)];
}

struct item_list *config_items(const struct config *c, const char *path)
{
	return list_of(c, menu_by_path(path));
}

static void link_item(struct config *c, struct item *item, struct item *before)
{
	struct item_list *list = list_of(c, item->menu);

	item->next = before;
	item->prev = before ? before->prev : list->last;
	*(item->prev ? &item->prev->next : &list->first) = item;
	*(before ? &before->prev : &list->last) = item;
}

void item_remove(struct config *c, struct item *item)
{
	struct item_list *list = list_of(c, item->menu);

	*(item->prev ? &item->prev->next : &list->first) = item->next;
	*(item->next ? &item->next->prev : &list->last) = item->prev;
}

struct item *item_add(struct config *c, const struct menu *m,
		      struct item *before)
{
	struct item *item = arena_alloc(c->arena, sizeof(*item));

	item->menu = m;
	item->values = arena_alloc(c->arena, m->count * sizeof(*item->values));
	item->args = arena_alloc(c->arena, m->count * sizeof(*item->args));
	link_item(c, item, before);
	return item;
}

void item_move(struct config *c, struct item *item, struct item *before)
{
	if (item == before)
		return;
	item_remove(c, item);
	link_item(c, item, before);
}

static unsigned int must_have(const struct item *item, const char *name)
{
	int i = prop_index(item->menu, name);

	if (i < 0) {
		fprintf(stderr, "sitelink: /%s has no property %s\n",
			item->menu->path, name);
		abort();
	}
	return i;
}

const char *item_get(const struct item *item, const char *name)
{
	unsigned int i = must_have(item, name);

	return item->values[i] ? item->values[i] : item->menu->props[i].def;
}

bool item_is(const struct item *item, const char *name)
{
	const char *value = item_get(item, name);

	return value && !strcmp(value, "yes");
}

bool item_has(const struct item *item, const char *name)
{
	return item->values[must_have(item, name)];
}

const char *item_unsaid(const struct item *item, unsigned int row)
{
	return item->own && item->own[row] ? item->own[row] :
					     item->menu->props[row].def;
}

bool item_says(const struct item *item, unsigned int row)
{
	const char *unsaid = item_unsaid(item, row);

	if (!item->args[row])
		return false;
	return item->menu->props[row].flags & PROP_EXPLICIT || !unsaid ||
	       strcmp(item->values[row], unsaid);
}

void item_put(struct config *c, struct item *item, const char *name,
	      const char *value)
{
	item->values[must_have(item, name)] =
		arena_strndup(c->arena, value, strlen(value));
}

void item_putf(struct config *c, struct item *item, const char *name,
	       const char *format, ...)
{
	char buf[512];
	va_list args;

	va_start(args, format);
	vsnprintf(buf, sizeof(buf), format, args);
	va_end(args);
	item_put(c, item, name, buf);
}

static const struct prop *name_prop(const struct menu *m)
{
	unsigned int i;

	for (i = 0; i < m->count; i++)
		if (m->props[i].flags & PROP_NAME)
			return &m->props[i];
	return NULL;
}

const char *item_name(const struct item *item)
{
	const struct prop *p = name_prop(item->menu);

	return p ? item_get(item, p->name) : NULL;
}

static struct item *find_name(const struct config *c, const struct menu *m,
			      const char *name)
{
	struct item *item;

	for (item = list_of(c, m)->first; item; item = item->next) {
		const char *own = item_name(item);

		if (own && !strcmp(own, name))
			return item;
	}
	return NULL;
}

struct item *item_by_name(const struct config *c, const char *path,
			  const char *name)
{
	return find_name(c, menu_by_path(path), name);
}

struct item *interface_by_name(const struct config *c, const char *name)
{
	struct item *found = NULL;
	unsigned int i;

	for (i = 0; i < menu_count && !found; i++)
		if (menus[i]->flags & MENU_INTERFACE)
			found = find_name(c, menus[i], name);
	return found;
}

const char *item_label(const struct config *c, const struct item *item)
{
	const char *name = item_name(item);
	const struct item *before = item;
	unsigned int number = 0;
	char buf[24];

	if (name)
		return name;
	while ((before = before->prev))
		number++;
	return arena_strndup(c->arena, buf, sprintf(buf, "%u", number));
}

void item_error(const struct config *c, const struct item *item,
		const char *prop, const char *format, ...)
{
	const struct arg *arg = NULL;
	char text[600];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (prop)
		arg = item->args[must_have(item, prop)];
	if (!arg)
		diag_error(c->diag, item->at, "%s", text);
	else
		diag_error(c->diag, arg->value.text ? arg->value.at : arg->at,
			   "%s", text);
}
