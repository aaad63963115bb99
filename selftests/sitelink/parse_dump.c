// SPDX-License-Identifier: GPL-2.0-only
/*
 * parse_dump: read a script and print what the parser makes of it, a statement a
 * line; mistakes on standard error. Exit status 1 if there are any.
 *
 *	LINE:COLUMN [/] "word"... name="value" !name name=!"value" where (...)
 *
 * usage: parse_dump <SCRIPT
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "parse.h"

static void dump_text(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if (isprint((unsigned char)*text))
			putchar(*text);
		else
			printf("\\%02X", (unsigned char)*text);
	}
	putchar('"');
}

static void dump_stmt(const struct stmt *s);

static void dump_word(const struct word *w)
{
	if (w->sub) {
		putchar('[');
		dump_stmt(w->sub);
		putchar(']');
	} else {
		dump_text(w->text);
		if (w->quoted)
			putchar('q');
	}
}

static void dump_expr(const struct expr *e)
{
	static const char *const kinds[] = {
		[EXPR_AND] = "and", [EXPR_OR] = "or", [EXPR_NOT] = "not",
		[EXPR_FLAG] = "flag", [EXPR_EQUAL] = "=",
		[EXPR_NOT_EQUAL] = "!=", [EXPR_LESS] = "<",
		[EXPR_GREATER] = ">", [EXPR_LESS_EQUAL] = "<=",
		[EXPR_GREATER_EQUAL] = ">=", [EXPR_MATCHES] = "~",
	};

	printf("(%s", kinds[e->kind]);
	if (e->name)
		printf(" %s", e->name);
	if (e->value.text || e->value.sub) {
		putchar(' ');
		dump_word(&e->value);
	}
	if (e->left) {
		putchar(' ');
		dump_expr(e->left);
	}
	if (e->right) {
		putchar(' ');
		dump_expr(e->right);
	}
	putchar(')');
}

static void dump_stmt(const struct stmt *s)
{
	const struct arg *arg;

	printf("%u:%u", s->at.line, s->at.column);
	if (s->absolute)
		printf(" /");
	for (arg = s->args; arg; arg = arg->next) {
		putchar(' ');
		if (arg->unset) {
			printf("!%s", arg->name);
			continue;
		}
		if (arg->name)
			printf("%s=%s", arg->name, arg->not ? "!" : "");
		dump_word(&arg->value);
	}
	if (s->where) {
		printf(" where ");
		dump_expr(s->where);
	}
}

static char *slurp(size_t *len)
{
	size_t size = 0;
	char *text = NULL;

	*len = 0;
	do {
		size = size ? size * 2 : 4096;
		text = realloc(text, size);
		if (!text)
			exit(2);
		*len += fread(text + *len, 1, size - *len, stdin);
	} while (*len == size);
	return text;
}

int main(void)
{
	struct diag d = { .file = "script", .out = stderr };
	struct arena a = { 0 };
	struct stmt *s;
	size_t len;
	char *text = slurp(&len);

	for (s = parse(&a, text, len, &d); s; s = s->next) {
		dump_stmt(s);
		putchar('\n');
	}
	arena_free(&a);
	free(text);
	return d.errors != 0;
}
