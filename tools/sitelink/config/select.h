/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The items that a command's word stands for: a name, numbers of print, *HEX, or
 * [find ...].
 */
#ifndef SITELINK_SELECT_H
#define SITELINK_SELECT_H

#include "config.h"
#include "path.h"

/**
 * struct selection - items, in the order of their menu
 * @items: of them
 * @count: of @items
 */
struct selection {
	struct item **items;
	size_t count;
};

/* All of @m that @where holds for; of /interface those of every kind. */
void select_where(struct config *c, const struct menu *m,
		  const struct expr *where, struct selection *sel);

/*
 * Those that @word stands for, in @m or, if it is a command in brackets, where that
 * says. false: a mistake, or no such item. That [find ...] finds none is no mistake.
 */
bool select_word(struct config *c, const struct menu *m, const struct word *word,
		 struct selection *sel);

/* Items of @m that @text, which is none, may have been meant for: for an error. */
void select_match(struct config *c, const struct menu *m, const char *text,
		  struct match *match);

#endif /* SITELINK_SELECT_H */
