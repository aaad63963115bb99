// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "edit.h"
#include "eval.h"
#include "select.h"

/**
 * struct cut - a part of a text to be replaced
 * @from: offset of its first octet
 * @to: offset behind its last one
 * @with: what comes there
 */
struct cut {
	size_t from, to;
	const char *with;
};

#define CUTS_MAX	64

/**
 * struct cuts - changes of a text
 * @cut: of them, in any order
 * @count: of them
 * @fail: it cannot be done so
 */
struct cuts {
	struct cut cut[CUTS_MAX];
	unsigned int count;
	bool fail;
};

static void add_cut(struct cuts *cuts, size_t from, size_t to, const char *with)
{
	if (cuts->count == CUTS_MAX)
		cuts->fail = true;
	else
		cuts->cut[cuts->count++] = (struct cut){ from, to, with };
}

static const char *make(struct arena *a, const struct script *old,
			struct cuts *cuts)
{
	size_t len = old->len, at = 0, used = 0;
	unsigned int i, j;
	char *text;

	/* by place; of two at one place the first stays first */
	for (i = 1; i < cuts->count; i++) {
		struct cut one = cuts->cut[i];

		for (j = i; j && cuts->cut[j - 1].from > one.from; j--)
			cuts->cut[j] = cuts->cut[j - 1];
		cuts->cut[j] = one;
	}
	for (i = 0; i < cuts->count; i++)
		len += strlen(cuts->cut[i].with);
	text = arena_alloc(a, len + 1);
	for (i = 0; i < cuts->count; i++) {
		const struct cut *cut = &cuts->cut[i];

		if (cut->from < at || cut->to < cut->from)
			return NULL;
		memcpy(text + used, old->text + at, cut->from - at);
		used += cut->from - at;
		memcpy(text + used, cut->with, strlen(cut->with));
		used += strlen(cut->with);
		at = cut->to;
	}
	memcpy(text + used, old->text + at, old->len - at);
	return text;
}

static const char *part(struct arena *a, const char *text, size_t from,
			size_t to)
{
	return arena_strndup(a, text + from, to - from);
}

static const struct arg *last_arg(const struct stmt *s)
{
	const struct arg *arg = s->args;

	while (arg && arg->next)
		arg = arg->next;
	return arg;
}

/* The statement, and its line's end if it stands there alone. */
static void whole_lines(const struct script *s, const struct stmt *stmt,
			size_t *from, size_t *to)
{
	size_t begin = stmt->at.offset, end = last_arg(stmt)->end.offset;

	*from = begin;
	*to = end;
	while (begin && strchr(" \t", s->text[begin - 1]))
		begin--;
	if (begin && s->text[begin - 1] != '\n')
		return;
	end += strspn(s->text + end, " \t\r");
	if (s->text[end] != '\n' && s->text[end])
		return;
	*from = begin;
	*to = end + !!s->text[end];
}

/* Where something is put before a statement: above the comments on top of it. */
static size_t above(const struct script *s, const struct stmt *stmt)
{
	size_t at, to;

	whole_lines(s, stmt, &at, &to);
	while (at) {
		size_t line = at - 1;

		while (line && s->text[line - 1] != '\n')
			line--;
		if (s->text[line] != '#')
			break;
		at = line;
	}
	return at;
}

static const char *line_of(struct arena *a, const struct action *act,
			   const char *words)
{
	size_t len = strlen(act->path) + strlen(words) + 16;
	char *line = arena_alloc(a, len);

	snprintf(line, len, "/%s %s%s%s\n", act->path,
		 command_name(act->command), *words ? " " : "", words);
	return line;
}

/* Arguments as they were written, but for the one at @without. */
static const char *words_of(struct arena *a, const char *source,
			    const struct action *act, const struct arg *without)
{
	char *words = arena_alloc(a, strlen(source) + 2);
	const struct arg *arg;

	for (arg = act->args; arg; arg = arg->next) {
		if (arg == without)
			continue;
		if (*words)
			strcat(words, " ");
		strncat(words, source + arg->at.offset,
			arg->end.offset - arg->at.offset);
	}
	return words;
}

static void append(const struct script *old, struct cuts *cuts,
		   const char *line)
{
	bool open = old->len && old->text[old->len - 1] != '\n';

	if (open)
		add_cut(cuts, old->len, old->len, "\n");
	add_cut(cuts, old->len, old->len, line);
}

/* Before the statement of the item that place-before or destination means. */
static bool insert(const struct script *old, const struct action *act,
		   const struct word *where, struct cuts *cuts,
		   const char *line)
{
	struct config copy = old->config;
	struct diag quiet = { .file = "", .out = stderr, .errors = DIAG_MAX };
	struct selection sel;
	size_t at;

	copy.diag = &quiet;
	if (!select_word(&copy, act->menu, where, &sel) || !sel.count ||
	    !sel.items[0]->stmt)
		return false;
	at = above(old, sel.items[0]->stmt);
	add_cut(cuts, at, at, line);
	return true;
}

static void edit_add(struct arena *a, const struct script *old,
		     const char *source, const struct action *act,
		     struct cuts *cuts)
{
	const struct arg *arg;

