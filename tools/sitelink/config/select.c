// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ids.h"
#include "select.h"
#include "where.h"

static bool is_all_interfaces(const struct menu *m)
{
	return !strcmp(m->path, "interface");
}

static void take_item(struct config *c, struct selection *sel,
		      struct item *item)
{
	struct item **more;

	/* room for 1, 2, 4, ... */
	if (!(sel->count & (sel->count - 1))) {
		more = arena_alloc(c->arena, (sel->count ? 2 * sel->count : 1) *
						     sizeof(*more));
		if (sel->count)
			memcpy(more, sel->items, sel->count * sizeof(*more));
		sel->items = more;
	}
	sel->items[sel->count++] = item;
}

void select_where(struct config *c, const struct menu *m,
		  const struct expr *where, struct selection *sel)
{
	unsigned int i;

	*sel = (struct selection){ 0 };
	for (i = 0; i < menu_count; i++) {
		struct item *item;

		if (!menu_holds(m, menus[i]))
			continue;
		for (item = c->lists[i].first; item; item = item->next)
			if (where_is(c, item, where))
				take_item(c, sel, item);
	}
}

static struct item *by_number(struct config *c, const struct menu *m,
			      unsigned long n)
{
	struct selection all;

	select_where(c, m, NULL, &all);
	return n < all.count ? all.items[n] : NULL;
}

static struct item *by_id(struct config *c, const struct menu *m,
			  unsigned long id)
{
	struct selection all;
	size_t i;

	select_where(c, m, NULL, &all);
	for (i = 0; i < all.count; i++)
		if (all.items[i]->id == id)
			return all.items[i];
	return NULL;
}

static struct item *by_text(struct config *c, const struct menu *m,
			    const char *text)
{
	struct item *item = is_all_interfaces(m) ?
				    interface_by_name(c, text) :
				    item_by_name(c, m->path, text);
	char *end;
	unsigned long n;

	if (item || !*text)
		return item;
	if (text[0] == '*') {
		n = strtoul(text + 1, &end, 16);
		return isxdigit((unsigned char)text[1]) && !*end ?
			       by_id(c, m, n) : NULL;
	}
	n = strtoul(text, &end, 10);
	return isdigit((unsigned char)text[0]) && !*end ? by_number(c, m, n) :
							  NULL;
}

void select_match(struct config *c, const struct menu *m, const char *text,
		  struct match *match)
{
	struct selection all;
	const char **names;
	size_t i;

	select_where(c, m, NULL, &all);
	names = arena_alloc(c->arena, (all.count + 1) * sizeof(*names));
	for (i = 0; i < all.count; i++)
		names[i] = item_label(c, all.items[i]);
	match_word(match, text, names, all.count);
}

static void no_item(struct config *c, const struct menu *m, struct pos at,
		    const char *text)
{
	struct match match;

	select_match(c, m, text, &match);
	if (*match.all)
		diag_error(c->diag, at, "/%s has no item '%s'; it has %s%s",
			   m->path, text, match.all, match.hint);
	else
		diag_error(c->diag, at, "/%s has no item '%s', nor any other",
			   m->path, text);
}

static bool select_list(struct config *c, const struct menu *m,
			const struct word *word, struct selection *sel)
{
	const char *p = word->text;

	for (;;) {
		size_t len = strcspn(p, ",");
		const char *one = arena_strndup(c->arena, p, len);
		struct item *item = by_text(c, m, one);

		if (!item) {
			no_item(c, m, word->at, one);
			return false;
		}
		take_item(c, sel, item);
		if (!p[len])
			return true;
		p += len + 1;
	}
}

/* By what the machine says; what is only there is not the configuration's. */
static void select_live(struct config *c, const struct menu *m,
			const struct expr *where, struct selection *sel)
{
	struct selection live, all;
	size_t i, j;

	select_where(c->live, m, where, &live);
	select_where(c, m, NULL, &all);
	ids_give(c);
	for (i = 0; i < all.count; i++)
		for (j = 0; j < live.count; j++)
			if (live.items[j]->id == all.items[i]->id)
				take_item(c, sel, all.items[i]);
}

bool select_word(struct config *c, const struct menu *m, const struct word *word,
		 struct selection *sel)
{
	struct action act;

	*sel = (struct selection){ 0 };
	if (word->text) {
		struct item *item;

		if (strchr(word->text, '*'))
			ids_give(c);
		item = by_text(c, m, word->text);

		/* a name may have a comma */
		if (!item)
			return select_list(c, m, word, sel);
		take_item(c, sel, item);
		return true;
	}
	if (!path_resolve(c, m->path, word->sub, &act))
		return false;
	if (act.command != CMD_FIND) {
		diag_error(c->diag, word->at, "only [find ...] can stand here");
		return false;
	}
	if (!menu_holds(m, act.menu)) {
		diag_error(c->diag, word->at, "items of /%s are wanted, not of /%s",
			   m->path, act.path);
		return false;
	}
	if (!where_check(c, act.menu, act.where))
		return false;
	if (c->live) {
		select_live(c, act.menu, act.where, sel);
		return true;
	}
	if (!where_known(c, act.menu, act.where))
		return false;
	select_where(c, act.menu, act.where, sel);
	return true;
}
