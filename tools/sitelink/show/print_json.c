// SPDX-License-Identifier: GPL-2.0-only
/*
 * Properties by their RouterOS names: yes and no are booleans, the number type has numbers,
 * lists are arrays, all else is text. "!value" is {"not": value}. Octets that are no
 * UTF-8 stand as \XX in the text.
 */
#include <ctype.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "ids.h"
#include "print_parts.h"
#include "text.h"

/* Only what is no UTF-8 is escaped: the rest is JSON's matter. */
static struct json_object *text_object(struct arena *a, const char *text)
{
	char *copy = arena_alloc(a, 3 * strlen(text) + 1), *p = copy;
	unsigned int c;

	while (*text) {
		size_t len = text_decode(text, &c);

		if (len) {
			memcpy(p, text, len);
			p += len;
			text += len;
		} else {
			p += sprintf(p, "\\%02X", (unsigned char)*text++);
		}
	}
	return json_object_new_string_len(copy, p - copy);
}

static struct json_object *one_object(struct arena *a, const struct rule *r,
				      const char *value)
{
	char *end;

	if (r->type == &type_bool && !strcmp(value, "yes"))
		return json_object_new_boolean(true);
	if (r->type == &type_bool && !strcmp(value, "no"))
		return json_object_new_boolean(false);
	if (r->type == &type_number && isdigit((unsigned char)*value)) {
		long long number;

		errno = 0;
		number = strtoll(value, &end, 10);
		if (!errno && end != value && !*end)
			return json_object_new_int64(number);
	}
	return text_object(a, value);
}

static struct json_object *list_object(struct arena *a, const struct rule *r,
				       const char *value)
{
	struct json_object *list = json_object_new_array();

	while (*value) {
		size_t len = strcspn(value, ",");

		json_object_array_add(list,
				      one_object(a, r, arena_strndup(a, value,
								     len)));
		value += len + !!value[len];
	}
	return list;
}

static struct json_object *value_object(struct arena *a,
					const struct prop *prop,
					const char *value)
{
	const struct rule *r = &prop->rule;
	bool negated = prop->flags & PROP_NOT && *value == '!';
	struct json_object *object, *all_but;

	value += negated;
	object = r->list ? list_object(a, r, value) : one_object(a, r, value);
	if (!negated)
		return object;
	all_but = json_object_new_object();
	json_object_object_add(all_but, "not", object);
	return all_but;
}

static struct json_object *item_object(const struct print *p, size_t n)
{
	struct json_object *object = json_object_new_object();
	const struct item *item = p->items[n];
	struct arena *a = p->c->arena;
	unsigned int i;
	char id[16];

	snprintf(id, sizeof(id), ID_FORMAT, item->id);
	json_object_object_add(object, ".id", json_object_new_string(id));
	json_object_object_add(object, "number",
			       json_object_new_int64(p->numbers[n]));
	for (i = 0; i < p->m->count; i++) {
		const struct prop *prop = &p->m->props[i];
		const char *value;

		/* stars would be taken for the secret */
		if (prop->flags & PROP_SECRET && !p->style->show_sensitive)
			continue;
		value = (prop->flags & PROP_FLAG) ?
			print_has_flag(p, item, i) ? "yes" : "no" :
			print_value(p, item, i);
		if (value)
			json_object_object_add(object, prop->name,
					       value_object(a, prop, value));
	}
	return object;
}

/* What would move the cursor is escaped: JSON's text has it only in strings. */
static void put_text(FILE *out, const char *text)
{
	while (*text) {
		unsigned int c;
		size_t len = text_decode(text, &c);

		if (*text != '\n' && text_is_control(c))
			fprintf(out, "\\u%04x", c);
		else
			fwrite(text, 1, len, out);
		text += len;
	}
	putc('\n', out);
}

void print_json(struct print *p)
{
	const int how = JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
			JSON_C_TO_STRING_NOSLASHESCAPE;
	struct json_object *all;

	ids_give(p->c);
	if (p->m->flags & MENU_SINGLE && p->count == 1) {
		all = item_object(p, 0);
	} else {
		size_t n;

		all = json_object_new_array();
		for (n = 0; n < p->count; n++)
			json_object_array_add(all, item_object(p, n));
	}
	put_text(p->out, json_object_to_json_string_ext(all, how));
	json_object_put(all);
}
