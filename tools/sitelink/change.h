/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A command that changes something: the script and the machine, both or neither.
 */
#ifndef SITELINK_CHANGE_H
#define SITELINK_CHANGE_H

#include "machine.h"
#include "options.h"
#include "script.h"

/*
 * Make the machine match the configuration; NULL: flush. Mistakes go to @diag; they
 * and signals leave no half of it. Returns what the process exits with.
 */
int run_apply(const struct options *o, struct arena *a, struct machine *m,
	      const struct config *c, struct diag *diag);

/*
 * Do what @command says, which has been parsed, to the script @s and the machine.
 * Likewise.
 */
int change(const struct options *o, struct arena *a, struct machine *m,
	   struct script *s, const struct script *command);

#endif /* SITELINK_CHANGE_H */
