// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "print_parts.h"
#include "text.h"
#include "wrap.h"

/**
 * struct column - a column of a table
 * @prop: index of its property
 * @width: of its widest value, or its name
 * @right: numbers, one's ones below the other's
 * @fresh: begins a line, since those before it fill one
 */
struct column {
	unsigned int prop, width;
	bool right, fresh;
};

/**
 * struct table - a table
 * @columns: from the left
 * @count: of them
 */
struct table {
	struct column *columns;
	unsigned int count;
};

static bool is_decimal(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits && !text[digits];
}

/* Add property @i; @empty: even if no item has a value. */
static void add_column(const struct print *p, struct table *t, unsigned int i,
		       bool empty)
{
	const struct prop *prop = &p->m->props[i];
	struct column c = { .prop = i, .width = strlen(prop->name) };
	size_t n;

	c.right = prop->rule.type == &type_number && !prop->rule.list;
	for (n = 0; n < p->count; n++) {
		const char *value = print_value(p, p->items[n], i);
		unsigned int width;

		if (!value)
			continue;
		empty = true;
		c.right = c.right && is_decimal(value);
		width = text_width(text_shown(p->c->arena, value));
		if (width > c.width)
			c.width = width;
	}
	if (empty)
		t->columns[t->count++] = c;
}

static bool add_flagged(const struct print *p, struct table *t,
			unsigned int flags)
{
	unsigned int i;

	for (i = 0; i < p->m->count; i++)
		if (p->m->props[i].flags & flags)
			add_column(p, t, i, false);
	return t->count;
}

static void named_columns(const struct print *p, struct table *t)
{
	const char *at = p->m->columns;

	for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
		size_t len = strcspn(at, " ");
		char name[64];
		int i;

		snprintf(name, sizeof(name), "%.*s", (int)len, at);
		i = prop_index(p->m, name);
		if (i >= 0 && t->count < p->m->count)
			add_column(p, t, i, true);
		at += len;
	}
}

/* What tells items apart, then the counters. */
static void stats_columns(const struct print *p, struct table *t)
{
	unsigned int i;

	if (!add_flagged(p, t, PROP_NAME) && !add_flagged(p, t, PROP_KEY)) {
		if (p->m->columns)
			named_columns(p, t);
		else
			add_flagged(p, t, PROP_REQUIRED);
	}
	for (i = 0; i < p->m->count; i++)
		if (print_is_stats(p, i))
			add_column(p, t, i, true);
}

static void find_columns(const struct print *p, struct table *t)
{
	unsigned int i;

	t->columns = arena_alloc(p->c->arena,
				 2 * p->m->count * sizeof(*t->columns));
	if (p->style->mode == PRINT_STATS) {
		stats_columns(p, t);
		return;
	}
	if (p->m->columns) {
		named_columns(p, t);
		return;
	}
	for (i = 0; i < p->m->count; i++)
		if (!print_is_comment(p, i) && !print_is_stats(p, i))
			add_column(p, t, i, false);
}

static const char *heading(const struct print *p, const struct column *c)
{
	const char *name = p->m->props[c->prop].name;
	char *text = arena_strndup(p->c->arena, name, strlen(name) + 1), *at;

	for (at = text; *at; at++)
		*at = toupper((unsigned char)*at);
	return text;
}

static void put_columns_line(const struct print *p, const struct table *t)
{
	struct wrap w;
	unsigned int i;

	print_ink(p, INK_HEADER);
	wrap_init(&w, p->out, p->style->width, 0, 0);
	wrap_word(&w, "Columns:");
	for (i = 0; i < t->count; i++) {
		const char *name = heading(p, &t->columns[i]);
		char text[80];

		snprintf(text, sizeof(text), "%s%s", name,
			 i + 1 < t->count ? "," : "");
		wrap_word(&w, text);
	}
	print_ink_off(p);
	wrap_end(&w);
}

static unsigned int number_width(const struct print *p)
{
	unsigned int last = p->numbers[p->count - 1], width = 1;

	while (last /= 10)
		width++;
	return width;
}

