// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "json.h"
#include "log_parts.h"

/**
 * struct ipsec_log - see log.h
 * @memory: of the IKE SAs
 * @ring: what is kept
 * @rules: what goes where
 */
struct ipsec_log {
	struct log_memory *memory;
	struct log_ring *ring;
	struct log_rules *rules;
};

void ipsec_log_settings(struct ipsec_log *l, json_object *settings)
{
	json_object *lines = json_get(settings, "lines", json_type_int);
	int64_t count = json_object_get_int64(lines);
	struct log_rules *rules;

	if (count > 0 && count <= 65535)
		log_ring_bound(l->ring, count, json_text(settings, "full"));
	rules = log_rules_new(json_list(settings, "rules"));
	if (rules) {
		log_rules_free(l->rules);
		l->rules = rules;
	}
	log_memory_peers(l->memory, json_section(settings, "peers"));
}

struct ipsec_log *ipsec_log_open(const char *path, json_object *settings)
{
	struct ipsec_log *l = calloc(1, sizeof(*l));

	if (!l)
		return NULL;
	l->memory = log_memory_new();
	l->ring = l->memory ? log_ring_open(path) : NULL;
	if (l->ring)
		ipsec_log_settings(l, settings);
	if (!l->rules) {
		int err = errno;

		ipsec_log_close(l);
		errno = err;
		return NULL;
	}
	openlog("sitelink-ipsec", LOG_PID, LOG_DAEMON);
	return l;
}

void ipsec_log_close(struct ipsec_log *l)
{
	if (!l)
		return;
	log_rules_free(l->rules);
	log_ring_close(l->ring);
	log_memory_free(l->memory);
	free(l);
}

static void keep(void *data, enum log_topic topic, const char *text)
{
	static const int priorities[] = {
		[TOPIC_PLAIN] = LOG_INFO, [TOPIC_DEBUG] = LOG_DEBUG,
		[TOPIC_PACKET] = LOG_DEBUG, [TOPIC_INFO] = LOG_INFO,
		[TOPIC_ERROR] = LOG_ERR,
	};
	struct ipsec_log *l = data;
	const char *prefix;
	unsigned int where = log_rules_where(l->rules, topic, text, &prefix);
	char line[LOG_LINE];

	if (!where)
		return;
	snprintf(line, sizeof(line), "%s%s%s", prefix, *prefix ? ": " : "",
		 text);
	if (where & LOG_MEMORY)
		log_ring_add(l->ring, log_topics(topic), line);
	if (where & LOG_SYSTEM)
		syslog(priorities[topic], "%s %s", log_topics(topic), line);
}

void ipsec_log_line(struct ipsec_log *l, const char *line, size_t len)
{
	struct log_said said;

	log_take(&said, line, len);
	if (*said.text)
		log_tell(l->memory, &said, keep, l);
}
