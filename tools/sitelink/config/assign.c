// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "assign.h"
#include "select.h"

static int find_prop(struct config *c, const struct menu *m, struct pos at,
		     const char *name)
{
	const char *names[m->count];
	unsigned int rows[m->count], count = 0, i;
	struct match match;

	for (i = 0; i < m->count; i++) {
		if (m->props[i].flags & PROP_READ_ONLY) {
			if (strcmp(m->props[i].name, name))
				continue;
			diag_error(c->diag, at,
				   "'%s' can only be read", name);
			return -1;
		}
		rows[count] = i;
		names[count++] = m->props[i].name;
	}
	match_word(&match, name, names, count);
	if (match.found)
		return rows[match.index];
	if (match.several)
		diag_error(c->diag, at, "'%s' is short for more than one of %s",
			   name, match.all);
	else
		diag_error(c->diag, at,
			   "/%s has no property '%s'; it has %s%s", m->path,
			   name, match.all, match.hint);
	return -1;
}

/* Is it one of those that cannot be done? "!x": all but x. */
static bool refused(const struct prop *p, const char *value)
{
	if (!p->why)
		return false;
	if (!p->refuse)
		return true;
	return *p->refuse == '!' ? strcmp(p->refuse + 1, value) :
				   !strcmp(p->refuse, value);
}

/* The value of a word or, of a command in brackets, the items' names. */
static const char *word_value(struct config *c, const struct prop *p,
			      const struct word *word)
{
	const char *list = "";
	struct selection sel;
	size_t i;

	if (word->text)
		return word->text;
	if (!p->menu) {
		diag_error(c->diag, word->at,
			   "%s takes no command in brackets", p->name);
		return NULL;
	}
	if (!select_word(c, menu_by_path(p->menu), word, &sel))
		return NULL;
	if (!sel.count)
		diag_error(c->diag, word->at, "this finds nothing for %s",
			   p->name);
	for (i = 0; i < sel.count; i++) {
		const char *name = item_label(c, sel.items[i]);
		char *more = arena_alloc(c->arena,
					 strlen(list) + strlen(name) + 2);

		sprintf(more, "%s%s%s", list, *list ? "," : "", name);
		list = more;
	}
	return sel.count ? list : NULL;
}

static const char *negated(struct config *c, const char *text)
{
	char *more = arena_alloc(c->arena, strlen(text) + 2);

	sprintf(more, "!%s", text);
	return more;
}

static void clear(struct config *c, struct item *item, const struct prop *p,
		  unsigned int row, const struct arg *arg)
{
	if (p->flags & (PROP_REQUIRED | PROP_NAME)) {
		diag_error(c->diag, arg->at, "no item is without %s", p->name);
	} else if (item) {
		item->values[row] = p->unset || !item->own ? p->unset :
							     item->own[row];
		item->args[row] = p->unset ? arg : NULL;
	}
}