/* Where cells begin, behind number and letters. */
static unsigned int margin(const struct print *p)
{
	return number_width(p) + p->flag_columns + 2;
}

/* What does not fit a terminal goes on further lines, as on RouterOS. */
static void break_lines(const struct print *p, struct table *t)
{
	unsigned int i, at = margin(p);

	if (p->style->whole_rows)
		return;
	for (i = 0; i < t->count; i++) {
		struct column *c = &t->columns[i];

		if (i && at + c->width >= p->style->width) {
			c->fresh = true;
			at = margin(p);
		}
		at += c->width + 2;
	}
}

/*
 * A cell, blanks before it: what is to come is only known to be the last by who
 * calls, so blanks and ends of lines wait in @gap and @ends for what needs them.
 */
static void put_cell(const struct print *p, const struct column *c,
		     const char *text, unsigned int *gap, unsigned int *ends)
{
	unsigned int pad = c->width - text_width(text);

	if (c->fresh) {
		(*ends)++;
		*gap = margin(p);
	}
	if (!*text) {
		*gap += c->width + 2;
		return;
	}
	for (; *ends; (*ends)--)
		putc('\n', p->out);
	fprintf(p->out, "%*s%s", (int)(*gap + (c->right ? pad : 0)), "", text);
	*gap = (c->right ? 0 : pad) + 2;
}

/* "#" or a number, and the letters; what follows begins @gap columns on. */
static unsigned int put_start(const struct print *p, const char *number,
			      const char *letters)
{
	int last = strlen(letters);

	while (last && letters[last - 1] == ' ')
		last--;
	fprintf(p->out, "%-*s", (int)number_width(p), number);
	/* two blanks, and between them the letters */
	if (!last)
		return p->flag_columns + 2;
	fprintf(p->out, " %.*s", last, letters);
	return p->flag_columns - last + 1;
}

static void put_row(const struct print *p, const struct table *t, size_t n)
{
	const char *comment = print_comment(p, p->items[n]);
	char letters[FLAGS_MAX + 1], number[16];
	unsigned int i, gap, ends = 0;

	if (comment) {
		print_ink(p, INK_COMMENT);
		fprintf(p->out, ";;; %s", comment);
		print_ink_off(p);
		putc('\n', p->out);
	}
	print_letters(p, p->items[n], letters);
	snprintf(number, sizeof(number), "%u", p->numbers[n]);
	gap = put_start(p, number, letters);
	for (i = 0; i < t->count; i++) {
		const char *value = print_value(p, p->items[n],
						t->columns[i].prop);

		put_cell(p, &t->columns[i],
			 text_shown(p->c->arena, value ? value : ""), &gap,
			 &ends);
	}
	putc('\n', p->out);
}

/* What is in the columns, blanks between. */
static void put_line(const struct print *p, const struct table *t, size_t n)
{
	const char *before = "";
	unsigned int i;

	for (i = 0; i < t->count; i++) {
		const char *value = print_value(p, p->items[n],
						t->columns[i].prop);

		if (!value || !*value)
			continue;
		fprintf(p->out, "%s%s", before,
			text_shown(p->c->arena, value));
		before = " ";
	}
	putc('\n', p->out);
}

void print_table(struct print *p)
{
	struct table t = { 0 };
	unsigned int i, gap, ends = 0;
	size_t n;

	if (!p->count)
		return;
	print_find_flags(p, false);
	find_columns(p, &t);
	if (p->m->flags & MENU_LINES) {
		for (n = 0; n < p->count; n++)
			put_line(p, &t, n);
		return;
	}
	break_lines(p, &t);
	print_flags_line(p, true);
	put_columns_line(p, &t);
	print_ink(p, INK_HEADER);
	gap = put_start(p, "#", "");
	for (i = 0; i < t.count; i++)
		put_cell(p, &t.columns[i], heading(p, &t.columns[i]), &gap,
			 &ends);
	print_ink_off(p);
	putc('\n', p->out);
	for (n = 0; n < p->count; n++)
		put_row(p, &t, n);
}
