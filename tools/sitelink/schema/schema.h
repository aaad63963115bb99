/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Menus and their properties. The tables are in menu_*.c; what reads, checks,
 * prints, exports, completes and documents configuration goes by them and knows no
 * property by itself.
 */
#ifndef SITELINK_SCHEMA_H
#define SITELINK_SCHEMA_H

#include "type.h"

struct config;
struct item;
struct machine;

enum prop_flags {
	PROP_READ_ONLY	= 1 << 0, /* the machine says it */
	PROP_REQUIRED	= 1 << 1, /* no item without */
	PROP_NOT	= 1 << 2, /* "!value" is allowed */
	PROP_SECRET	= 1 << 3,
	PROP_NAME	= 1 << 4, /* what "set NAME" looks for; unique */
	PROP_KEY	= 1 << 5, /* all that have this must differ as a whole */
	PROP_FLAG	= 1 << 6, /* a letter before the item, no name=value */
	PROP_UNSET	= 1 << 7, /* without a value: not printed */
	PROP_POSITION	= 1 << 8, /* place-before: where, no value of the item */
	PROP_STATS	= 1 << 9, /* only of print stats */
	PROP_SHOWN	= 1 << 10, /* of a flag: name=value is printed, too, last */
	PROP_EXPLICIT	= 1 << 11, /* unsaid is not the same as its default */
};

/**
 * struct prop - a property
 * @name: RouterOS' own
 * @rule: what its values may be
 * @def: default, canonical; NULL: none
 * @unset: what "!name" sets; NULL: the default
 * @flags: enum prop_flags
 * @menu: it names an item of this menu: path, or NULL
 * @letter: of PROP_FLAG, as in "X"
 * @refuse: values that cannot be done, "value" or "!value" (all others), or NULL
 * @why: sentence for @refuse, after "PROP=VALUE: "
 * @note: as @why, for a property that is accepted and has no effect; the whole
 *	property if @refuse is NULL and this is not
 * @of: printed only of items where the property of that name is "yes", "!NAME": is
 *	not; NULL: of all
 * @maps: what it is in Linux
 * @help: one line
 */
struct prop {
	const char *name;
	struct rule rule;
	const char *def;
	const char *unset;
	unsigned int flags;
	const char *menu;
	char letter;
	const char *refuse, *why, *note;
	const char *of;
	const char *maps;
	const char *help;
};

enum menu_flags {
	MENU_SINGLE	= 1 << 0, /* one item that is always there: settings */
	MENU_ORDERED	= 1 << 1, /* the order counts: move, place-before */
	MENU_DETAIL	= 1 << 2, /* print is print detail */
	MENU_FIXED	= 1 << 3, /* no add, no remove */
	MENU_INTERFACE	= 1 << 4, /* its items are interfaces */
	MENU_LINES	= 1 << 5, /* print: a line an item, without heads */
};

/**
 * struct menu_command - a command that only one menu has; at once, nothing is kept
 * @name: its word
 * @help: one line
 * @run: do it; NULL, or what is wrong
 * @why: sentence that says why it is not done; @run is NULL
 */
struct menu_command {
	const char *name, *help;
	const char *(*run)(struct machine *m);
	const char *why;
};

/**
 * struct menu - a menu
 * @path: its words, blanks between
 * @props: rows, in the order of print
 * @count: of them
 * @flags: enum menu_flags
 * @columns: of print brief, blanks between; NULL: all that are set
 * @stem: names of items without are STEM1, STEM2, ...
 * @title: for Documentation
 * @help: one line
 * @check: what the rows cannot say; reports to the diag of the config
 * @builtin: add what is there by itself; NULL: nothing
 * @live: fill in read-only values and flags of an item; NULL: none
 * @others: add items that are there but not in the configuration; NULL: none
 * @commands: of its own, ends with one without a name; NULL: none
 */
struct menu {
	const char *path;
	const struct prop *props;
	unsigned int count;
	unsigned int flags;
	const char *columns;
	const char *stem;
	const char *title;
	const char *help;
	void (*check)(struct config *c, const struct item *item);
	void (*builtin)(struct config *c, const struct menu *m);
	void (*live)(struct machine *m, struct item *item);
	void (*others)(struct machine *m, struct config *c);
	const struct menu_command *commands;
};

/* All of them, in the order of export; what is named stands before its users. */
extern const struct menu *const menus[];
extern const unsigned int menu_count;

/* Index in menus. */
unsigned int menu_index(const struct menu *m);

/* Are the items of @other those of @m: its own, or interfaces of any kind? */
bool menu_holds(const struct menu *m, const struct menu *other);

/* By its whole path; the program ends if there is none. */
const struct menu *menu_by_path(const char *path);

/* Property by its whole name; -1: none. */
int prop_index(const struct menu *m, const char *name);

/**
 * struct match - what an abbreviated word may be
 * @found: the only one; NULL: none, or more
 * @index: of @found, among the candidates
 * @several: more than one begins so
 * @hint: for an error, "; is it NAME?" with the most like it, or ""
 * @all: what is allowed, for an error, "a, b, c"
 */
struct match {
	const char *found;
	unsigned int index;
	bool several;
	char hint[64];
	char all[600];
};

/* Which of @count names @text is, or begins alone. */
void match_word(struct match *m, const char *text, const char *const *names,
		unsigned int count);

/* Which of the menu's properties @text is, or begins alone. */
void match_prop(struct match *match, const struct menu *m, const char *text);

#endif /* SITELINK_SCHEMA_H */
