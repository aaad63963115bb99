// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "assign.h"
#include "eval.h"
#include "select.h"

bool command_changes(enum command cmd)
{
	return cmd >= CMD_ADD && cmd <= CMD_UNSET;
}

static bool must_be_assignments(struct config *c, const struct menu *m,
				const struct arg *arg)
{
	for (; arg; arg = arg->next) {
		if (arg->name || assign_option(m, arg) >= 0)
			continue;
		diag_error(c->diag, arg->at,
			   "expected PROPERTY=VALUE, without blanks around the =");
		return false;
	}
	return true;
}

/* Of place-before or move: NULL, to the end, if nothing is found. */
static bool place(struct config *c, const struct menu *m,
		  const struct word *word, struct item **before)
{
	struct selection sel;
	unsigned int n;
	char end;

	*before = NULL;
	/* a number behind the last one is the end, as in an empty menu */
	if (word->text && sscanf(word->text, "%u%c", &n, &end) == 1) {
		select_where(c, m, NULL, &sel);
		*before = n < sel.count ? sel.items[n] : NULL;
		return true;
	}
	if (!select_word(c, m, word, &sel))
		return false;
	*before = sel.count ? sel.items[0] : NULL;
	return true;
}

static const struct arg *position(const struct menu *m, const struct arg *arg)
{
	for (; arg; arg = arg->next) {
		int i = arg->name ? prop_index(m, arg->name) : -1;

		if (i >= 0 && m->props[i].flags & PROP_POSITION)
			return arg;
	}
	return NULL;
}

/* Names of items without: STEM1, or the first number that is free. */
static void auto_name(struct config *c, struct item *item)
{
	const struct menu *m = item->menu;
	unsigned int i, n = 0;
	char name[32];

	for (i = 0; i < m->count && !(m->props[i].flags & PROP_NAME); i++)
		;
	if (i == m->count || item->values[i] || !m->stem)
		return;
	do {
		snprintf(name, sizeof(name), "%s%u", m->stem, ++n);
	} while (m->flags & MENU_INTERFACE ? interface_by_name(c, name) :
					     item_by_name(c, m->path, name));
	item_put(c, item, m->props[i].name, name);
}

static void do_add(struct config *c, const struct action *act)
{
	const struct arg *pos = position(act->menu, act->args);
	struct item *before = NULL, *item;
	unsigned int errors = c->diag->errors;

	if (!must_be_assignments(c, act->menu, act->args) ||
	    (pos && !place(c, act->menu, &pos->value, &before)))
		return;
	item = item_add(c, act->menu, before);
	item->stmt = act->stmt;
	item->at = act->at;
	assign_all(c, item, act->args);
	if (c->diag->errors == errors)
		assign_required(c, item);
	if (c->diag->errors != errors)
		item_remove(c, item);
	else
		auto_name(c, item);
}

static bool find_subjects(struct config *c, const struct action *act,
			  struct selection *sel, const struct arg **rest)
{
	*rest = act->args;
	if (act->menu->flags & MENU_SINGLE) {
		select_where(c, act->menu, NULL, sel);
		return true;
	}
	if (act->args && !act->args->name && !act->args->unset) {
		*rest = act->args->next;
		return select_word(c, act->menu, &act->args->value, sel);
	}
	if (act->args && act->args->name &&
	    !strcmp(act->args->name, "numbers")) {
		*rest = act->args->next;
		return select_word(c, act->menu, &act->args->value, sel);
	}
	diag_error(c->diag, act->at,
		   "%s needs an item: a name, numbers of print, or [find ...]",
		   command_name(act->command));
	return false;
}

/*
 * The items that a command is for. Settings are one item and need no word. Behind
 * the words: *@rest. What follows from another item is that one's to change.
 */
static bool subjects(struct config *c, const struct action *act,
		     struct selection *sel, const struct arg **rest)
{
	size_t i;

	if (!find_subjects(c, act, sel, rest))
		return false;
	for (i = 0; i < sel->count; i++) {
		const struct item *maker = sel->items[i]->maker;

		if (!maker)
			continue;
		diag_error(c->diag, act->at,
			   "/%s %s is dynamic: it follows from /%s %s; %s that one",
			   act->path, item_label(c, sel->items[i]),
			   maker->menu->path, item_label(c, maker),
			   command_name(act->command));
		return false;
	}
	return true;
}

