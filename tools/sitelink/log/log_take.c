// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of the daemon taken apart. They hold what peers send: names, identities.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "log_parts.h"

void log_clean(char *to, size_t size, const char *from, size_t len)
{
	size_t used = 0, i;

	for (i = 0; i < len; i++) {
		unsigned char c = from[i];

		if (c >= ' ' && c < 0x7f) {
			if (used + 1 >= size)
				break;
			to[used++] = c;
		} else {
			if (used + 3 >= size)
				break;
			used += snprintf(to + used, size - used, "\\%02X", c);
		}
	}
	to[used] = '\0';
}

/* A number of a few digits that ends with @end. */
static const char *take_number(const char *at, char end, unsigned int *n)
{
	char *after;
	unsigned long long value;

	if (!isdigit((unsigned char)*at))
		return NULL;
	value = strtoull(at, &after, 10);
	if (*after != end || value > 0xffffffff)
		return NULL;
	*n = value;
	return after + 1;
}

/* "IKE1] " */
static const char *take_group(const char *at, struct log_said *said)
{
	size_t len = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (!len || len >= sizeof(said->group))
		return NULL;
	memcpy(said->group, at, len);
	said->group[len] = '\0';
	at += len;
	if (*at >= '0' && *at <= '4')
		said->level = *at++ - '0';
	return at[0] == ']' && at[1] == ' ' ? at + 2 : NULL;
}

/* "<3> ", "<NAME|3> "; a name may have any of these, too */
static const char *take_sa(const char *at, struct log_said *said)
{
	const char *end;

	if (*at != '<')
		return at;
	for (end = strstr(at, "> "); end; end = strstr(end + 1, "> ")) {
		const char *p, *bar;

		for (p = end; p > at + 1 && isdigit((unsigned char)p[-1]); p--)
			;
		bar = p - 1;
		if (p == end || (bar != at && *bar != '|') ||
		    !take_number(p, '>', &said->id))
			continue;
		if (bar != at)
			snprintf(said->name, sizeof(said->name), "%.*s",
				 (int)(bar - at - 1), at + 1);
		return end + 2;
	}
	return at;
}

void log_take(struct log_said *said, const char *line, size_t len)
{
	char text[LOG_LINE];
	const char *at;

	memset(said, 0, sizeof(*said));
	while (len && strchr("\r\n", line[len - 1]) && line[len - 1])
		len--;
	log_clean(text, sizeof(text), line, len);
	at = take_number(text, '[', &said->thread);
	if (at)
		at = take_group(at, said);
	if (!at) {
		/* a library's own words */
		said->group[0] = '\0';
		said->level = 1;
		said->thread = 0;
	}
	at = at ? take_sa(at, said) : text;
	snprintf(said->text, sizeof(said->text), "%s", at);
}

/* Where what stood for "$" ends; NULL: @literal, of @len octets, is not behind it. */
static const char *capture_end(const char *text, const char *literal,
			       size_t len)
{
	size_t left = strlen(text);

	if (literal[len])
		return memmem(text, left, literal, len);
	/* the last one goes as far as it can */
	if (left < len || memcmp(text + left - len, literal, len))
		return NULL;
	return text + left - len;
}

bool log_matches(struct log_match *m, const char *pattern, const char *text)
{
	m->count = 0;
	while (*pattern) {
		const char *end;

		if (*pattern != '$') {
			if (*pattern++ != *text++)
				return false;
			continue;
		}
		pattern++;
		end = capture_end(text, pattern, strcspn(pattern, "$"));
		if (!end)
			return false;
		if (m->count < LOG_CAPTURES)
			snprintf(m->text[m->count++], LOG_CAPTURE, "%.*s",
				 (int)(end - text), text);
		text = end;
	}
	return !*text;
}
