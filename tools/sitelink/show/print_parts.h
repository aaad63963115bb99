/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of print.
 */
#ifndef SITELINK_PRINT_PARTS_H
#define SITELINK_PRINT_PARTS_H

#include "print.h"

/* more than any menu has */
#define FLAGS_MAX	32

/**
 * struct print_flag - a letter before the items
 * @prop: index of its property
 * @column: where it stands; flags of which an item has one share a place
 */
struct print_flag {
	unsigned int prop, column;
};

/**
 * struct print - one print
 * @out: where to
 * @c: for what is to be allocated
 * @m: the menu
 * @items: what is printed
 * @numbers: their places in the menu
 * @count: of them
 * @style: how
 * @flags: that there are, or that some item has
 * @flag_count: of them
 * @flag_columns: places for their letters
 */
struct print {
	FILE *out;
	struct config *c;
	const struct menu *m;
	struct item *const *items;
	const unsigned int *numbers;
	size_t count;
	const struct print_style *style;
	struct print_flag flags[FLAGS_MAX];
	unsigned int flag_count, flag_columns;
};

/* Has the item the flag of property @i? */
bool print_has_flag(const struct print *p, const struct item *item,
		    unsigned int i);

/* Which flags there are; @all: also those that no item has. */
void print_find_flags(struct print *p, bool all);

/* The line that explains them; @capitals: as before a table. */
void print_flags_line(struct print *p, bool capitals);

/* An item's letters, each at its place. */
void print_letters(const struct print *p, const struct item *item,
		   char letters[FLAGS_MAX + 1]);

/* An item's value of property @i, or its default; NULL: neither. */
const char *print_raw(const struct print *p, const struct item *item,
		      unsigned int i);

/*
 * An item's value of property @i, as it is; NULL: none, or it is not printed as
 * name=value. Secrets are stars.
 */
const char *print_value(const struct print *p, const struct item *item,
			unsigned int i);

/* Is property @i one of counters? */
bool print_is_stats(const struct print *p, unsigned int i);

/* Is property @i printed on a line of its own? */
bool print_is_comment(const struct print *p, unsigned int i);

/* The comment of an item, for people; NULL: none. */
const char *print_comment(const struct print *p, const struct item *item);

/* Colours, if there are; they end with the line. */
enum print_ink { INK_HEADER, INK_COMMENT };
void print_ink(const struct print *p, enum print_ink ink);
void print_ink_off(const struct print *p);

/* Styles */
void print_table(struct print *p);
void print_json(struct print *p);

#endif /* SITELINK_PRINT_PARTS_H */
