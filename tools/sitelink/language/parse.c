// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "parse.h"
#include "reader.h"

/* Brackets, parentheses and "!" in each other; nobody needs more. */
#define DEPTH_MAX	16

/* What goes through a condition goes down into it once for each of them. */
#define COMPARED_MAX	256

static bool nest(struct reader *r)
{
	if (r->depth < DEPTH_MAX) {
		r->depth++;
		return true;
	}
	diag_error(r->diag, r->at, "nested too deeply; at most %d", DEPTH_MAX);
	return false;
}

static struct stmt *statement(struct reader *r);

static bool substitution(struct reader *r, struct word *w)
{
	struct pos begin = r->at;

	if (!nest(r))
		return false;
	advance(r);
	r->brackets++;
	w->sub = statement(r);
	r->brackets--;
	r->depth--;
	if (!w->sub)
		return false;
	if (peek(r) != ']') {
		diag_error(r->diag, begin, "the [ is not closed by a ]");
		return false;
	}
	advance(r);
	return true;
}

/* A word, up to a blank or, in an expression, to what stands for itself. */
static bool word(struct reader *r, const char *stop, struct word *w)
{
	*w = (struct word){ .at = r->at };
	if (peek(r) != '[') {
		w->text = read_text(r, stop, &w->quoted);
		return w->text;
	}
	if (!substitution(r, w))
		return false;
	if (at_word_end(r) || is_one_of(peek(r), stop))
		return true;
	diag_error(r->diag, r->at, "a blank is missing behind ]");
	return false;
}

static struct expr *new_expr(struct reader *r, enum expr_kind kind,
			     struct pos at)
{
	struct expr *e = arena_alloc(r->arena, sizeof(*e));

	e->kind = kind;
	e->at = at;
	return e;
}

static bool operator(struct reader *r, enum expr_kind *kind)
{
	if (take(r, '=')) {
		*kind = EXPR_EQUAL;
	} else if (take(r, '~')) {
		*kind = EXPR_MATCHES;
	} else if (take(r, '<')) {
		*kind = take(r, '=') ? EXPR_LESS_EQUAL : EXPR_LESS;
	} else if (take(r, '>')) {
		*kind = take(r, '=') ? EXPR_GREATER_EQUAL : EXPR_GREATER;
	} else {
		struct reader before = *r;

		if (take(r, '!') && take(r, '=')) {
			*kind = EXPR_NOT_EQUAL;
			return true;
		}
		*r = before;
		return false;
	}
	return true;
}

/* name, or name OPERATOR value; blanks may be around the operator */
static struct expr *comparison(struct reader *r)
{
	struct expr *e = new_expr(r, EXPR_FLAG, r->at);

	e->name = read_name(r);
	if (!e->name) {
		diag_error(r->diag, r->at, "a property's name is missing");
		return NULL;
	}
	if (++r->compared > COMPARED_MAX) {
		diag_error(r->diag, e->at,
			   "the condition is too long; at most %d properties",
			   COMPARED_MAX);
		return NULL;
	}
	skip_blanks(r);
	if (!operator(r, &e->kind))
		return e;
	skip_blanks(r);
	return word(r, ")", &e->value) ? e : NULL;
}

static struct expr *either(struct reader *r);

static struct expr *operand(struct reader *r)
{
	struct pos at = r->at;
	struct expr *e;

	if (peek(r) != '!' && peek(r) != '(')
		return comparison(r);
	if (!nest(r))
		return NULL;
	if (take(r, '!')) {
		e = new_expr(r, EXPR_NOT, at);
		skip_blanks(r);
		e->left = operand(r);
		if (!e->left)
			return NULL;
	} else {
		advance(r);
		e = either(r);
		if (!e)
			return NULL;
		if (!take(r, ')')) {
			diag_error(r->diag, at, "the ( is not closed by a )");
			return NULL;
		}
	}
	r->depth--;
	return e;
}

/* The word or the sign for it, and nothing else that begins so. */
static bool joins(struct reader *r, const char *keyword, const char *sign)
{
	struct reader before = *r;

	if (peek(r) == sign[0]) {
		advance(r);
		if (take(r, sign[1]))
			return true;
	} else {
		const char *n = read_name(r);

		if (n && !strcmp(n, keyword) && (at_word_end(r) ||
						 peek(r) == '('))
			return true;
	}
	*r = before;
	return false;
}