static void do_set(struct config *c, const struct action *act)
{
	struct selection sel;
	const struct arg *rest;
	size_t i;

	if (!subjects(c, act, &sel, &rest) ||
	    !must_be_assignments(c, act->menu, rest))
		return;
	/* that nothing was found hides no mistake */
	if (!sel.count)
		assign_check(c, act->menu, rest);
	for (i = 0; i < sel.count; i++)
		assign_all(c, sel.items[i], rest);
}

static void do_unset(struct config *c, const struct action *act)
{
	struct selection sel;
	const struct arg *rest;
	size_t i;

	if (!subjects(c, act, &sel, &rest))
		return;
	for (; rest; rest = rest->next)
		for (i = 0; i < sel.count; i++)
			assign_unset(c, sel.items[i],
				     rest->name ? &(struct word){
					     .at = rest->at,
					     .text = rest->value.text } :
				     &rest->value);
}

static bool nothing_more(struct config *c, const struct arg *rest)
{
	if (rest)
		diag_error(c->diag, rest->at, "nothing more is expected here");
	return !rest;
}

static void do_remove(struct config *c, const struct action *act)
{
	struct selection sel;
	const struct arg *rest;
	size_t i;

	if (!subjects(c, act, &sel, &rest) || !nothing_more(c, rest))
		return;
	for (i = 0; i < sel.count; i++) {
		struct item *item = sel.items[i];

		if (item->builtin)
			diag_error(c->diag, act->at,
				   "%s is there by itself and cannot be removed",
				   item_label(c, item));
		else
			item_remove(c, item);
	}
}

static void do_able(struct config *c, const struct action *act)
{
	struct selection sel;
	const struct arg *rest;
	size_t i;

	if (!subjects(c, act, &sel, &rest) || !nothing_more(c, rest))
		return;
	for (i = 0; i < sel.count; i++)
		assign_value(c, sel.items[i], "disabled",
			     act->command == CMD_DISABLE ? "yes" : "no",
			     act->args);
}

static void do_comment(struct config *c, const struct action *act)
{
	struct selection sel;
	const struct arg *rest;
	size_t i;

	if (!subjects(c, act, &sel, &rest))
		return;
	if (!rest || rest->next || !rest->value.text ||
	    (rest->name && strcmp(rest->name, "comment"))) {
		diag_error(c->diag, rest ? rest->at : act->stmt->end,
			   "comment needs an item and a text");
		return;
	}
	for (i = 0; i < sel.count; i++)
		assign_value(c, sel.items[i], "comment", rest->value.text,
			     rest);
}

static void do_move(struct config *c, const struct action *act)
{
	struct selection sel;
	const struct arg *rest;
	struct item *before = NULL;
	size_t i;

	if (!subjects(c, act, &sel, &rest))
		return;
	if (rest && (rest->next ||
		     (rest->name && strcmp(rest->name, "destination")))) {
		diag_error(c->diag, rest->at,
			   "move needs an item and destination=NUMBER");
		return;
	}
	if (rest && !place(c, act->menu, &rest->value, &before))
		return;
	for (i = 0; i < sel.count; i++)
		if (sel.items[i] == before)
			return;
	for (i = 0; i < sel.count; i++)
		item_move(c, sel.items[i], before);
}

void eval_action(struct config *c, const struct action *act)
{
	static void (*const run[CMD_COUNT])(struct config *c,
					    const struct action *act) = {
		[CMD_ADD] = do_add, [CMD_SET] = do_set,
		[CMD_REMOVE] = do_remove, [CMD_ENABLE] = do_able,
		[CMD_DISABLE] = do_able, [CMD_MOVE] = do_move,
		[CMD_COMMENT] = do_comment, [CMD_UNSET] = do_unset,
	};

	if (run[act->command])
		run[act->command](c, act);
	else if (act->command == CMD_OWN)
		diag_error(c->diag, act->at,
			   "%s is done at once, it is nothing that a script makes",
			   action_name(act));
}

void eval_script(struct config *c, const struct stmt *stmt)
{
	const char *path = "";

	for (; stmt; stmt = stmt->next) {
		struct action act;

		if (!path_resolve(c, path, stmt, &act))
			continue;
		if (!act.command)
			path = act.path;
		else
			eval_action(c, &act);
	}
}
