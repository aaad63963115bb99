/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What print says, as RouterOS 7 does.
 */
#ifndef SITELINK_PRINT_H
#define SITELINK_PRINT_H

#include <stdio.h>

#include "config.h"

enum print_mode {
	PRINT_DEFAULT,		/* what the menu does without a word */
	PRINT_BRIEF,		/* a table */
	PRINT_DETAIL,		/* name=value, on several lines */
	PRINT_TERSE,		/* name=value, on one */
	PRINT_VALUE_LIST,	/* name: value, each on its own */
	PRINT_STATS,		/* a table of counters */
	PRINT_COUNT_ONLY,	/* their number */
};

/**
 * struct print_style - how it is printed
 * @mode: as above
 * @json: all that is known, as an array of objects; of count-only a number
 * @show_sensitive: secrets, too
 * @color: for a terminal that has colours
 * @width: columns of the terminal
 * @whole_rows: a table's rows are a line each, however long: for programs
 */
struct print_style {
	enum print_mode mode;
	bool json;
	bool show_sensitive;
	bool color;
	bool whole_rows;
	unsigned int width;
};

/* @color, @width and @whole_rows of what @out is; NO_COLOR in the environment: none. */
void print_style_terminal(struct print_style *style, FILE *out);

/*
 * Items of the menu @m, in its order; their numbers are their places in it.
 * -1: they could not be written, errno says why.
 */
int print_items(FILE *out, struct config *c, const struct menu *m,
		struct item *const *items, size_t count,
		const struct print_style *style);

#endif /* SITELINK_PRINT_H */
