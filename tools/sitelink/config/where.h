/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which items: "where" and "[find ...]".
 */
#ifndef SITELINK_WHERE_H
#define SITELINK_WHERE_H

#include "config.h"

/*
 * Are the expression's properties those of @m, its values such that they can have,
 * and its patterns sound? Mistakes go to the config's diag.
 */
bool where_check(struct config *c, const struct menu *m, const struct expr *e);

/*
 * Is all that it asks for in a configuration? What only the machine says is a mistake
 * in a script, which would find the same on no two machines.
 */
bool where_known(struct config *c, const struct menu *m, const struct expr *e);

/* Is @item one of them? Only of a checked expression; NULL: all are. */
bool where_is(struct config *c, const struct item *item, const struct expr *e);

#endif /* SITELINK_WHERE_H */
