// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"

unsigned int menu_index(const struct menu *m)
{
	unsigned int i;

	for (i = 0; i < menu_count; i++)
		if (menus[i] == m)
			return i;
	abort();
}

const struct menu *menu_by_path(const char *path)
{
	unsigned int i;

	for (i = 0; i < menu_count; i++)
		if (!strcmp(menus[i]->path, path))
			return menus[i];
	fprintf(stderr, "sitelink: no menu /%s\n", path);
	abort();
}

bool menu_holds(const struct menu *m, const struct menu *other)
{
	return m == other || (!strcmp(m->path, "interface") &&
			      other->flags & MENU_INTERFACE);
}

int prop_index(const struct menu *m, const char *name)
{
	unsigned int i;

	for (i = 0; i < m->count; i++)
		if (!strcmp(m->props[i].name, name))
			return i;
	return -1;
}

#define NAME_MAX_LEN	40

/* How many letters are to be changed, added, left out or swapped. */
static unsigned int distance(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), i, j;
	unsigned int d[NAME_MAX_LEN + 1][NAME_MAX_LEN + 1];

	if (la > NAME_MAX_LEN || lb > NAME_MAX_LEN)
		return NAME_MAX_LEN;
	for (i = 0; i <= la; i++) {
		for (j = 0; j <= lb; j++) {
			unsigned int best, other;

			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			other = (d[i - 1][j] < d[i][j - 1] ? d[i - 1][j] :
							     d[i][j - 1]) + 1;
			if (other < best)
				best = other;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	}
	return d[la][lb];
}

static void add_name(struct match *m, const char *name)
{
	size_t used = strlen(m->all);

	if (used + strlen(name) + 6 < sizeof(m->all))
		sprintf(m->all + used, "%s%s", used ? ", " : "", name);
	else if (used + 5 < sizeof(m->all) && m->all[used - 1] != '.')
		strcat(m->all, " ...");
}

void match_word(struct match *m, const char *text, const char *const *names,
		unsigned int count)
{
	unsigned int i, best = strlen(text) / 3 + 2;
	size_t len = strlen(text);

	memset(m, 0, sizeof(*m));
	for (i = 0; i < count; i++) {
		unsigned int d;

		if (!strcmp(names[i], text)) {
			m->found = names[i];
			m->index = i;
			m->several = false;
			return;
		}
		add_name(m, names[i]);
		if (len && !strncmp(names[i], text, len)) {
			m->several = m->several || m->found;
			m->found = names[i];
			m->index = i;
		}
		d = distance(text, names[i]);
		if (d < best) {
			best = d;
			snprintf(m->hint, sizeof(m->hint), "; is it %s?",
				 names[i]);
		}
	}
	if (m->several)
		m->found = NULL;
}

void match_prop(struct match *match, const struct menu *m, const char *text)
{
	const char *names[m->count];
	unsigned int i;

	for (i = 0; i < m->count; i++)
		names[i] = m->props[i].name;
	match_word(match, text, names, m->count);
}
