// SPDX-License-Identifier: GPL-2.0-only
/* The table that is there, from nftables' JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>
#include <nftables/libnftables.h>

#include "fw_nft.h"
#include "span.h"

static struct json_object *get(struct json_object *o, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(o, key, &value);
	return value;
}

/* "" if there is none */
static const char *text(struct arena *a, struct json_object *o, const char *key)
{
	struct json_object *value = get(o, key);
	const char *s = value ? json_object_get_string(value) : "";

	return arena_strndup(a, s, strlen(s));
}

static unsigned long long number(struct json_object *o, const char *key)
{
	struct json_object *value = get(o, key);

	return value ? json_object_get_int64(value) : 0;
}

static struct json_object *at(struct json_object *array, size_t i)
{
	return json_object_is_type(array, json_type_array) ?
		       json_object_array_get_idx(array, i) : NULL;
}

static size_t length(struct json_object *array)
{
	return json_object_is_type(array, json_type_array) ?
		       json_object_array_length(array) : 0;
}

/* Words: one may be a string by itself, more are an array. */
static size_t word_count(struct json_object *words)
{
	return json_object_is_type(words, json_type_string) ? 1 : length(words);
}

static const char *word_at(struct json_object *words, size_t i)
{
	return json_object_get_string(json_object_is_type(words,
							  json_type_string) ?
				      words : at(words, i));
}

static void read_chain(struct fw_table *t, struct json_object *o)
{
	const char *policy = text(t->arena, o, "policy"), *spec = "";

	if (get(o, "hook"))
		spec = buffer_format(t->arena, "%s %s %lld%s%s",
				     text(t->arena, o, "type"),
				     text(t->arena, o, "hook"),
				     (long long)number(o, "prio"),
				     strcmp(policy, "accept") ? " " : "",
				     strcmp(policy, "accept") ? policy : "");
	fw_chain(t, text(t->arena, o, "name"), spec);
}

static void read_rule(struct fw_table *t, struct json_object *o)
{
	struct fw_chain *chain = fw_chain(t, text(t->arena, o, "chain"), "");
	struct fw_rule *r = fw_rule_add(t, chain);
	struct json_object *exprs = get(o, "expr");
	size_t i;

	r->handle = number(o, "handle");
	r->comment = text(t->arena, o, "comment");
	if (strcspn(r->comment, " ") == sizeof(r->hash) - 1)
		memcpy(r->hash, r->comment, sizeof(r->hash) - 1);
	for (i = 0; i < length(exprs); i++) {
		struct json_object *counter = get(at(exprs, i), "counter");

		if (!json_object_is_type(counter, json_type_object))
			continue;
		r->packets = number(counter, "packets");
		r->bytes = number(counter, "bytes");
	}
}

/* "10.0.0.1", {"prefix": ...} or {"range": [...]} as FIRST-LAST */
static const char *range_key(struct arena *a, struct json_object *o)
{
	struct json_object *prefix = get(o, "prefix"), *range = get(o, "range");
	char buf[SPAN_TEXT];
	const char *s;
	struct span span;

	if (prefix)
		s = buffer_format(a, "%s/%llu", text(a, prefix, "addr"),
				  number(prefix, "len"));
	else if (range)
		s = buffer_format(a, "%s-%s",
				  json_object_get_string(at(range, 0)),
				  json_object_get_string(at(range, 1)));
	else
		s = json_object_get_string(o);
	if (!s || !span_of_addresses(s, &span))
		return NULL;
	return buffer_format(a, "%s", span_text(&span, buf));
}

static void read_elem(struct fw_table *t, struct fw_set *set,
		      struct json_object *o)
{
	struct json_object *inner = get(o, "elem");
	struct json_object *value = inner ? get(inner, "val") : o;
	const char *key;
	struct fw_elem *e;

