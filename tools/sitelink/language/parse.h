/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RouterOS' command language: characters to statements. What the words mean is
 * not known here.
 *
 *	[/] [path] command [positional]... [name=value]... [where expression]
 *
 * A statement ends with its line or a semicolon. See Documentation/language.rst.
 */
#ifndef SITELINK_PARSE_H
#define SITELINK_PARSE_H

#include <stdbool.h>

#include "arena.h"
#include "diag.h"

/**
 * struct word - a word, or what a command in brackets will give
 * @at: where it begins
 * @text: without quotes and escapes; NULL: @sub
 * @quoted: some of it was in quotes: it is a value, no keyword
 * @sub: command in brackets
 */
struct word {
	struct pos at;
	const char *text;
	bool quoted;
	struct stmt *sub;
};

/**
 * struct arg - what stands behind a command, or before it: a path is words, too
 * @next: the one behind it
 * @at: where it begins
 * @end: behind it
 * @name: of name=value; NULL: a word by itself
 * @unset: "!name": back to its default
 * @not: "name=!value": all but that
 * @value: value, or the word
 */
struct arg {
	struct arg *next;
	struct pos at, end;
	const char *name;
	bool unset;
	bool not;
	struct word value;
};

enum expr_kind {
	EXPR_AND,
	EXPR_OR,
	EXPR_NOT,
	EXPR_FLAG,	/* a property by itself: yes, or there */
	EXPR_EQUAL,
	EXPR_NOT_EQUAL,
	EXPR_LESS,
	EXPR_GREATER,
	EXPR_LESS_EQUAL,
	EXPR_GREATER_EQUAL,
	EXPR_MATCHES,	/* "~": a regular expression is found in it */
};

/**
 * struct expr - which items
 * @kind: what it does
 * @at: where it begins
 * @left: first or only operand of and, or, not
 * @right: second of and, or
 * @name: property
 * @value: what it is compared with
 */
struct expr {
	enum expr_kind kind;
	struct pos at;
	struct expr *left, *right;
	const char *name;
	struct word value;
};

/**
 * struct stmt - a statement
 * @next: the one behind it
 * @at: where it begins
 * @end: behind its last word
 * @absolute: begins with a slash
 * @args: words and parameters
 * @where: which items, of find and "where"
 */
struct stmt {
	struct stmt *next;
	struct pos at, end;
	bool absolute;
	struct arg *args;
	struct expr *where;
};

/*
 * Parse @len octets at @text. Mistakes go to @d; a statement that has one is left
 * out, and the next line is read on. All that is returned is in @a.
 */
struct stmt *parse(struct arena *a, const char *text, size_t len,
		   struct diag *d);

#endif /* SITELINK_PARSE_H */
