// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "script_line.h"
#include "text.h"

/* Columns, the backslash at the end included. */
#define WIDTH	79
#define INDENT	4

static void put_break(struct script_line *l)
{
	fprintf(l->out, "\\\n%*s", INDENT, "");
	l->column = INDENT;
}

/*
 * Anywhere but in an escape. A blank at a line's beginning would be read as its
 * indentation, so it is escaped there.
 */
static void put_broken(struct script_line *l, const char *word)
{
	while (*word) {
		size_t len = text_unit(word);
		unsigned int width = *word == '\\' ? len : 1;

		/* room for " \\" behind the last */
		if (l->column + width + 2 > WIDTH) {
			put_break(l);
			if (*word == ' ') {
				fputs("\\_", l->out);
				l->column += 2;
				word++;
				continue;
			}
		}
		fprintf(l->out, "%.*s", (int)len, word);
		l->column += width;
		word += len;
	}
}

void script_word(struct script_line *l, const char *word)
{
	unsigned int width = text_width(word);

	if (l->column) {
		putc(' ', l->out);
		l->column++;
	}
	if (!l->wraps || l->column + width + 2 <= WIDTH) {
		fputs(word, l->out);
		l->column += width;
		return;
	}
	if (INDENT + width + 2 > WIDTH) {
		put_broken(l, word);
		return;
	}
	put_break(l);
	fputs(word, l->out);
	l->column += width;
}

void script_end(struct script_line *l)
{
	putc('\n', l->out);
	l->column = 0;
}
