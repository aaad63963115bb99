// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "text.h"

bool text_is_control(unsigned int c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
	       /* to the left, to the right, and separators of lines */
	       c == 0x61c || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

size_t text_decode(const char *text, unsigned int *c)
{
	static const unsigned int least[] = { 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)text;
	size_t more, i;

	if (*p < 0x80) {
		*c = *p;
		return 1;
	}
	if (*p < 0xc0 || *p > 0xf7)
		return 0;
	more = *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;
	*c = *p & (0x3f >> more);
	/* a NUL is no part of a character, so this ends in time */
	for (i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (p[i] & 0x3f);
	}
	if (*c < least[more] || *c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000))
		return 0;
	return more + 1;
}

bool text_is_bare(const char *text)
{
	if (!*text || *text == '!')
		return false;
	for (; *text; text++) {
		if (!isalnum((unsigned char)*text) &&
		    !strchr("-_.,:/*@%+!", *text))
			return false;
	}
	return true;
}

/* Escape one octet that is no character to be shown. */
static void escape_octet(unsigned char c, char *buf)
{
	static const char octets[] = "\n\r\t";
	static const char names[] = "nrt";
	const char *at = memchr(octets, c, sizeof(octets) - 1);

	if (at)
		snprintf(buf, TEXT_UNIT, "\\%c", names[at - octets]);
	else
		snprintf(buf, TEXT_UNIT, "\\%02X", c);
}

/*
 * What stands for the beginning of @text in @buf; returns how many octets of it.
 * @specials: characters that get a backslash.
 */
static size_t next_unit(const char *text, const char *specials, char *buf)
{
	unsigned int c;
	size_t len = text_decode(text, &c);

	if (!len || text_is_control(c)) {
		escape_octet(*text, buf);
		return 1;
	}
	if (len == 1 && strchr(specials, *text))
		snprintf(buf, TEXT_UNIT, "\\%c", *text);
	else
		snprintf(buf, TEXT_UNIT, "%.*s", (int)len, text);
	return len;
}

static char *escaped(struct arena *a, const char *text, const char *specials,
		     const char *quote)
{
	/* an escape has three octets at most, for one */
	char *start = arena_alloc(a, 3 * strlen(text) + 3);
	char *p = stpcpy(start, quote);
	char unit[TEXT_UNIT];

	while (*text) {
		text += next_unit(text, specials, unit);
		p = stpcpy(p, unit);
	}
	stpcpy(p, quote);
	return start;
}

/* what has a meaning in quotes */
#define SPECIALS	"\"\\$?"

char *text_quoted(struct arena *a, const char *text)
{
	return escaped(a, text, SPECIALS, "");
}

char *text_string(struct arena *a, const char *text)
{
	return escaped(a, text, SPECIALS, "\"");
}

char *text_value(struct arena *a, const char *text)
{
	return text_is_bare(text) ? arena_strndup(a, text, strlen(text)) :
				    text_string(a, text);
}

char *text_shown(struct arena *a, const char *text)
{
	return escaped(a, text, "", "");
}

void text_vprint(FILE *out, const char *format, va_list args)
{
	struct arena a = { 0 };
	struct buffer t;

	buffer_init(&t, &a);
	buffer_vadd(&t, format, args);
	fputs(text_shown(&a, t.p), out);
	arena_free(&a);
}

void text_print(FILE *out, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vprint(out, format, args);
	va_end(args);
}

size_t text_unit(const char *text)
{
	unsigned int c;

	if (*text == '\\')
		return isdigit((unsigned char)text[1]) ||
		       (text[1] >= 'A' && text[1] <= 'F') ? 3 : 2;
	return text_decode(text, &c);
}

unsigned int text_width(const char *text)
{
	unsigned int width = 0;

	for (; *text; text++)
		width += (*text & 0xc0) != 0x80;
	return width;
}
