// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "print_parts.h"
#include "select.h"
#include "text.h"
#include "wrap.h"

/* what a terminal has that does not say, and the least that is of use */
#define WIDTH		80
#define WIDTH_MIN	40

void print_style_terminal(struct print_style *style, FILE *out)
{
	const char *term = getenv("TERM");
	struct winsize size;

	style->width = WIDTH;
	style->color = false;
	style->whole_rows = !isatty(fileno(out));
	if (style->whole_rows)
		return;
	if (!ioctl(fileno(out), TIOCGWINSZ, &size) && size.ws_col)
		style->width = size.ws_col < WIDTH_MIN ? WIDTH_MIN :
							 size.ws_col;
	style->color = term && strcmp(term, "dumb") && !getenv("NO_COLOR");
}

void print_ink(const struct print *p, enum print_ink ink)
{
	if (p->style->color)
		fputs(ink == INK_HEADER ? "\033[2m" : "\033[36m", p->out);
}

void print_ink_off(const struct print *p)
{
	if (p->style->color)
		fputs("\033[m", p->out);
}

bool print_is_stats(const struct print *p, unsigned int i)
{
	return p->m->props[i].flags & PROP_STATS;
}

bool print_is_comment(const struct print *p, unsigned int i)
{
	return !strcmp(p->m->props[i].name, "comment");
}

const char *print_raw(const struct print *p, const struct item *item,
		      unsigned int i)
{
	const struct menu *m = item->menu;
	/* /interface has items of other menus */
	int own = m == p->m ? (int)i : prop_index(m, p->m->props[i].name);

	if (own < 0)
		return NULL;
	if (item->values[own] || m->props[own].flags & PROP_UNSET)
		return item->values[own];
	return m->props[own].def;
}

/* Has an item like this one the property? */
static bool is_of(const struct item *item, const char *of)
{
	return !of || item_is(item, of + (*of == '!')) == (*of != '!');
}

const char *print_value(const struct print *p, const struct item *item,
			unsigned int i)
{
	const struct prop *prop = &p->m->props[i];
	const char *value = print_raw(p, item, i);

	if ((prop->flags & PROP_FLAG && !(prop->flags & PROP_SHOWN)) ||
	    !is_of(item, prop->of))
		return NULL;
	if (value && *value && prop->flags & PROP_SECRET &&
	    !p->style->show_sensitive)
		return "*****";
	return value;
}

const char *print_comment(const struct print *p, const struct item *item)
{
	int i = prop_index(p->m, "comment");
	const char *value = i < 0 ? NULL : print_value(p, item, i);

	return value && *value ? text_shown(p->c->arena, value) : NULL;
}

/* RouterOS has names of an item's own and secrets in quotes, always. */
static bool is_quoted(const struct prop *prop)
{
	return prop->flags & (PROP_NAME | PROP_SECRET);
}

/* name=value; @quotes: also where a script needs none */
static const char *assignment(const struct print *p, unsigned int i,
			      const char *value, bool quotes)
{
	const struct prop *prop = &p->m->props[i];
	struct arena *a = p->c->arena;
	const char *negation = "";
	char *text;
	size_t size;

	if (prop->flags & PROP_NOT && *value == '!') {
		negation = "!";
		value++;
	}
	value = quotes && is_quoted(prop) ? text_string(a, value) :
					    text_value(a, value);
	size = strlen(prop->name) + strlen(value) + 3;
	text = arena_alloc(a, size);
	snprintf(text, size, "%s=%s%s", prop->name, negation, value);
	return text;
}

/* As " 0  R", without a blank behind it; returns its columns. */
static unsigned int put_number(const struct print *p, size_t n)
{
	char letters[FLAGS_MAX + 1];
	int width;

	print_letters(p, p->items[n], letters);
	width = fprintf(p->out, "%2u", p->numbers[n]);
	if (*letters)
		width += fprintf(p->out, " %s", letters);
	return width;
}

/* All but flags, or flags that have a value besides. */
static void put_assignments(const struct print *p, const struct item *item,
			    struct wrap *w, bool shown)
{
	unsigned int i;

	for (i = 0; i < p->m->count; i++) {
		const char *value;

		if (print_is_comment(p, i) || print_is_stats(p, i) ||
		    !(p->m->props[i].flags & PROP_SHOWN) == shown)
			continue;
		value = print_value(p, item, i);
		if (value)
			wrap_word(w, assignment(p, i, value, true));
	}
}

