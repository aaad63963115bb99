/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Statements that change a configuration.
 */
#ifndef SITELINK_EVAL_H
#define SITELINK_EVAL_H

#include "config.h"
#include "path.h"

/* All of a script. Mistakes go to the config's diag; what has one is left out. */
void eval_script(struct config *c, const struct stmt *first);

/* One command that changes something, or nothing if it does not. */
void eval_action(struct config *c, const struct action *act);

/* Does the command change the configuration? */
bool command_changes(enum command cmd);

/* What only the whole shows: references, keys, the menus' own checks. */
void config_check(struct config *c);

#endif /* SITELINK_EVAL_H */
