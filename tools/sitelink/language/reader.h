/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Characters of RouterOS' language: joined lines, places, quotes and escapes.
 * To go back is to assign a copy of the reader.
 */
#ifndef SITELINK_READER_H
#define SITELINK_READER_H

#include <stdbool.h>

#include "arena.h"
#include "diag.h"

#define READER_END	(-1)

/**
 * struct reader - where we are
 * @p: next octet, never the backslash of a continued line
 * @text: the first one
 * @end: behind the last one
 * @at: its place
 * @buf: word being put together, @used octets
 * @depth: of what is nested
 * @brackets: of these, brackets
 * @compared: properties in conditions of this statement
 */
struct reader {
	struct arena *arena;
	struct diag *diag;
	const char *p, *text, *end;
	struct pos at;
	char *buf;
	size_t used;
	unsigned int depth, brackets, compared;
};

/* Begin at @text, @len octets. */
void reader_init(struct reader *r, struct arena *a, struct diag *d,
		 const char *text, size_t len);

/* The next character; a line's end is '\n' whatever it is made of. */
int peek(const struct reader *r);

/* Behind the next character, which there is. */
void advance(struct reader *r);

/* Behind it, if it is @c. */
bool take(struct reader *r, int c);

void skip_blanks(struct reader *r);

/* To the end of a line that is not continued. */
void skip_line(struct reader *r);

/* Does a statement end here? */
bool at_end(const struct reader *r);

bool at_word_end(const struct reader *r);

/* One of @chars; neither the end nor NUL is. */
bool is_one_of(int c, const char *chars);

/*
 * Text up to a word's end or one of @stop, quotes and escapes undone; NULL after
 * a mistake. @has_quotes: some of it was in quotes.
 */
char *read_text(struct reader *r, const char *stop, bool *has_quotes);

/* A name, if one is here; else NULL, and nothing has been read. */
char *read_name(struct reader *r);

#endif /* SITELINK_READER_H */
