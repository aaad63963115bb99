// SPDX-License-Identifier: GPL-2.0-only
/*
 * What /system logging asks for, as "rules" of ipsec_log_wanted().
 */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "log_parts.h"
#include "type.h"

/**
 * struct rule_of_log - a rule
 * @topics: a bit for each enum log_topic that it asks for
 * @where: enum log_where
 * @prefix: before each line
 * @regex: that a line must match, if @matching
 */
struct rule_of_log {
	unsigned int topics, where;
	char *prefix;
	regex_t regex;
	bool matching;
};

/**
 * struct log_rules - all of them
 * @count: of them
 * @rules: in their order
 */
struct log_rules {
	size_t count;
	struct rule_of_log rules[];
};

static bool topic_has(enum log_topic topic, const char *word)
{
	const char *at = log_topics(topic);
	size_t len = strlen(word);

	for (; at; at = strchr(at, ',')) {
		at += *at == ',';
		if (!strncmp(at, word, len) && (!at[len] || at[len] == ','))
			return true;
	}
	return false;
}

bool log_rule_asks(const char *topics, enum log_topic topic)
{
	char word[32];

	while (topics && list_next(&topics, word, sizeof(word))) {
		bool not = word[0] == '!';

		if (topic_has(topic, word + not) == not)
			return false;
	}
	return true;
}

static const char *get_text(json_object *o, const char *name)
{
	const char *text = json_text(o, name);

	return text ? text : "";
}

static unsigned int take_topics(json_object *rule)
{
	const char *topics = json_text(rule, "topics");
	unsigned int found = 0, t;

	for (t = TOPIC_PLAIN; topics && t <= TOPIC_ERROR; t++)
		if (log_rule_asks(topics, t))
			found |= 1 << t;
	return found;
}

static void take_rule(struct rule_of_log *r, json_object *o)
{
	const char *regex = get_text(o, "regex");

	r->topics = take_topics(o);
	r->where = json_object_get_boolean(json_object_object_get(o, "memory")) ?
		   LOG_MEMORY : LOG_SYSTEM;
	r->prefix = strdup(get_text(o, "prefix"));
	if (*regex)
		r->matching = !regcomp(&r->regex, regex,
				       REG_EXTENDED | REG_NOSUB);
	/* none finds nothing */
	if (*regex && !r->matching)
		r->topics = 0;
}

struct log_rules *log_rules_new(json_object *rules)
{
	size_t count = json_object_is_type(rules, json_type_array) ?
		       json_object_array_length(rules) : 0, i;
	struct log_rules *r;

	r = calloc(1, sizeof(*r) + (count + 1) * sizeof(r->rules[0]));
	if (!r)
		return NULL;
	for (i = 0; i < count; i++) {
		json_object *one = json_object_array_get_idx(rules, i);

		if (json_object_is_type(one, json_type_object))
			take_rule(&r->rules[r->count++], one);
	}
	if (!json_object_is_type(rules, json_type_array)) {
		r->rules[0].topics = 1 << TOPIC_INFO | 1 << TOPIC_ERROR;
		r->rules[0].where = LOG_MEMORY;
		r->count = 1;
	}
	return r;
}

void log_rules_free(struct log_rules *r)
{
	size_t i;

	for (i = 0; r && i < r->count; i++) {
		free(r->rules[i].prefix);
		if (r->rules[i].matching)
			regfree(&r->rules[i].regex);
	}
	free(r);
}

unsigned int log_rules_where(const struct log_rules *r, enum log_topic topic,
			     const char *text, const char **prefix)
{
	unsigned int where = 0;
	size_t i;

	*prefix = "";
	for (i = 0; i < r->count; i++) {
		const struct rule_of_log *rule = &r->rules[i];

		if (!(rule->topics & 1 << topic) ||
		    (rule->matching &&
		     regexec(&rule->regex, text, 0, NULL, 0)))
			continue;
		if (rule->prefix && *rule->prefix)
			*prefix = rule->prefix;
		where |= rule->where;
	}
	return where;
}