/* Operands beside each other must all hold, with or without "and". */
static struct expr *both(struct reader *r)
{
	struct expr *e, *left;

	skip_blanks(r);
	left = operand(r);
	while (left) {
		struct reader before;

		skip_blanks(r);
		if (at_end(r) || peek(r) == ')')
			break;
		before = *r;
		if (joins(r, "or", "||")) {
			*r = before;
			break;
		}
		joins(r, "and", "&&");
		skip_blanks(r);
		e = new_expr(r, EXPR_AND, before.at);
		e->left = left;
		e->right = operand(r);
		left = e->right ? e : NULL;
	}
	return left;
}

static struct expr *either(struct reader *r)
{
	struct expr *e, *left = both(r);

	while (left) {
		struct pos at = r->at;

		if (!joins(r, "or", "||"))
			break;
		e = new_expr(r, EXPR_OR, at);
		e->left = left;
		e->right = both(r);
		left = e->right ? e : NULL;
	}
	return left;
}

/* name=value, !name or a word */
static struct arg *argument(struct reader *r)
{
	struct arg *arg = arena_alloc(r->arena, sizeof(*arg));
	struct reader before = *r;
	const char *n;

	arg->at = r->at;
	arg->unset = take(r, '!');
	n = read_name(r);
	if (arg->unset) {
		arg->name = n;
		if (n && at_word_end(r))
			return arg;
		diag_error(r->diag, arg->at,
			   "! is followed by a property's name alone");
		return NULL;
	}
	if (n && take(r, '=')) {
		arg->name = n;
		arg->not = take(r, '!');
	} else {
		*r = before;
	}
	return word(r, "", &arg->value) ? arg : NULL;
}

/* The word that a condition may follow as it is; a path may end with it. */
static bool is_find(const struct arg *arg)
{
	const char *text = arg->value.text, *slash;

	if (arg->name || arg->unset || !text || arg->value.quoted)
		return false;
	slash = strrchr(text, '/');
	return !strcmp(slash ? slash + 1 : text, "find");
}

static bool take_where(struct reader *r)
{
	struct reader before = *r;
	const char *n = read_name(r);

	if (n && !strcmp(n, "where") && at_word_end(r))
		return true;
	*r = before;
	return false;
}

/* An expression up to the end of the statement; none of find: all items. */
static bool condition(struct reader *r, struct stmt *s, bool must)
{
	skip_blanks(r);
	if (at_end(r)) {
		if (must)
			diag_error(r->diag, r->at,
				   "what is looked for is missing behind where");
		return !must;
	}
	s->where = either(r);
	if (!s->where)
		return false;
	skip_blanks(r);
	if (at_end(r))
		return true;
	diag_error(r->diag, r->at, "unexpected '%c'", peek(r));
	return false;
}

static struct stmt *statement(struct reader *r)
{
	struct stmt *s = arena_alloc(r->arena, sizeof(*s));
	struct arg **next = &s->args, *arg;
	bool where = false, find = false;

	skip_blanks(r);
	s->at = r->at;
	if (peek(r) == ':') {
		diag_error(r->diag, r->at,
			   "commands of scripts are not supported, configuration is");
		return NULL;
	}
	s->absolute = take(r, '/');
	for (skip_blanks(r); !at_end(r) && !find; skip_blanks(r)) {
		where = take_where(r);
		if (where)
			break;
		arg = argument(r);
		if (!arg)
			return NULL;
		arg->end = r->at;
		*next = arg;
		next = &arg->next;
		find = is_find(arg);
	}
	if (find)
		where = take_where(r);
	if ((find || where) && !condition(r, s, where))
		return NULL;
	s->end = r->at;
	return s;
}

struct stmt *parse(struct arena *a, const char *text, size_t len,
		   struct diag *d)
{
	struct stmt *first = NULL, **next = &first, *s;
	struct reader r;

	reader_init(&r, a, d, text, len);
	while (peek(&r) != READER_END) {
		skip_blanks(&r);
		if (peek(&r) == '#') {
			skip_line(&r);
		} else if (!take(&r, '\n') && !take(&r, ';')) {
			r.depth = 0;
			r.brackets = 0;
			r.compared = 0;
			r.used = 0;
			s = statement(&r);
			if (!s) {
				skip_line(&r);
			} else if (s->absolute || s->args) {
				*next = s;
				next = &s->next;
			}
		}
	}
	return first;
}
