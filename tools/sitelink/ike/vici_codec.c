// SPDX-License-Identifier: GPL-2.0-only
/*
 * VICI's messages: a tree to octets and back. What comes from outside is checked
 * octet by octet; what is made of it has unique keys, and no more levels than
 * anyone needs.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vici.h"
#include "vici_private.h"

#define DEPTH_MAX	16

enum element {
	SECTION_START = 1, SECTION_END, KEY_VALUE, LIST_START, LIST_ITEM, LIST_END
};

/**
 * struct octets - a message that is written
 * @p: it
 * @used: so far
 * @size: that @p has place for
 * @bad: it cannot be written
 */
struct octets {
	unsigned char *p;
	size_t used, size;
	bool bad;
};

static void put(struct octets *o, const void *data, size_t len)
{
	if (o->bad || len > VICI_MAX - o->used) {
		o->bad = true;
		return;
	}
	if (!o->p || o->used + len > o->size) {
		size_t size = 2 * (o->used + len) + 64;
		unsigned char *p = realloc(o->p, size);

		if (!p) {
			o->bad = true;
			return;
		}
		o->p = p;
		o->size = size;
	}
	memcpy(o->p + o->used, data, len);
	o->used += len;
}

static void put_type(struct octets *o, enum element type)
{
	unsigned char octet = type;

	put(o, &octet, 1);
}

static void put_name(struct octets *o, enum element type, const char *name)
{
	size_t len = strlen(name);
	unsigned char octet = len;

	o->bad |= len > UINT8_MAX;
	put_type(o, type);
	put(o, &octet, 1);
	put(o, name, len);
}

static void put_value(struct octets *o, json_object *value)
{
	size_t len = json_object_get_string_len(value);
	unsigned char size[2] = { len >> 8, len };

	o->bad |= len > UINT16_MAX;
	put(o, size, sizeof(size));
	put(o, json_object_get_string(value), len);
}

static void put_list(struct octets *o, const char *name, json_object *list)
{
	size_t i;

	put_name(o, LIST_START, name);
	for (i = 0; i < json_object_array_length(list); i++) {
		json_object *value = json_object_array_get_idx(list, i);

		o->bad |= !json_object_is_type(value, json_type_string);
		if (o->bad)
			return;
		put_type(o, LIST_ITEM);
		put_value(o, value);
	}
	put_type(o, LIST_END);
}

static void put_section(struct octets *o, json_object *section,
			unsigned int depth)
{
	json_object_object_foreach(section, name, value) {
		o->bad |= depth > DEPTH_MAX;
		if (o->bad)
			return;
		switch (json_object_get_type(value)) {
		case json_type_object:
			put_name(o, SECTION_START, name);
			put_section(o, value, depth + 1);
			put_type(o, SECTION_END);
			break;
		case json_type_array:
			put_list(o, name, value);
			break;
		case json_type_string:
			put_name(o, KEY_VALUE, name);
			put_value(o, value);
			break;
		default:
			o->bad = true;
		}
	}
}

unsigned char *vici_encode(json_object *message, size_t *len)
{
	struct octets o = { 0 };

	if (!json_object_is_type(message, json_type_object))
		return NULL;
	put(&o, "", 0);
	put_section(&o, message, 1);
	if (o.bad) {
		free(o.p);
		return NULL;
	}
	*len = o.used;
	return o.p;
}

/**
 * struct reading - octets that are read
 * @p: the next one
 * @left: of them
 */
struct reading {
	const unsigned char *p;
	size_t left;
};

static bool take(struct reading *r, size_t len, const unsigned char **data)
{
	if (len > r->left)
		return false;
	*data = r->p;
	r->p += len;
	r->left -= len;
	return true;
}

static bool take_name(struct reading *r, char name[UINT8_MAX + 1])
{
	const unsigned char *data;
	size_t len;

	if (!take(r, 1, &data))
		return false;
	len = *data;
	if (!take(r, len, &data) || memchr(data, 0, len))
		return false;
	memcpy(name, data, len);
	name[len] = '\0';
	return true;
}

static json_object *take_value(struct reading *r)
{
	const unsigned char *data;
	size_t len;

	if (!take(r, 2, &data))
		return NULL;
	len = data[0] << 8 | data[1];
	if (!take(r, len, &data))
		return NULL;
	return json_object_new_string_len((const char *)data, len);
}

/* The rest of a list. */
static json_object *take_list(struct reading *r)
{
	json_object *list = json_object_new_array();
	const unsigned char *type;

	while (list && take(r, 1, &type)) {
		json_object *value;

		if (*type == LIST_END)
			return list;
		value = *type == LIST_ITEM ? take_value(r) : NULL;
		if (!value)
			break;
		if (json_object_array_add(list, value)) {
			json_object_put(value);
			break;
		}
	}
	json_object_put(list);
	return NULL;
}

static json_object *take_section(struct reading *r, unsigned int depth);

/* What follows a name. */
static json_object *take_element(struct reading *r, unsigned int type,
				 unsigned int depth)
{
	switch (type) {
	case SECTION_START:
		return take_section(r, depth + 1);
	case KEY_VALUE:
		return take_value(r);
	case LIST_START:
		return take_list(r);
	default:
		return NULL;
	}
}

/* The rest of a section; the outermost one ends with the octets. */
static json_object *take_section(struct reading *r, unsigned int depth)
{
	json_object *section = json_object_new_object();
	const unsigned char *type;
	char name[UINT8_MAX + 1];

	if (depth > DEPTH_MAX)
		goto bad;
	while (section && take(r, 1, &type)) {
		json_object *value;

		if (*type == SECTION_END && depth > 1)
			return section;
		if (*type == SECTION_END || !take_name(r, name) ||
		    json_object_object_get_ex(section, name, NULL))
			goto bad;
		value = take_element(r, *type, depth);
		if (!value)
			goto bad;
		if (json_object_object_add(section, name, value)) {
			json_object_put(value);
			goto bad;
		}
	}
	if (depth == 1)
		return section;
bad:
	json_object_put(section);
	return NULL;
}

json_object *vici_decode(const unsigned char *data, size_t len)
{
	struct reading r = { .p = data, .left = len };

	return len > VICI_MAX ? NULL : take_section(&r, 1);
}
