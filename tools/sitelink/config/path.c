// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "path.h"

static const char *const commands[CMD_COUNT] = {
	[CMD_ADD] = "add", [CMD_SET] = "set", [CMD_REMOVE] = "remove",
	[CMD_ENABLE] = "enable", [CMD_DISABLE] = "disable",
	[CMD_MOVE] = "move", [CMD_COMMENT] = "comment", [CMD_UNSET] = "unset",
	[CMD_PRINT] = "print", [CMD_FIND] = "find", [CMD_EXPORT] = "export",
};

const char *command_name(enum command cmd)
{
	return commands[cmd];
}

const char *action_name(const struct action *act)
{
	return act->own ? act->own->name : command_name(act->command);
}

bool path_holds(const char *path, const struct menu *m)
{
	size_t len = strlen(path);

	return !len || (!strncmp(m->path, path, len) &&
			(!m->path[len] || m->path[len] == ' '));
}

static const struct menu *menu_at(const char *path)
{
	unsigned int i;

	for (i = 0; i < menu_count; i++)
		if (!strcmp(menus[i]->path, path))
			return menus[i];
	return NULL;
}

static bool has_prop(const struct menu *m, const char *name)
{
	int i = prop_index(m, name);

	return i >= 0 && !(m->props[i].flags & PROP_READ_ONLY);
}

/* Does the menu have the command? */
static bool allowed(const struct menu *m, enum command cmd)
{
	if (cmd == CMD_EXPORT)
		return true;
	if (!m)
		return false;
	switch (cmd) {
	case CMD_ADD:
	case CMD_REMOVE:
		return !(m->flags & (MENU_SINGLE | MENU_FIXED));
	case CMD_MOVE:
		return m->flags & MENU_ORDERED;
	case CMD_ENABLE:
	case CMD_DISABLE:
		return !(m->flags & MENU_SINGLE) && has_prop(m, "disabled");
	case CMD_COMMENT:
		return !(m->flags & MENU_SINGLE) && has_prop(m, "comment");
	case CMD_FIND:
		return !(m->flags & MENU_SINGLE);
	case CMD_NONE:
	case CMD_OWN:
	case CMD_COUNT:
		return false;
	default:
		return true;
	}
}

#define WORDS_MAX	64

/**
 * struct choice - the words that may follow a path
 * @names: menus below, then commands
 * @cmds: of @names; CMD_NONE: a menu
 * @own: of CMD_OWN
 * @count: of them
 */
struct choice {
	const char *names[WORDS_MAX];
	enum command cmds[WORDS_MAX];
	const struct menu_command *own[WORDS_MAX];
	unsigned int count;
};

static void choose(struct choice *ch, const char *name, enum command cmd,
		   const struct menu_command *own)
{
	unsigned int i;

	for (i = 0; i < ch->count; i++)
		if (!strcmp(ch->names[i], name))
			return;
	if (ch->count == WORDS_MAX)
		return;
	ch->names[ch->count] = name;
	ch->own[ch->count] = own;
	ch->cmds[ch->count++] = cmd;
}

static void choices(struct arena *a, const char *path, struct choice *ch)
{
	const struct menu *m = menu_at(path);
	const struct menu_command *own;
	size_t len = strlen(path);
	unsigned int i;

	ch->count = 0;
	for (i = 0; i < menu_count; i++) {
		const char *rest = menus[i]->path + len;

		if (!path_holds(path, menus[i]) || !*rest)
			continue;
		rest += !!len;
		choose(ch, arena_strndup(a, rest, strcspn(rest, " ")),
		       CMD_NONE, NULL);
	}
	for (i = CMD_ADD; i < CMD_COUNT; i++)
		if (allowed(m, i))
			choose(ch, commands[i], i, NULL);
	for (own = m ? m->commands : NULL; own && own->name; own++)
		choose(ch, own->name, CMD_OWN, own);
}

static const char *up(struct arena *a, const char *path)
{
	const char *blank = strrchr(path, ' ');

	return arena_strndup(a, path, blank ? (size_t)(blank - path) : 0);
}

static const char *down(struct arena *a, const char *path, const char *word)
{
	char *longer = arena_alloc(a, strlen(path) + strlen(word) + 2);

	sprintf(longer, "%s%s%s", path, *path ? " " : "", word);
	return longer;
}

static void unknown(struct config *c, struct pos at, const char *path,
		    const char *word, const struct match *match)
{
	if (match->several)
		diag_error(c->diag, at, "'%s' is short for more than one of %s",
			   word, match->all);
	else
		diag_error(c->diag, at,
			   "/%s has no menu or command '%s'; it has %s%s",
			   path, word, match->all, match->hint);
}

/* One word of a path, slashes in it undone. false: a mistake. */
static bool walk(struct config *c, struct action *act, const struct arg *arg)
{
	const char *p = arg->value.text;

	while (*p) {
		size_t len = strcspn(p, "/");
		const char *word = arena_strndup(c->arena, p, len);
		struct pos at = arg->at;
		struct choice ch;
		struct match match;

		at.column += p - arg->value.text;
		at.offset += p - arg->value.text;
		p += len + !!p[len];
		if (!len)
			continue;
		if (act->command) {
			diag_error(c->diag, at, "nothing follows '%s/'",
				   action_name(act));
			return false;
		}
		if (!strcmp(word, "..")) {
			act->path = up(c->arena, act->path);
			continue;
		}
		choices(c->arena, act->path, &ch);
		match_word(&match, word, ch.names, ch.count);
		if (!match.found) {
			unknown(c, at, act->path, word, &match);
			return false;
		}
		act->command = ch.cmds[match.index];
		act->own = ch.own[match.index];
		act->at = at;
		if (!act->command)
			act->path = down(c->arena, act->path, match.found);
	}
	return true;
}

bool path_resolve(struct config *c, const char *path, const struct stmt *stmt,
		  struct action *act)
{
	const struct arg *arg = stmt->args;

	*act = (struct action){
		.path = stmt->absolute ? "" : path, .at = stmt->at,
		.where = stmt->where, .stmt = stmt,
	};
	for (; arg && !act->command; arg = arg->next) {
		if (arg->name || arg->unset || !arg->value.text ||
		    arg->value.quoted) {
			diag_error(c->diag, arg->at,
				   "a command is missing before this; /%s has none by itself",
				   act->path);
			return false;
		}
		if (!walk(c, act, arg))
			return false;
	}
	act->menu = menu_at(act->path);
	act->args = arg;
	if (act->where && act->command != CMD_FIND && act->command != CMD_PRINT) {
		diag_error(c->diag, act->where->at,
			   "a condition stands behind print and in [find where ...], not behind %s",
			   act->command ? action_name(act) : "a path");
		return false;
	}
	/* the parser, to which commands are words, has looked for the whole one */
	if (act->command == CMD_FIND && arg) {
		diag_error(c->diag, arg->at,
			   "a condition stands behind find, which is not shortened then");
		return false;
	}
	return true;
}
