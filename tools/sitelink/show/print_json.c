// SPDX-License-Identifier: GPL-2.0-only
/*
 * Properties by their RouterOS names: yes and no are booleans, the number type has numbers,
 * lists are arrays, all else is text. "!value" is {"not": value}.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ids.h"
#include "json.h"
#include "print_parts.h"

static struct json_object *one_object(const struct rule *r, const char *value)
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
	return json_new_octets(value);
}

static struct json_object *list_object(struct arena *a, const struct rule *r,
				       const char *value)
{
	struct json_object *list = json_object_new_array();

	while (*value) {
		size_t len = strcspn(value, ",");

		json_object_array_add(list,
				      one_object(r, arena_strndup(a, value,
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
	object = r->list ? list_object(a, r, value) : one_object(r, value);
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

void print_json(struct print *p)
{
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
	json_print(p->out, all, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED);
	json_object_put(all);
}
