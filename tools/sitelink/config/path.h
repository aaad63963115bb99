/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a statement's words to a menu and a command: blanks or slashes between
 * them, "..", and abbreviations.
 */
#ifndef SITELINK_PATH_H
#define SITELINK_PATH_H

#include "config.h"

enum command {
	CMD_NONE,	/* a path by itself: go there */
	CMD_ADD,
	CMD_SET,
	CMD_REMOVE,
	CMD_ENABLE,
	CMD_DISABLE,
	CMD_MOVE,
	CMD_COMMENT,
	CMD_UNSET,
	CMD_PRINT,
	CMD_FIND,
	CMD_EXPORT,
	CMD_OWN,	/* of that menu only */
	CMD_COUNT
};

/* Its word; NULL: CMD_OWN has none. */
const char *command_name(enum command cmd);

/**
 * struct action - what a statement does
 * @path: of the menu, blanks between; "" is the root
 * @menu: of that path; NULL: it only has others below
 * @command: what to do there
 * @own: of CMD_OWN
 * @at: of the command's word
 * @args: behind it
 * @where: which items
 * @stmt: all of it
 */
struct action {
	const char *path;
	const struct menu *menu;
	enum command command;
	const struct menu_command *own;
	struct pos at;
	const struct arg *args;
	const struct expr *where;
	const struct stmt *stmt;
};

/* The word of its command. */
const char *action_name(const struct action *action);

/* Seen from @path; false: a mistake, which has been reported. */
bool path_resolve(struct config *c, const char *path, const struct stmt *stmt,
		  struct action *action);

/* Is menu @m @path, or below it? */
bool path_holds(const char *path, const struct menu *m);

#endif /* SITELINK_PATH_H */
