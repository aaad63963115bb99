// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "print_parts.h"
#include "wrap.h"

bool print_has_flag(const struct print *p, const struct item *item,
		    unsigned int i)
{
	const char *value = print_raw(p, item, i);

	if (item->dynamic && !strcmp(p->m->props[i].name, "dynamic"))
		return true;
	return value && !strcmp(value, "yes");
}

static bool any_has_flag(const struct print *p, unsigned int i)
{
	size_t n;

	for (n = 0; n < p->count; n++)
		if (print_has_flag(p, p->items[n], i))
			return true;
	return false;
}

/* Of which an item has one: its state, where a route is from, what it does. */
static bool shares_column(char before, char letter)
{
	static const char *const groups[] = { "XIA", "CSrbo", "BUP", NULL };
	const char *const *group;

	for (group = groups; *group; group++)
		if (strchr(*group, before) && strchr(*group, letter))
			return true;
	return false;
}

void print_find_flags(struct print *p, bool all)
{
	char before = '*';
	unsigned int i;

	for (i = 0; i < p->m->count; i++) {
		const struct prop *prop = &p->m->props[i];

		if (!(prop->flags & PROP_FLAG) || p->flag_count == FLAGS_MAX)
			continue;
		if (!all && !any_has_flag(p, i))
			continue;
		if (!p->flag_count || !shares_column(before, prop->letter))
			p->flag_columns++;
		p->flags[p->flag_count++] = (struct print_flag){
			.prop = i, .column = p->flag_columns - 1,
		};
		before = prop->letter;
	}
}

/* "X - disabled" and what is before the next one */
static void put_flag(struct print *p, struct wrap *w, unsigned int i,
		     bool capitals)
{
	const struct prop *prop = &p->m->props[p->flags[i].prop];
	const char *end = "";
	char text[80];
	size_t at;

	if (i + 1 < p->flag_count)
		end = p->flags[i].column == p->flags[i + 1].column ? "," : ";";
	snprintf(text, sizeof(text), "%c - %s%s", prop->letter, prop->name,
		 end);
	for (at = 1; capitals && text[at]; at++)
		text[at] = toupper((unsigned char)text[at]);
	wrap_word(w, text);
}

void print_flags_line(struct print *p, bool capitals)
{
	struct wrap w;
	unsigned int i;

	if (!p->flag_count)
		return;
	print_ink(p, INK_HEADER);
	wrap_init(&w, p->out, p->style->width, 0, 0);
	wrap_word(&w, "Flags:");
	for (i = 0; i < p->flag_count; i++)
		put_flag(p, &w, i, capitals);
	print_ink_off(p);
	wrap_end(&w);
}

void print_letters(const struct print *p, const struct item *item,
		   char letters[FLAGS_MAX + 1])
{
	unsigned int i;

	memset(letters, ' ', p->flag_columns);
	letters[p->flag_columns] = '\0';
	for (i = 0; i < p->flag_count; i++) {
		char *at = &letters[p->flags[i].column];

		if (*at == ' ' &&
		    print_has_flag(p, item, p->flags[i].prop))
			*at = p->m->props[p->flags[i].prop].letter;
	}
}
