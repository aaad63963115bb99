// SPDX-License-Identifier: GPL-2.0-only
/* The table in memory, and names in it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw.h"

struct fw_table *fw_table_new(struct arena *a)
{
	struct fw_table *t = arena_alloc(a, sizeof(*t));

	t->arena = a;
	t->devices = "";
	return t;
}

struct fw_chain *fw_chain_find(const struct fw_table *t, const char *name)
{
	struct fw_chain *c;

	for (c = t->chains; c && strcmp(c->name, name); c = c->next)
		;
	return c;
}

struct fw_chain *fw_chain(struct fw_table *t, const char *name,
			  const char *spec)
{
	struct fw_chain *c = fw_chain_find(t, name), **at = &t->chains;

	if (c)
		return c;
	while (*at)
		at = &(*at)->next;
	c = arena_alloc(t->arena, sizeof(*c));
	c->name = name;
	c->spec = spec;
	c->end = &c->rules;
	return *at = c;
}

struct fw_rule *fw_rule_add(struct fw_table *t, struct fw_chain *chain)
{
	struct fw_rule *r = arena_alloc(t->arena, sizeof(*r));

	r->match = "";
	r->stmt = "";
	r->comment = "";
	*chain->end = r;
	chain->end = &r->next;
	chain->count++;
	return r;
}

struct fw_set *fw_set_find(const struct fw_table *t, const char *name)
{
	struct fw_set *s;

	for (s = t->sets; s && strcmp(s->name, name); s = s->next)
		;
	return s;
}

struct fw_set *fw_set(struct fw_table *t, const char *name, const char *spec)
{
	struct fw_set *s = fw_set_find(t, name), **at = &t->sets;

	if (s)
		return s;
	while (*at)
		at = &(*at)->next;
	s = arena_alloc(t->arena, sizeof(*s));
	s->name = name;
	s->spec = spec;
	return *at = s;
}

struct fw_elem *fw_elem_add(struct fw_table *t, struct fw_set *set,
			    const char *key)
{
	struct fw_elem *e = arena_alloc(t->arena, sizeof(*e));

	e->key = key;
	e->next = set->elems;
	set->elems = e;
	set->count++;
	return e;
}

const char *fw_name(struct arena *a, const char *prefix, const char *name)
{
	struct buffer t;

	buffer_init(&t, a);
	buffer_add(&t, "%s-", prefix);
	for (; *name; name++) {
		unsigned char c = *name;

		if (c < 0x80 && (isalnum(c) || c == '-' || c == '.'))
			buffer_add(&t, "%c", c);
		else
			buffer_add(&t, "_%02x", c);
	}
	return t.p;
}

const char *fw_unname(struct arena *a, const char *prefix, const char *name)
{
	size_t len = strlen(prefix);
	char *out, *p;

	if (strncmp(name, prefix, len) || name[len] != '-')
		return NULL;
	out = arena_strndup(a, name + len + 1, strlen(name + len + 1));
	name = out;
	for (p = out; *name; p++) {
		char hex[3] = "";

		*p = *name++;
		if (*p != '_' || !isxdigit((unsigned char)name[0]) ||
		    !isxdigit((unsigned char)name[1]))
			continue;
		memcpy(hex, name, 2);
		*p = strtoul(hex, NULL, 16);
		name += 2;
	}
	*p = '\0';
	return out;
}

const char *fw_quotable(struct arena *a, const char *text, size_t max)
{
	size_t len = strnlen(text, max), i;
	char *out = arena_strndup(a, text, len);

	for (i = 0; i < len; i++) {
		unsigned char c = out[i];

		if (c < 0x20 || c > 0x7e || strchr("\"\\$", c))
			out[i] = '?';
	}
	return out;
}
