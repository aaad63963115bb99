// SPDX-License-Identifier: GPL-2.0-only
/* Which chains rules jump to, and from where packets come there. */
#include <string.h>

#include "fw_rule.h"

/**
 * struct seen - a chain that was looked at
 * @next: the one before it
 * @chain: its name
 */
struct seen {
	struct seen *next;
	const char *chain;
};

static bool is_new(struct fw_build *b, struct seen **all, const char *chain)
{
	struct seen *s;

	for (s = *all; s; s = s->next)
		if (!strcmp(s->chain, chain))
			return false;
	s = arena_alloc(b->table->arena, sizeof(*s));
	*s = (struct seen){ *all, chain };
	*all = s;
	return true;
}

static const char *target_of(const struct item *item, const char *chain)
{
	const char *from = item_get(item, "chain");

	if (item_is(item, "disabled") || !from || strcmp(from, chain) ||
	    strcmp(item_get(item, "action"), "jump"))
		return NULL;
	return item_get(item, "jump-target");
}

static bool reaches(struct fw_build *b, struct seen **all, const char *from,
		    const char *to)
{
	const struct item *item;

	if (!strcmp(from, to))
		return true;
	if (!is_new(b, all, from))
		return false;
	for_each_item(item, b->config, b->item->menu->path) {
		const char *target = target_of(item, from);

		if (target && reaches(b, all, target, to))
			return true;
	}
	return false;
}

bool fw_chain_reaches(struct fw_build *b, const char *from, const char *to)
{
	struct seen *all = NULL;

	return reaches(b, &all, from, to);
}
