/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trees of json-c in fewer words. What is read came from a file or from another
 * program: all of these may be asked of anything, NULL, too.
 */
#ifndef SITELINK_JSON_H
#define SITELINK_JSON_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What the object @o has at @key, if it is of that type; NULL: it has no such. */
static inline json_object *json_get(json_object *o, const char *key,
				    enum json_type type)
{
	json_object *value;

	return json_object_object_get_ex(o, key, &value) &&
	       json_object_is_type(value, type) ? value : NULL;
}

static inline json_object *json_section(json_object *o, const char *key)
{
	return json_get(o, key, json_type_object);
}

static inline json_object *json_list(json_object *o, const char *key)
{
	return json_get(o, key, json_type_array);
}

static inline const char *json_text(json_object *o, const char *key)
{
	return json_object_get_string(json_get(o, key, json_type_string));
}

/* Is that the text at @key? */
static inline bool json_is(json_object *o, const char *key, const char *text)
{
	const char *is = json_text(o, key);

	return is && !strcmp(is, text);
}

/* The text at @i of the list at @key; NULL: there is no such, or another thing. */
static inline const char *json_list_text(json_object *o, const char *key,
					 size_t i)
{
	json_object *list = json_list(o, key), *value;

	if (!list || i >= json_object_array_length(list))
		return NULL;
	value = json_object_array_get_idx(list, i);
	return json_object_is_type(value, json_type_string) ?
	       json_object_get_string(value) : NULL;
}

static inline void json_put_text(json_object *o, const char *key,
				 const char *text)
{
	json_object_object_add(o, key, json_object_new_string(text));
}

static inline void json_add_text(json_object *list, const char *text)
{
	json_object_array_add(list, json_object_new_string(text));
}

/* A string of any octets: what is no UTF-8 stands as \XX in it. */
json_object *json_new_octets(const char *text);

/*
 * Print @o and a newline; @how: JSON_C_TO_STRING_*. What would move the cursor is
 * escaped: JSON's text has it in strings only.
 */
void json_print(FILE *out, json_object *o, int how);

#endif /* SITELINK_JSON_H */
