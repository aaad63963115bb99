/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text for terminals and scripts. Whatever octets a value has, what is printed of
 * it moves no cursor, and what is exported of it is read back as it was.
 */
#ifndef SITELINK_TEXT_H
#define SITELINK_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"

/* longest of what stands for one octet or character, and a NUL */
#define TEXT_UNIT	5

/* Does @c take more than a place on the screen, or change what is beside it? */
bool text_is_control(unsigned int c);

/*
 * The character of UTF-8 at @text in *@c; returns its octets, 0: what is there is
 * no UTF-8.
 */
size_t text_decode(const char *text, unsigned int *c);

/* Can it stand in a script without quotes? */
bool text_is_bare(const char *text);

/* As between quotes of a script. */
char *text_quoted(struct arena *a, const char *text);

/* With the quotes. */
char *text_string(struct arena *a, const char *text);

/* With quotes, if it must have them to be a value of a script. */
char *text_value(struct arena *a, const char *text);

/* For people: only what is dangerous is escaped. */
char *text_shown(struct arena *a, const char *text);

/* As printf does it, and so shown: newlines are dangerous, too. */
void text_print(FILE *out, const char *format, ...)
	CHECKED((format(printf, 2, 3)));
void text_vprint(FILE *out, const char *format, va_list args)
	CHECKED((format(printf, 2, 0)));

/* Octets of the escape or the character at @text, which has been quoted. */
size_t text_unit(const char *text);

/* Places on the screen, one a character. */
unsigned int text_width(const char *text);

#endif /* SITELINK_TEXT_H */
