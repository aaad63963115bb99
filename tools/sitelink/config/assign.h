/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PROPERTY=VALUE: found in the menu's table, checked by its row, kept.
 */
#ifndef SITELINK_ASSIGN_H
#define SITELINK_ASSIGN_H

#include "config.h"

/* All arguments; mistakes go to the config's diag, their values are not kept. */
void assign_all(struct config *c, struct item *item, const struct arg *args);

/* Row of a property whose name alone means yes, as "fib"; -1: @arg is none. */
int assign_option(const struct menu *m, const struct arg *arg);

/* As assign_all(), for no item. */
void assign_check(struct config *c, const struct menu *m,
		  const struct arg *args);

/* One, that @arg gave in a form of its own. */
void assign_value(struct config *c, struct item *item, const char *name,
		  const char *text, const struct arg *arg);

/* Back to its default. */
void assign_unset(struct config *c, struct item *item, const struct word *name);

/* Has a new item all that it must have? */
void assign_required(struct config *c, const struct item *item);

#endif /* SITELINK_ASSIGN_H */