/* A value in an error; a secret is none of it. */
static const char *shown(const struct prop *p, const char *value)
{
	return (p->flags & PROP_SECRET) ? "..." : value;
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/*
 * Check and keep; @item NULL: only check. An empty value is as none where text is
 * not wanted, but only if it was said in quotes: addr= is a value forgotten.
 */
static void assign(struct config *c, struct item *item, const struct menu *m,
		   const struct prop *p, const char *text,
		   const struct arg *arg)
{
	unsigned int row = p - m->props;
	struct pos at = arg->value.text ? arg->value.at : arg->at;
	const char *value;
	char why[500];
	/* the "!" of a list of words is its first word's */
	bool words = p->rule.list && p->rule.type == &type_word &&
		     !(p->flags & PROP_NOT);

	if (arg->not && words) {
		text = negated(c, text);
	} else if (arg->not && !(p->flags & PROP_NOT)) {
		diag_error(c->diag, at, "%s cannot be negated with !", p->name);
		return;
	}
	if (!*text && p->rule.type != &type_text && !p->rule.list) {
		if (!arg->value.quoted) {
			diag_error(c->diag, at, "the value of %s is missing",
				   p->name);
		} else {
			clear(c, item, p, row, arg);
		}
		return;
	}
	value = rule_parse(c->arena, &p->rule, text, why, sizeof(why));
	if (!value) {
		diag_error(c->diag, at, "%s=%s: %s", p->name,
			   shown(p, text), why);
		return;
	}
	if (!same(value, p->def)) {
		if (refused(p, value)) {
			diag_error(c->diag, at, "%s=%s: %s", p->name,
				   shown(p, value), p->why);
			return;
		}
		if (p->note)
			diag_note(c->diag, at, "%s=%s: %s", p->name, value,
				  p->note);
	}
	if (arg->not && !words)
		value = negated(c, value);
	if (item && item->builtin && p->flags & PROP_NAME &&
	    !same(value, item->values[row])) {
		diag_error(c->diag, at,
			   "%s=%s: %s is there by itself and keeps its name",
			   p->name, value, item->values[row]);
		return;
	}
	if (item) {
		item->values[row] = value;
		item->args[row] = arg;
	}
}

int assign_option(const struct menu *m, const struct arg *arg)
{
	int row = arg->name || !arg->value.text || arg->value.quoted ? -1 :
		  prop_index(m, arg->value.text);

	return row >= 0 && m->props[row].rule.type == &type_bool &&
	       !(m->props[row].flags & PROP_READ_ONLY) ? row : -1;
}

static void assign_arg(struct config *c, struct item *item,
		       const struct menu *m, const struct arg *arg)
{
	int row = assign_option(m, arg);
	const char *text;

	if (row >= 0) {
		assign(c, item, m, &m->props[row], "yes", arg);
		return;
	}
	row = find_prop(c, m, arg->at, arg->name);
	if (row < 0 || m->props[row].flags & PROP_POSITION)
		return;
	if (arg->unset) {
		clear(c, item, &m->props[row], row, arg);
		return;
	}
	text = word_value(c, &m->props[row], &arg->value);
	if (text)
		assign(c, item, m, &m->props[row], text, arg);
}

static bool given_before(struct config *c, const struct arg *args,
			 const struct arg *arg)
{
	const char *name = arg->name ? arg->name : arg->value.text;

	for (; args != arg; args = args->next) {
		if (strcmp(args->name ? args->name : args->value.text, name))
			continue;
		diag_error(c->diag, arg->at, "%s is given twice", name);
		return true;
	}
	return false;
}

static void each(struct config *c, struct item *item, const struct menu *m,
		 const struct arg *args)
{
	const struct arg *arg;

	for (arg = args; arg; arg = arg->next)
		if (!given_before(c, args, arg))
			assign_arg(c, item, m, arg);
}

void assign_all(struct config *c, struct item *item, const struct arg *args)
{
	each(c, item, item->menu, args);
}

void assign_check(struct config *c, const struct menu *m,
		  const struct arg *args)
{
	each(c, NULL, m, args);
}

void assign_value(struct config *c, struct item *item, const char *name,
		  const char *text, const struct arg *arg)
{
	int row = prop_index(item->menu, name);
	struct arg *own;

	if (row < 0) {
		diag_error(c->diag, arg->at, "/%s has no %s", item->menu->path,
			   name);
		return;
	}
	own = arena_alloc(c->arena, sizeof(*own));
	own->at = arg->at;
	own->end = arg->end;
	own->value.quoted = true;
	assign(c, item, item->menu, &item->menu->props[row], text, own);
}

void assign_unset(struct config *c, struct item *item, const struct word *name)
{
	int row = find_prop(c, item->menu, name->at,
			    name->text ? name->text : "");
	struct arg *arg;

	if (row < 0)
		return;
	arg = arena_alloc(c->arena, sizeof(*arg));
	arg->at = name->at;
	clear(c, item, &item->menu->props[row], row, arg);
}

void assign_required(struct config *c, const struct item *item)
{
	unsigned int i;

	for (i = 0; i < item->menu->count; i++) {
		const struct prop *p = &item->menu->props[i];

		if (p->flags & PROP_REQUIRED && !item->values[i])
			diag_error(c->diag, item->at, "%s is missing", p->name);
	}
}
