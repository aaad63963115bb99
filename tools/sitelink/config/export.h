/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A configuration as the script that makes it, in RouterOS' form.
 */
#ifndef SITELINK_EXPORT_H
#define SITELINK_EXPORT_H

#include <stdio.h>

#include "config.h"

enum export_flags {
	EXPORT_VERBOSE		= 1 << 0, /* defaults, too */
	EXPORT_SENSITIVE	= 1 << 1, /* secrets, too */
	EXPORT_TERSE		= 1 << 2, /* a line a command, whole paths */
};

/*
 * The items of @count menus, in that order. -1: they could not be written, errno
 * says why.
 */
int export_menus(FILE *out, struct config *c, const struct menu *const *which,
		 size_t count, unsigned int flags);

#endif /* SITELINK_EXPORT_H */
