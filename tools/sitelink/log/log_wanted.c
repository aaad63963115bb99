// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the menus /system logging and /ip ipsec to what the log is kept by.
 */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "json.h"
#include "log_parts.h"

/* The daemon's level: 1, or what a rule needs. */
static int level_of(const char *topics)
{
	if (log_rule_asks(topics, TOPIC_PACKET))
		return 3;
	return log_rule_asks(topics, TOPIC_DEBUG) ? 2 : 1;
}

/**
 * struct memory - what the actions with target=memory ask for
 * @lines: the most of them
 * @stop: all of them keep the oldest
 * @some: there is such an action
 */
struct memory {
	long lines;
	bool stop, some;
};

static void take_memory(struct memory *m, const struct item *action)
{
	const char *text = item_get(action, "memory-lines");
	long lines = text ? strtol(text, NULL, 10) : 0;
	bool stop = item_is(action, "memory-stop-on-full");

	if (lines > m->lines)
		m->lines = lines;
	m->stop = m->some ? m->stop && stop : stop;
	m->some = true;
}

static const char *get(const struct item *item, const char *name)
{
	const char *text = item_get(item, name);

	return text ? text : "";
}

static json_object *rule_json(const struct item *item, bool memory)
{
	json_object *rule = json_object_new_object();

	json_put_text(rule, "topics", get(item, "topics"));
	json_object_object_add(rule, "memory", json_object_new_boolean(memory));
	json_put_text(rule, "prefix", get(item, "prefix"));
	json_put_text(rule, "regex", get(item, "regex"));
	return rule;
}

static json_object *rules_json(const struct config *c, struct memory *m,
			       int *level)
{
	json_object *list = json_object_new_array();
	const struct item *item, *action;

	for_each_item(item, c, "system logging") {
		int needs = level_of(get(item, "topics"));
		const char *target;

		if (item_is(item, "disabled"))
			continue;
		action = item_by_name(c, "system logging action",
				      item_get(item, "action"));
		target = action ? item_get(action, "target") : NULL;
		if (!target)
			continue;
		if (!strcmp(target, "memory"))
			take_memory(m, action);
		if (needs > *level)
			*level = needs;
		json_object_array_add(list,
				      rule_json(item, !strcmp(target, "memory")));
	}
	return list;
}

/* Of a peer's policies: what they are for, and their proposal if it is one. */
static void put_policies(const struct config *c, json_object *o,
			 const char *peer)
{
	const char *proposal = NULL;
	const struct item *item;
	struct buffer text;

	buffer_init(&text, c->arena);
	for_each_item(item, c, "ip ipsec policy") {
		if (item_is(item, "disabled") ||
		    strcmp(get(item, "peer"), peer) ||
		    !item_get(item, "src-address") ||
		    !item_get(item, "dst-address"))
			continue;
		buffer_add(&text, "%s%s === %s", text.used ? ", " : "",
			   get(item, "src-address"), get(item, "dst-address"));
		if (proposal && strcmp(proposal, get(item, "proposal")))
			proposal = "";
		else
			proposal = get(item, "proposal");
	}
	if (proposal && *proposal)
		json_put_text(o, "proposal", proposal);
	if (text.used)
		json_put_text(o, "policies", text.p);
}

/* By address, which is all that the daemon knows when a peer is refused early. */
static json_object *peers_json(const struct config *c)
{
	json_object *all = json_object_new_object();
	const struct item *item;

	for_each_item(item, c, "ip ipsec peer") {
		const char *at = get(item, "address"), *slash;
		json_object *o;

		slash = strchr(at, '/');
		if (item_is(item, "disabled") || !*at ||
		    (slash && strcmp(slash, "/32") && strcmp(slash, "/128")))
			continue;
		at = slash ? arena_strndup(c->arena, at, slash - at) : at;
		if (json_object_object_get_ex(all, at, NULL))
			continue;
		o = json_object_new_object();
		json_put_text(o, "name", get(item, "name"));
		json_put_text(o, "profile", get(item, "profile"));
		put_policies(c, o, get(item, "name"));
		json_object_object_add(all, at, o);
	}
	return all;
}

json_object *ipsec_log_wanted(const struct config *c)
{
	json_object *all = json_object_new_object(), *rules;
	struct memory m = { 0 };
	int level = 1;

	rules = rules_json(c, &m, &level);
	json_object_object_add(all, "level", json_object_new_int(level));
	if (m.some)
		json_object_object_add(all, "lines",
				       json_object_new_int64(m.lines));
	if (m.stop)
		json_put_text(all, "full", "stop");
	json_object_object_add(all, "rules", rules);
	json_object_object_add(all, "peers", peers_json(c));
	return all;
}
