/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The menus for Documentation and for people at a terminal: what there is, what
 * values it takes and what it is in Linux.
 */
#ifndef SITELINK_DOC_H
#define SITELINK_DOC_H

#include <stdio.h>

#include "schema.h"

/* longest of what doc_linux() and rule_describe() say */
#define DOC_SIZE	1024

/* What a property is in Linux, or why it is not. */
void doc_linux(const struct prop *prop, char *buf, size_t size);

/* What values it takes, and the default. */
void doc_values(const struct prop *prop, char *buf, size_t size);

/* Tables of all properties in reStructuredText. */
void doc_tables(FILE *out);

/*
 * As RouterOS' "?": commands, properties and menus below @path (words, blanks
 * between; "" is the root), or one property. @m: of that path; NULL: it only has
 * others below. @prop -1: all.
 */
void help_menu(FILE *out, const char *path, const struct menu *m, int prop);

#endif /* SITELINK_DOC_H */
