// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "reader.h"

static int newline_len(const struct reader *r, const char *p)
{
	if (p == r->end)
		return 0;
	if (*p == '\n')
		return 1;
	return *p == '\r' && p + 1 != r->end && p[1] == '\n' ? 2 : 0;
}

/* A backslash at a line's end, and how the next one is indented, are nothing. */
static void join(struct reader *r)
{
	int len;

	while (r->p < r->end && *r->p == '\\' &&
	       (len = newline_len(r, r->p + 1))) {
		r->p += 1 + len;
		r->at.line++;
		r->at.column = 1;
		while (r->p < r->end && (*r->p == ' ' || *r->p == '\t')) {
			r->p++;
			r->at.column++;
		}
	}
	r->at.offset = r->p - r->text;
}

void reader_init(struct reader *r, struct arena *a, struct diag *d,
		 const char *text, size_t len)
{
	*r = (struct reader){
		.arena = a, .diag = d, .p = text, .text = text,
		.end = text + len,
		.at = { .file = d->file, .line = 1, .column = 1 },
		/* no word is longer than the script */
		.buf = arena_alloc(a, len + 1),
	};
	join(r);
}

int peek(const struct reader *r)
{
	if (r->p == r->end)
		return READER_END;
	return newline_len(r, r->p) ? '\n' : (unsigned char)*r->p;
}

void advance(struct reader *r)
{
	int len = newline_len(r, r->p);

	if (len) {
		r->p += len;
		r->at.line++;
		r->at.column = 1;
	} else {
		r->p++;
		r->at.column++;
	}
	join(r);
}

bool take(struct reader *r, int c)
{
	if (peek(r) != c)
		return false;
	advance(r);
	return true;
}

void skip_blanks(struct reader *r)
{
	while (peek(r) == ' ' || peek(r) == '\t')
		advance(r);
}

bool at_end(const struct reader *r)
{
	int c = peek(r);

	return c == READER_END || c == '\n' || c == ';' || (c == ']' && r->brackets);
}

bool at_word_end(const struct reader *r)
{
	return at_end(r) || peek(r) == ' ' || peek(r) == '\t';
}

bool is_one_of(int c, const char *chars)
{
	return c > 0 && strchr(chars, c);
}

static bool is_name_char(int c)
{
	return c != READER_END && (isalnum(c) || c == '-' || c == '_' || c == '.');
}

static void put(struct reader *r, int c)
{
	r->buf[r->used++] = c;
}

static char *word_text(struct reader *r, size_t from)
{
	char *text = arena_strndup(r->arena, r->buf + from, r->used - from);

	r->used = from;
	return text;
}

static int hex_digit(int c)
{
	/* lower-case ones would be other escapes */
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool escape(struct reader *r, struct pos at)
{
	static const char names[] = "nrtabfv_\"\\$?";
	static const char octets[] = "\n\r\t\a\b\f\v \"\\$?";
	int c = peek(r), high;
	const char *name;

	name = c > 0 ? strchr(names, c) : NULL;
	if (name) {
		put(r, octets[name - names]);
		advance(r);
		return true;
	}
	high = hex_digit(c);
	if (high >= 0) {
		int low;

		advance(r);
		low = hex_digit(peek(r));
		if (low >= 0 && (high || low)) {
			put(r, high << 4 | low);
			advance(r);
			return true;
		}
	}
	diag_error(r->diag, at,
		   "no such sequence; use \\\" \\\\ \\$ \\? \\_ \\n \\r \\t or two upper-case hexadecimal digits but \\00");
	return false;
}

/* Behind the opening quote. */
static bool quoted(struct reader *r, struct pos begin)
{
	for (;;) {
		struct pos at = r->at;
		int c = peek(r);

		if (c == READER_END || c == '\n') {
			diag_error(r->diag, begin,
				   "the quote is not closed on its line; a \\ at the end continues it, \\n is a line's end");
			return false;
		}
		if (!c) {
			diag_error(r->diag, at, "a NUL octet is no text");
			return false;
		}
		advance(r);
		if (c == '"')
			return true;
		if (c != '\\')
			put(r, c);
		else if (!escape(r, at))
			return false;
	}
}

static bool bare(struct reader *r)
{
	int c = peek(r);

	if (c == '$') {
		diag_error(r->diag, r->at,
			   "variables are not supported; write \"\\$\" for a dollar sign");
		return false;
	}
	if (c < ' ' || c == 0x7f || is_one_of(c, "{}()[]")) {
		diag_error(r->diag, r->at,
			   isprint(c) ? "unexpected '%c'; quote it as part of a value" :
					"unexpected octet 0x%02x", c);
		return false;
	}
	put(r, c);
	advance(r);
	return true;
}

char *read_text(struct reader *r, const char *stop, bool *has_quotes)
{
	size_t from = r->used;

	while (!at_word_end(r) && !is_one_of(peek(r), stop)) {
		struct pos at = r->at;

		if (take(r, '"')) {
			*has_quotes = true;
			if (!quoted(r, at))
				return NULL;
		} else if (!bare(r)) {
			return NULL;
		}
	}
	return word_text(r, from);
}

char *read_name(struct reader *r)
{
	size_t from = r->used;

	while (is_name_char(peek(r))) {
		put(r, peek(r));
		advance(r);
	}
	return r->used == from ? NULL : word_text(r, from);
}

void skip_line(struct reader *r)
{
	while (peek(r) != READER_END && peek(r) != '\n')
		advance(r);
}
