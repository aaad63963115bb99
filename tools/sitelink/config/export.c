// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "options.h"
#include "script_line.h"
#include "text.h"

/**
 * struct export - one export
 * @out: where to
 * @c: what is exported
 * @flags: enum export_flags
 * @left_out: secrets
 */
struct export {
	FILE *out;
	struct config *c;
	unsigned int flags;
	unsigned int left_out;
};

/* What a script has to say of property @i; NULL: nothing. */
static const char *said(const struct export *e, const struct item *item,
			unsigned int i)
{
	const struct prop *prop = &item->menu->props[i];
	const char *value = item->values[i];

	if (prop->flags & PROP_READ_ONLY)
		return NULL;
	/* names are never left to chance */
	if (prop->flags & PROP_NAME && !item->builtin)
		return value;
	if (item_says(item, i))
		return value;
	if (!(e->flags & EXPORT_VERBOSE))
		return NULL;
	/*
	 * No default is said of what has another value by itself or by the machine,
	 * or none, nor where saying it would make a difference.
	 */
	if (item->args[i])
		return value;
	return value || prop->flags & (PROP_UNSET | PROP_EXPLICIT) ? NULL :
								     prop->def;
}

static void put_value(struct export *e, struct script_line *l,
		      const struct prop *prop, const char *value)
{
	struct arena *a = e->c->arena;
	const char *negation = "";
	char *word;
	size_t size;

	if (prop->unset && !strcmp(value, prop->unset)) {
		word = arena_alloc(a, strlen(prop->name) + 2);
		sprintf(word, "!%s", prop->name);
		script_word(l, word);
		return;
	}
	if (prop->flags & PROP_NOT && *value == '!') {
		negation = "!";
		value++;
	}
	value = text_value(a, value);
	size = strlen(prop->name) + strlen(value) + 3;
	word = arena_alloc(a, size);
	snprintf(word, size, "%s=%s%s", prop->name, negation, value);
	script_word(l, word);
}

static int by_name(const void *a, const void *b)
{
	const struct prop *const *pa = a, *const *pb = b;

	return strcmp((*pa)->name, (*pb)->name);
}

/* The menu's properties in the order of their names. */
static const struct prop **sorted(const struct export *e, const struct menu *m)
{
	const struct prop **props;
	unsigned int i;

	props = arena_alloc(e->c->arena, m->count * sizeof(*props));
	for (i = 0; i < m->count; i++)
		props[i] = &m->props[i];
	qsort(props, m->count, sizeof(*props), by_name);
	return props;
}

static bool is_left_out(const struct export *e, const struct prop *prop,
			const char *value)
{
	return prop->flags & PROP_SECRET && *value &&
	       !(e->flags & EXPORT_SENSITIVE);
}

/* Is there a word to say of it? */
static bool is_said(struct export *e, const struct item *item)
{
	bool any = !item->builtin;
	unsigned int i;

	if (item->dynamic)
		return false;
	for (i = 0; i < item->menu->count; i++) {
		const char *value = said(e, item, i);

		if (!value)
			continue;
		if (is_left_out(e, &item->menu->props[i], value))
			e->left_out++;
		else
			any = true;
	}
	return any;
}

/*
 * Which one: by what does not change, [ find NAME=VALUE ]; or by its number, which
 * counts what is there without a script. All of that is "default", so this only
 * tells which one if it is alone.
 */
static void put_which(struct export *e, struct script_line *l,
		      const struct item *item)
{
	static const char *const fixed[] = {
		"default-name", "name", "default"
	};
	const struct menu *m = item->menu;
	const struct item *other = e->c->lists[menu_index(m)].first;
	unsigned int number = 0, count = 0, i;
	char text[16];

	for (; other; other = other->next) {
		if (other == item)
			number = count;
		count += other->builtin;
	}
	for (i = 0; i < (count == 1 ? 3 : 2); i++) {
		int row = prop_index(m, fixed[i]);

		if (row < 0 || !item->values[row])
			continue;
		script_word(l, "[");
		script_word(l, "find");
		put_value(e, l, &m->props[row], item->values[row]);
		script_word(l, "]");
		return;
	}
	snprintf(text, sizeof(text), "%u", number);
	script_word(l, text);
}

/*
 * Where order counts, what stands before an item that is there by itself is put
 * there again: when it is added, all of those are there.
 */
static void put_place(struct script_line *l, const struct item *item)
{
	const struct item *before = item->next;

	if (item->builtin || !(item->menu->flags & MENU_ORDERED))
		return;
	while (before && !before->builtin)
		before = before->next;
	if (before)
		script_word(l, "place-before=[ find default=yes ]");
}

static void put_item(struct export *e, const struct item *item,
		     const struct prop *const *props)
{
	const struct menu *m = item->menu;
	struct script_line l = {
		.out = e->out, .wraps = !(e->flags & EXPORT_TERSE),
	};
	unsigned int i;

	if (e->flags & EXPORT_TERSE) {
		size_t size = strlen(m->path) + 2;
		char *path = arena_alloc(e->c->arena, size);

		snprintf(path, size, "/%s", m->path);
		script_word(&l, path);
	}
	script_word(&l, item->builtin ? "set" : "add");
	if (item->builtin && !(m->flags & MENU_SINGLE))
		put_which(e, &l, item);
	for (i = 0; i < m->count; i++) {
		const char *value = said(e, item, props[i] - m->props);

		if (value && !is_left_out(e, props[i], value))
			put_value(e, &l, props[i], value);
	}
	put_place(&l, item);
	script_end(&l);
}

static void put_menu(struct export *e, const struct menu *m)
{
	const struct prop **props = sorted(e, m);
	const struct item *item;
	bool any = false;

	for (item = e->c->lists[menu_index(m)].first; item; item = item->next) {
		if (!is_said(e, item))
			continue;
		if (!any && !(e->flags & EXPORT_TERSE))
			fprintf(e->out, "/%s\n", m->path);
		any = true;
		put_item(e, item, props);
	}
}

int export_menus(FILE *out, struct config *c, const struct menu *const *which,
		 size_t count, unsigned int flags)
{
	struct export e = { .out = out, .c = c, .flags = flags };
	size_t i;

	fprintf(out, "# sitelink " SITELINK_VERSION "\n");
	for (i = 0; i < count; i++)
		put_menu(&e, which[i]);
	if (e.left_out)
		fprintf(out, "# %u sensitive %s left out; export show-sensitive has %s\n",
			e.left_out, e.left_out == 1 ? "value is" : "values are",
			e.left_out == 1 ? "it" : "them");
	return fflush(out) || ferror(out) ? -1 : 0;
}