	if (!strcmp(set->spec, FW_SPEC_IFACES))
		key = buffer_format(t->arena, "\"%s\"",
				    json_object_get_string(value));
	else
		key = range_key(t->arena, value);
	if (!key)
		return;
	e = fw_elem_add(t, set, key);
	if (!inner)
		return;
	e->timeout = number(inner, "timeout");
	e->expires = number(inner, "expires");
	e->ours = !strcmp(text(t->arena, inner, "comment"), FW_OURS);
}

static bool has_flag(struct json_object *o, const char *flag)
{
	struct json_object *flags = get(o, "flags");
	size_t i;

	for (i = 0; i < word_count(flags); i++)
		if (!strcmp(word_at(flags, i), flag))
			return true;
	return false;
}

static const char *set_spec(struct json_object *o, const char *type)
{
	bool interval = has_flag(o, "interval"), timeout = has_flag(o, "timeout");

	if (!strcmp(type, "ifname") && !interval && !timeout)
		return FW_SPEC_IFACES;
	if (strcmp(type, "ipv4_addr") || interval == timeout)
		return "";
	return interval ? FW_SPEC_STATIC : FW_SPEC_DYNAMIC;
}

static void read_set(struct fw_table *t, struct json_object *o)
{
	struct json_object *elems = get(o, "elem");
	struct fw_set *set = fw_set(t, text(t->arena, o, "name"),
				    set_spec(o, text(t->arena, o, "type")));
	size_t i;

	for (i = 0; i < length(elems); i++)
		read_elem(t, set, at(elems, i));
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static void read_flowtable(struct fw_table *t, struct json_object *o)
{
	struct json_object *dev = get(o, "dev");
	size_t count = word_count(dev), i;
	const char **names;
	struct buffer all;

	if (strcmp(text(t->arena, o, "name"), FW_FLOWTABLE))
		return;
	t->flow = true;
	names = arena_alloc(t->arena, count * sizeof(*names));
	for (i = 0; i < count; i++)
		names[i] = word_at(dev, i);
	qsort(names, count, sizeof(*names), by_name);
	buffer_init(&all, t->arena);
	for (i = 0; i < count; i++)
		buffer_add(&all, "%s\"%s\"", i ? ", " : "", names[i]);
	t->devices = all.p;
}

static void read_table(struct fw_table *t, struct json_object *root)
{
	static const struct {
		const char *kind;
		void (*read)(struct fw_table *t, struct json_object *o);
	} kinds[] = {
		{ "chain", read_chain }, { "rule", read_rule },
		{ "set", read_set }, { "flowtable", read_flowtable },
	};
	struct json_object *all = get(root, "nftables");
	size_t i, k;

	for (i = 0; i < length(all); i++)
		for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
			struct json_object *o = get(at(all, i), kinds[k].kind);

			if (o)
				kinds[k].read(t, o);
		}
}

/* "table ip sitelink" is a line of its own. */
static bool listed(const char *tables)
{
	const char *line = "table " FW_TABLE "\n";
	const char *found = strstr(tables, line);

	return found && (found == tables || found[-1] == '\n');
}

struct fw_table *fw_have(struct arena *a, const char **why)
{
	struct fw_table *t = fw_table_new(a);
	struct json_object *root;
	const char *out;

	*why = fw_nft(a, "list tables ip", 0, &out, NULL);
	if (*why)
		return NULL;
	if (!listed(out))
		return t;
	t->exists = true;
	*why = fw_nft(a, "list table " FW_TABLE, NFT_CTX_OUTPUT_NUMERIC_ALL,
		      &t->restore, NULL);
	if (!*why)
		*why = fw_nft(a, "list table " FW_TABLE, NFT_CTX_OUTPUT_JSON |
			      NFT_CTX_OUTPUT_NUMERIC_ALL, &out, NULL);
	if (*why)
		return NULL;
	root = json_tokener_parse(out);
	if (!root) {
		*why = "libnftables' JSON is none";
		return NULL;
	}
	read_table(t, root);
	json_object_put(root);
	return t;
}
