/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A configuration: the items of each menu, in order, as a script made them.
 */
#ifndef SITELINK_CONFIG_H
#define SITELINK_CONFIG_H

#include "diag.h"
#include "parse.h"
#include "schema.h"

/**
 * struct item - an item
 * @next: in its menu
 * @prev: likewise
 * @menu: where it is
 * @values: by the menu's properties, canonical ("!" before: all but); NULL: default
 * @args: what set them; NULL: the default, or the machine
 * @own: of @values, what it has by itself; NULL: nothing
 * @stmt: what added it; NULL: it is there by itself
 * @at: place of @stmt
 * @id: as *HEX, unique in the config; 0 before ids_give()
 * @builtin: is there without being added, as settings are
 * @dynamic: is on the machine, and not in the configuration
 * @maker: the item that it follows from, ipsec_expand(); NULL: none
 */
struct item {
	struct item *next, *prev;
	const struct menu *menu;
	const char **values;
	const struct arg **args;
	const char **own;
	const struct stmt *stmt;
	struct pos at;
	unsigned int id;
	bool builtin;
	bool dynamic;
	const struct item *maker;
};

/**
 * struct item_list - items of a menu, in order
 * @first: of them
 * @last: of them
 */
struct item_list {
	struct item *first, *last;
};

/**
 * struct config - a configuration
 * @arena: holds it
 * @diag: where mistakes go
 * @lists: by menu_index()
 * @live: the same, with ids and with what the machine says, for [find ...] to go by;
 *	NULL: there is no machine to ask
 * @any_interface: references to interfaces are not looked up: the machine that
 *	the script is for is another
 */
struct config {
	struct arena *arena;
	struct diag *diag;
	struct item_list *lists;
	struct config *live;
	bool any_interface;
};

/* An empty one, with what is there by itself. */
void config_init(struct config *c, struct arena *a, struct diag *d);

/* The items of the menu with that path. */
struct item_list *config_items(const struct config *c, const char *path);

#define for_each_item(item, config, path) \
	for (item = config_items(config, path)->first; item; item = item->next)

/* A new one at its menu's end, or before @before. */
struct item *item_add(struct config *c, const struct menu *m,
		      struct item *before);
void item_remove(struct config *c, struct item *item);
/* @before NULL: to the end */
void item_move(struct config *c, struct item *item, struct item *before);

/*
 * A property's value, or its default; NULL: neither. The program ends if the menu
 * has no property of that name.
 */
const char *item_get(const struct item *item, const char *name);

/* Is it set to "yes", or is that its default? */
bool item_is(const struct item *item, const char *name);

/* Was a value given? */
bool item_has(const struct item *item, const char *name);

/* What it is without a word of a script; NULL: nothing. */
const char *item_unsaid(const struct item *item, unsigned int row);

/*
 * Has a script said anything of that property that would be otherwise without? For
 * PROP_EXPLICIT that is its default, too.
 */
bool item_says(const struct item *item, unsigned int row);

/* What the machine says; @value is copied. */
void item_put(struct config *c, struct item *item, const char *name,
	      const char *value);
void item_putf(struct config *c, struct item *item, const char *name,
	       const char *format, ...) CHECKED((format(printf, 4, 5)));

/* The item of the menu @path whose PROP_NAME is @name; NULL: none. */
struct item *item_by_name(const struct config *c, const char *path,
			  const char *name);

/* The value of its PROP_NAME; NULL: its menu has none. */
const char *item_name(const struct item *item);

/* Its name for people: name, or "NUMBER" of print. */
const char *item_label(const struct config *c, const struct item *item);

/* An interface of any menu, by name; NULL: none. */
struct item *interface_by_name(const struct config *c, const char *name);

/* A mistake in a property, at the place that set it. */
void item_error(const struct config *c, const struct item *item,
		const char *prop, const char *format, ...)
	CHECKED((format(printf, 4, 5)));

#endif /* SITELINK_CONFIG_H */
