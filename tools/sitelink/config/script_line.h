/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A command of a script, on lines of less than 80 columns.
 */
#ifndef SITELINK_SCRIPT_LINE_H
#define SITELINK_SCRIPT_LINE_H

#include <stdbool.h>
#include <stdio.h>

/**
 * struct script_line - a command that is being written
 * @out: where to
 * @wraps: false: it stays one line
 * @column: where we are
 */
struct script_line {
	FILE *out;
	bool wraps;
	unsigned int column;
};

/* A word, quoted and escaped; it is broken if no line has room for it. */
void script_word(struct script_line *l, const char *word);

void script_end(struct script_line *l);

#endif /* SITELINK_SCRIPT_LINE_H */
