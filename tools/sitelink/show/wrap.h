/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words on lines that end before the terminal does.
 */
#ifndef SITELINK_WRAP_H
#define SITELINK_WRAP_H

#include <stdbool.h>
#include <stdio.h>

/**
 * struct wrap - lines being filled
 * @out: where to
 * @width: columns of a line
 * @indent: of the lines behind the first
 * @column: where we are
 * @fresh: nothing is on this line but its indentation
 */
struct wrap {
	FILE *out;
	unsigned int width, indent, column;
	bool fresh;
};

/* Begin behind @column columns that are on the line. */
void wrap_init(struct wrap *w, FILE *out, unsigned int width,
	       unsigned int indent, unsigned int column);

/* A word; it is never broken. A blank is before it unless the line is fresh. */
void wrap_word(struct wrap *w, const char *word);

/* Each word of @text, blanks between. */
void wrap_text(struct wrap *w, const char *text);

void wrap_end(struct wrap *w);

#endif /* SITELINK_WRAP_H */
