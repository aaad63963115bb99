// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "hash.h"
#include "ids.h"

/**
 * struct taken - ids that have been given, by their last bits
 * @ids: of them; 0: free
 * @mask: places, a power of two, less one
 */
struct taken {
	uint32_t *ids;
	uint32_t mask;
};

/* Is it there? If not, it is now. */
static bool is_taken(struct taken *t, uint32_t id)
{
	uint32_t i;

	for (i = id & t->mask; t->ids[i]; i = (i + 1) & t->mask)
		if (t->ids[i] == id)
			return true;
	t->ids[i] = id;
	return false;
}

/*
 * What it is called; else what has been said of it, but that it is disabled: who has
 * disabled an item enables the same one. What is there by itself has its place there.
 */
static uint32_t hash_item(const struct item *item, const char *number)
{
	const char *name = item_name(item);
	uint32_t h = hash_text(HASH_BEGIN, item->menu->path);
	unsigned int i;

	if (name || item->builtin)
		return hash_text(hash_text(h, "/"), name ? name : number);
	for (i = 0; i < item->menu->count; i++) {
		const char *prop = item->menu->props[i].name;

		if (!item->values[i] || !strcmp(prop, "disabled") ||
		    (!item->args[i] && !item->dynamic))
			continue;
		h = hash_text(hash_text(h, " "), prop);
		h = hash_text(hash_text(h, "="), item->values[i]);
	}
	return h;
}

static void give(struct item *item, struct taken *t, const char *number)
{
	uint32_t id = hash_item(item, number);

	/* of two that are the same the second has the next one */
	while (!id || is_taken(t, id))
		id++;
	item->id = id;
}

/* What is not of the script is not in each run; it comes last. */
static void give_menu(struct item *item, bool dynamic, struct taken *t)
{
	char number[] = "a";

	for (; item; item = item->next) {
		if (item->dynamic == dynamic)
			give(item, t, number);
		*number += item->builtin;
	}
}

void ids_give(struct config *c)
{
	uint32_t count = 0, room = 16;
	struct taken t;
	unsigned int i;
	int dynamic;

	for (i = 0; i < menu_count; i++) {
		const struct item *item;

		for (item = c->lists[i].first; item; item = item->next)
			count++;
	}
	while (room < 2 * count)
		room *= 2;
	t.ids = arena_alloc(c->arena, room * sizeof(*t.ids));
	t.mask = room - 1;
	for (dynamic = 0; dynamic < 2; dynamic++)
		for (i = 0; i < menu_count; i++)
			give_menu(c->lists[i].first, dynamic, &t);
}