static void put_detail(const struct print *p, size_t n)
{
	const struct item *item = p->items[n];
	const char *comment = print_comment(p, item);
	unsigned int indent;
	struct wrap w;

	indent = put_number(p, n) + 1;
	putc(' ', p->out);
	if (comment) {
		print_ink(p, INK_COMMENT);
		fprintf(p->out, ";;; %s", comment);
		print_ink_off(p);
		fprintf(p->out, "\n%*s", (int)indent, "");
	}
	wrap_init(&w, p->out, p->style->width, indent, indent);
	put_assignments(p, item, &w, false);
	put_assignments(p, item, &w, true);
	wrap_end(&w);
}

static void print_detail(struct print *p)
{
	size_t n;

	print_find_flags(p, true);
	print_flags_line(p, false);
	for (n = 0; n < p->count; n++) {
		if (n)
			putc('\n', p->out);
		put_detail(p, n);
	}
}

static void print_terse(struct print *p)
{
	unsigned int i;
	size_t n;

	print_find_flags(p, true);
	for (n = 0; n < p->count; n++) {
		put_number(p, n);
		for (i = 0; i < p->m->count; i++) {
			const char *value = print_value(p, p->items[n], i);

			if (value && !print_is_stats(p, i))
				fprintf(p->out, " %s",
					assignment(p, i, value, false));
		}
		putc('\n', p->out);
	}
}

/* One property a line, the colons below each other. */
static void put_values(const struct print *p, const struct item *item)
{
	int width = 0;
	unsigned int i;

	for (i = 0; i < p->m->count; i++) {
		int len = strlen(p->m->props[i].name);

		if (len > width && print_value(p, item, i))
			width = len;
	}
	for (i = 0; i < p->m->count; i++) {
		const char *value = print_value(p, item, i);

		if (value && !print_is_stats(p, i))
			fprintf(p->out, "  %*s: %s\n", width,
				p->m->props[i].name,
				text_shown(p->c->arena, value));
	}
}

static void print_value_list(struct print *p)
{
	size_t n;

	for (n = 0; n < p->count; n++) {
		if (n)
			putc('\n', p->out);
		put_values(p, p->items[n]);
	}
}

static enum print_mode mode_of(const struct menu *m,
			       const struct print_style *style)
{
	/* settings are never more than one, and are no table */
	if (m->flags & MENU_SINGLE && style->mode != PRINT_TERSE &&
	    style->mode != PRINT_COUNT_ONLY)
		return PRINT_VALUE_LIST;
	if (style->mode == PRINT_DEFAULT)
		return (m->flags & MENU_DETAIL) ? PRINT_DETAIL : PRINT_BRIEF;
	return style->mode;
}

/* Places in the menu; the selection has its order. */
static const unsigned int *find_numbers(struct config *c, const struct menu *m,
					struct item *const *items, size_t count)
{
	unsigned int number = 0, *numbers;
	struct selection all;
	size_t n;

	select_where(c, m, NULL, &all);
	numbers = arena_alloc(c->arena, count * sizeof(*numbers));
	for (n = 0; n < count; n++) {
		while (number < all.count && all.items[number] != items[n])
			number++;
		numbers[n] = number;
	}
	return numbers;
}

int print_items(FILE *out, struct config *c, const struct menu *m,
		struct item *const *items, size_t count,
		const struct print_style *style)
{
	static void (*const styles[])(struct print *p) = {
		[PRINT_BRIEF] = print_table,
		[PRINT_DETAIL] = print_detail,
		[PRINT_TERSE] = print_terse,
		[PRINT_VALUE_LIST] = print_value_list,
		[PRINT_STATS] = print_table,
	};
	enum print_mode mode = mode_of(m, style);
	struct print p = {
		.out = out, .c = c, .m = m, .items = items, .count = count,
		.style = style, .numbers = find_numbers(c, m, items, count),
	};

	if (mode == PRINT_COUNT_ONLY)
		fprintf(out, "%zu\n", count);
	else if (style->json)
		print_json(&p);
	else
		styles[mode](&p);
	return fflush(out) || ferror(out) ? -1 : 0;
}