	for (arg = act->args; arg; arg = arg->next)
		if (arg->name && !strcmp(arg->name, "place-before"))
			break;
	if (arg && insert(old, act, &arg->value, cuts,
			  line_of(a, act, words_of(a, source, act, arg))))
		return;
	append(old, cuts,
	       line_of(a, act, words_of(a, source, act, NULL)));
}

/* "name=value" of one property of an item; NULL: out with it */
static void edit_prop(struct arena *a, const struct script *old,
		      const struct item *item, const char *name,
		      const char *with, struct cuts *cuts)
{
	int row = prop_index(item->menu, name);
	const struct arg *arg = row < 0 ? NULL : item->args[row];
	char *blank;
	size_t end;

	if (arg && arg->name) {
		size_t from = arg->at.offset;

		while (!with && from && old->text[from - 1] == ' ')
			from--;
		add_cut(cuts, from, arg->end.offset, with ? with : "");
		return;
	}
	if (!with)
		return;
	if (!item->stmt) {
		cuts->fail = true;
		return;
	}
	end = last_arg(item->stmt)->end.offset;
	blank = arena_alloc(a, strlen(with) + 2);
	sprintf(blank, " %s", with);
	add_cut(cuts, end, end, blank);
}

/* The whole name of what may have been abbreviated */
static const char *prop_name(const struct menu *m, const char *text)
{
	struct match match;

	match_prop(&match, m, text);
	return match.found ? match.found : text;
}

static void edit_item(struct arena *a, const struct script *old,
		      const char *source, const struct action *act,
		      const struct arg *rest, const struct item *item,
		      struct cuts *cuts)
{
	const struct arg *arg;
	char *with;

	switch (act->command) {
	case CMD_ENABLE:
		edit_prop(a, old, item, "disabled", NULL, cuts);
		return;
	case CMD_DISABLE:
		edit_prop(a, old, item, "disabled", "disabled=yes", cuts);
		return;
	case CMD_COMMENT:
		with = arena_alloc(a, strlen(source) + 16);
		sprintf(with, "comment=%s",
			part(a, source, rest->value.at.offset,
			     rest->end.offset));
		edit_prop(a, old, item, "comment", with, cuts);
		return;
	default:
		break;
	}
	for (arg = rest; arg; arg = arg->next) {
		const char *text = arg->name ? arg->name : arg->value.text;

		if (!text) {
			cuts->fail = true;
			return;
		}
		edit_prop(a, old, item, prop_name(item->menu, text),
			  arg->unset || act->command == CMD_UNSET ? NULL :
			  part(a, source, arg->at.offset, arg->end.offset),
			  cuts);
	}
}

static void edit_items(struct arena *a, const struct script *old,
		       const char *source, const struct action *act,
		       struct cuts *cuts)
{
	struct config copy = old->config;
	struct diag quiet = { .file = "", .out = stderr, .errors = DIAG_MAX };
	const struct arg *rest = act->args;
	struct selection sel;
	size_t i, from, to;

	copy.diag = &quiet;
	if (act->menu->flags & MENU_SINGLE) {
		select_where(&copy, act->menu, NULL, &sel);
	} else {
		if (!select_word(&copy, act->menu, &rest->value, &sel)) {
			cuts->fail = true;
			return;
		}
		rest = rest->next;
	}
	for (i = 0; i < sel.count; i++) {
		const struct item *item = sel.items[i];

		if (act->command != CMD_REMOVE && act->command != CMD_MOVE) {
			edit_item(a, old, source, act, rest, item, cuts);
			continue;
		}
		if (!item->stmt) {
			cuts->fail = true;
			return;
		}
		whole_lines(old, item->stmt, &from, &to);
		if (act->command == CMD_MOVE) {
			struct action add = {
				.path = act->path, .command = CMD_ADD,
				.args = item->stmt->args, .menu = act->menu,
			};
			const char *line;

			/* its words without the path and "add" */
			while (add.args && !add.args->name)
				add.args = add.args->next;
			line = line_of(a, &add, words_of(a, old->text, &add,
							 NULL));
			if (!rest || !insert(old, act, &rest->value, cuts,
					     line))
				append(old, cuts, line);
		}
		add_cut(cuts, from, to, "");
	}
}

static const char *if_right(struct arena *a, const struct script *old,
			    struct machine *m, bool offline, const char *text,
			    const struct config *expected)
{
	struct script new = *old;
	FILE *null = fopen("/dev/null", "w");

	if (!text || !null)
		return NULL;
	new.text = text;
	new.len = strlen(text);
	script_run(&new, a, m, offline, null);
	fclose(null);
	return !new.diag.errors && config_equal(&new.config, expected) ? text :
									 NULL;
}

const char *edit_text(struct arena *a, const struct script *old,
		      struct machine *m, bool offline, const char *source,
		      const struct action *act, const struct config *expected)
{
	struct cuts cuts = { .count = 0 };
	const char *text = NULL;

	if (act->command == CMD_ADD)
		edit_add(a, old, source, act, &cuts);
	else
		edit_items(a, old, source, act, &cuts);
	if (!cuts.fail)
		text = if_right(a, old, m, offline, make(a, old, &cuts),
				expected);
	if (text)
		return text;
	/* else the command as it is, at the end: that is what was done */
	cuts = (struct cuts){ .count = 0 };
	append(old, &cuts,
	       line_of(a, act, words_of(a, source, act, NULL)));
	return if_right(a, old, m, offline, make(a, old, &cuts), expected);
}
