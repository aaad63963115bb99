/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A command that changes something, written into the script: at the place that a
 * person would choose, so that comments and order stay.
 */
#ifndef SITELINK_EDIT_H
#define SITELINK_EDIT_H

#include "path.h"
#include "script.h"

/*
 * The text of @old with one change, @act of the command @source, which has been done
 * to @expected. The text makes just what is expected, by being run with @m. NULL: no
 * text was found that does.
 */
const char *edit_text(struct arena *a, const struct script *old,
		      struct machine *m, bool offline, const char *source,
		      const struct action *act, const struct config *expected);

#endif /* SITELINK_EDIT_H */
