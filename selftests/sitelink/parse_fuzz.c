// SPDX-License-Identifier: GPL-2.0-only
/*
 * parse_fuzz: mutate the scripts that are given, one a file, and parse them for
 * some seconds; the sanitizers watch. What is parsed must lie in the script, in
 * order.
 *
 * usage: parse_fuzz SECONDS SEED FILE...
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parse.h"

#define SIZE_MAX_SCRIPT	8192

/* What the language is made of. */
static const char *const pieces[] = {
	"[", "]", "(", ")", "\"", "\\", "\\\n", "\\\r\n", "\n", "\r\n", ";",
	"=", "!", "!=", "~", "<", ">", "/", "..", "find", " where ", " and ",
	" or ", "||", "&&", "#", ":", "$", "{", "}", ",", " ", "\t", "x",
	"\\_", "\\41", "\\00", "\\a", "\"\"", "[find ", "name=", "\xc3\xa4",
};

enum { N_PIECES = sizeof(pieces) / sizeof(*pieces) };

static char script[SIZE_MAX_SCRIPT];
static size_t len;

static size_t chance(size_t n)
{
	return n ? (size_t)rand() % n : 0;
}

/* Put @n octets at @off, for @gone that were there. */
static void splice(size_t off, size_t gone, const char *text, size_t n)
{
	if (len - gone + n > sizeof(script))
		return;
	memmove(script + off + n, script + off + gone, len - off - gone);
	memcpy(script + off, text, n);
	len += n - gone;
}

static void mutate(void)
{
	size_t off = chance(len + 1), n = chance(16);
	const char *piece = pieces[chance(N_PIECES)];
	char copy[16], octet = rand();

	if (n > len - off)
		n = len - off;
	switch (chance(5)) {
	case 0:
		splice(off, 0, piece, strlen(piece));
		break;
	case 1:
		splice(off, n, piece, strlen(piece));
		break;
	case 2:
		splice(off, n, "", 0);
		break;
	case 3:
		memcpy(copy, script + off, n);
		splice(chance(len + 1), 0, copy, n);
		break;
	default:
		splice(off, off < len, &octet, 1);
	}
}

static bool before(struct pos a, struct pos b)
{
	return a.line < b.line || (a.line == b.line && a.column <= b.column);
}

static void check(const struct stmt *s)
{
	const struct arg *arg;
	struct pos at = s->at;

	for (arg = s->args; arg; arg = arg->next) {
		if (!before(at, arg->at) || !before(arg->at, s->end) ||
		    (!arg->unset && !arg->value.text == !arg->value.sub))
			abort();
		if (arg->value.sub)
			check(arg->value.sub);
		at = arg->at;
	}
}

static size_t load(const char *file)
{
	FILE *f = fopen(file, "r");
	size_t n;

	if (!f) {
		perror(file);
		exit(2);
	}
	n = fread(script, 1, sizeof(script), f);
	fclose(f);
	return n;
}

int main(int argc, char **argv)
{
	unsigned long scripts = 0, good = 0;
	FILE *null = fopen("/dev/null", "w");
	time_t end;

	if (argc < 4 || !null) {
		fprintf(stderr, "usage: parse_fuzz SECONDS SEED FILE...\n");
		return 2;
	}
	end = time(NULL) + atoi(argv[1]);
	srand(atoi(argv[2]));
	while (time(NULL) < end) {
		struct diag d = { .file = "", .out = null };
		struct arena a = { 0 };
		struct stmt *s;
		size_t n;

		len = load(argv[3 + chance(argc - 3)]);
		for (n = chance(8); n; n--)
			mutate();
		/* what is read beyond its end is seen */
		char *copy = malloc(len ? len : 1);

		if (!copy)
			return 2;
		memcpy(copy, script, len);
		for (s = parse(&a, copy, len, &d); s; s = s->next)
			check(s);
		scripts++;
		good += !d.errors;
		arena_free(&a);
		free(copy);
	}
	printf("%lu scripts, %lu without a mistake\n", scripts, good);
	return !good || good == scripts;
}
