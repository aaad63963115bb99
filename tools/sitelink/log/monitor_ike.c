// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of the IKE daemon's events.
 *
 *	ike-up site-b 192.0.2.1 192.0.2.2 ike2
 *	sa-installed site-b 192.0.2.1 192.0.2.2 ike2 net ESP 0xc8f2d693 0xc3715dfa
 *		10.1.0.0/24 10.2.0.0/24		(in one line)
 *	dpd-failure site-b dpd failure site-b 192.0.2.1[4500]<=>192.0.2.2[4500]: ...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "log_parts.h"
#include "monitor.h"
#include "vici.h"

/**
 * struct monitor_ike - see monitor.h
 * @json: lines are JSON objects
 * @memory: for what went wrong, which only the daemon's log tells
 * @peer: of the message that is told
 */
struct monitor_ike {
	bool json;
	struct log_memory *memory;
	char peer[64];
};

const char *const monitor_ike_events[] = {
	"ike-updown", "ike-rekey", "child-updown", "child-rekey", "log", NULL
};

struct monitor_ike *monitor_ike_new(bool json)
{
	struct monitor_ike *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->json = json;
	m->memory = log_memory_new();
	if (!m->memory) {
		free(m);
		return NULL;
	}
	return m;
}

void monitor_ike_free(struct monitor_ike *m)
{
	if (m)
		log_memory_free(m->memory);
	free(m);
}

/* One event: an object, and the words of it for people. */
static json_object *begin(const char *event)
{
	json_object *line = json_object_new_object();

	json_put_text(line, "event", event);
	return line;
}

static void put(json_object *line, const char *name, const char *value)
{
	char text[LOG_LINE];

	if (!value)
		return;
	log_clean(text, sizeof(text), value, strlen(value));
	json_put_text(line, name, text);
}

/* A list of strings becomes one, with commas. */
static void put_list(json_object *line, const char *name, json_object *from)
{
	char text[1024] = "";
	const char *one;
	size_t i, used = 0;

	if (!json_list(from, name))
		return;
	for (i = 0; (one = json_list_text(from, name, i)); i++)
		if (used < sizeof(text))
			used += snprintf(text + used, sizeof(text) - used,
					 "%s%s", i ? "," : "", one);
	put(line, name, text);
}

static void end(const struct monitor_ike *m, json_object *line)
{
	if (m->json) {
		json_print(stdout, line, JSON_C_TO_STRING_PLAIN);
	} else {
		const char *before = "";

		json_object_object_foreach(line, name, value) {
			(void)name;
			printf("%s%s", before, json_object_get_string(value));
			before = " ";
		}
		putchar('\n');
	}
	json_object_put(line);
}

static void put_ike(json_object *line, const char *peer, json_object *sa)
{
	const char *version = json_text(sa, "version");

	put(line, "peer", peer);
	put(line, "local", json_text(sa, "local-host"));
	put(line, "remote", json_text(sa, "remote-host"));
	if (version)
		put(line, "exchange", strcmp(version, "1") ? "ike2" : "ike1");
}

static void tell_ike(const struct monitor_ike *m, const char *event,
		     const char *peer, json_object *sa)
{
	json_object *line = begin(event);

	put_ike(line, peer, sa);
	end(m, line);
}

static void put_spi(json_object *line, const char *name, json_object *sa)
{
	const char *spi = json_text(sa, name);
	char text[32];

	if (!spi)
		return;
	snprintf(text, sizeof(text), "0x%.16s", spi);
	put(line, name, text);
}

static void tell_child(const struct monitor_ike *m, const char *event,
		       const char *peer, json_object *ike, json_object *child)
{
	json_object *line = begin(event);

	put_ike(line, peer, ike);
	put(line, "child", json_text(child, "name"));
	put(line, "protocol", json_text(child, "protocol"));
	put_spi(line, "spi-in", child);
	put_spi(line, "spi-out", child);
	put_list(line, "local-ts", child);
	put_list(line, "remote-ts", child);
	end(m, line);
}

/* What has been made anew has both. */
static json_object *newer(json_object *sa)
{
	json_object *found = json_section(sa, "new");

	return found ? found : sa;
}

static void tell_children(const struct monitor_ike *m, const char *event,
			  const char *peer, json_object *ike)
{
	json_object *children = json_section(ike, "child-sas");

	if (!children)
		return;
	json_object_object_foreach(children, name, child) {
		(void)name;
		if (json_object_is_type(child, json_type_object))
			tell_child(m, event, peer, ike, newer(child));
	}
}

static void say(void *data, enum log_topic topic, const char *text)
{
	struct monitor_ike *m = data;
	json_object *line;

	if (topic != TOPIC_ERROR)
		return;
	line = begin(strncmp(text, "dpd failure", 11) ? "ike-error" :
							"dpd-failure");
	if (*m->peer)
		put(line, "peer", m->peer);
	put(line, "message", text);
	end(m, line);
}

static unsigned int number(json_object *message, const char *name)
{
	const char *text = json_text(message, name);

	return text ? strtoul(text, NULL, 10) : 0;
}

/* A line of the daemon's log: only there are failures. */
static void tell_log(struct monitor_ike *m, json_object *message)
{
	const char *text = json_text(message, "msg");
	const char *name = json_text(message, "ikesa-name");
	struct log_said said = { .level = 1 };

	if (!text)
		return;
	said.thread = number(message, "thread");
	said.id = number(message, "ikesa-uniqueid");
	if (name && strcmp(name, "(unnamed)"))
		log_clean(said.name, sizeof(said.name), name, strlen(name));
	log_clean(said.text, sizeof(said.text), text, strlen(text));
	memcpy(m->peer, said.name, sizeof(m->peer));
	log_tell(m->memory, &said, say, m);
}

void monitor_ike_event(struct monitor_ike *m, const char *name,
		       json_object *message)
{
	const char *up;
	bool child, rekey;

	if (!json_object_is_type(message, json_type_object))
		return;
	if (!strcmp(name, "log")) {
		tell_log(m, message);
		return;
	}
	up = json_text(message, "up");
	child = !strncmp(name, "child-", 6);
	rekey = strstr(name, "-rekey");
	json_object_object_foreach(message, peer, sa) {
		if (!json_object_is_type(sa, json_type_object))
			continue;
		if (child)
			tell_children(m, rekey ? "sa-rekeyed" :
				      up ? "sa-installed" : "sa-deleted", peer,
				      sa);
		else
			tell_ike(m, rekey ? "ike-rekeyed" :
				 up ? "ike-up" : "ike-down", peer, newer(sa));
	}
}
