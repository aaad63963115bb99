// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "log_tell.h"

void tell_expand(char *to, size_t size, const char *words,
		 const struct log_match *m)
{
	size_t used = 0;

	*to = '\0';
	for (; words && *words && used + 1 < size; words++) {
		unsigned int n = words[0] == '$' ? words[1] - '1' : LOG_CAPTURES;

		if (n < m->count) {
			snprintf(to + used, size - used, "%s", m->text[n]);
			words++;
		} else {
			snprintf(to + used, size - used, "%c", *words);
		}
		used += strlen(to + used);
	}
}

/* "site-b 192.0.2.1[500]<=>192.0.2.2[500]" */
static void who(const struct telling *t, const char *between, char *to,
		size_t size)
{
	const char *name = *t->sa->name ? t->sa->name :
					  log_peer(t->m, t->sa, "name");

	snprintf(to, size, "%s%s%s%s%s", name ? name : "", name ? " " : "",
		 *t->sa->local ? t->sa->local : "?", between,
		 *t->sa->remote ? t->sa->remote : "?");
}

/* Once for each attempt. */
void tell_failure(struct telling *t, const char *words, const char *detail)
{
	char peer[256], line[LOG_LINE];

	if (t->sa->told)
		return;
	t->sa->told = true;
	who(t, "<=>", peer, sizeof(peer));
	snprintf(line, sizeof(line), "%s %s%s%s", words, peer,
		 *detail ? ": " : "", detail);
	t->say(t->data, TOPIC_ERROR, line);
}

void tell_news(struct telling *t, const char *words)
{
	char peer[256], line[LOG_LINE];

	who(t, t->sa->version == 1 && !t->sa->established ? "<=>" : "-", peer,
	    sizeof(peer));
	snprintf(line, sizeof(line), "%s %s", words, peer);
	t->say(t->data, TOPIC_INFO, line);
}

const char *log_topics(enum log_topic topic)
{
	static const char *const names[] = {
		[TOPIC_PLAIN] = "ipsec", [TOPIC_DEBUG] = "ipsec,debug",
		[TOPIC_PACKET] = "ipsec,debug,packet",
		[TOPIC_INFO] = "ipsec,info", [TOPIC_ERROR] = "ipsec,error",
	};

	return names[topic];
}

void log_tell(struct log_memory *m, const struct log_said *said, log_say say,
	      void *data)
{
	struct telling t = {
		.m = m, .plain = said->text, .say = say, .data = data,
	};
	size_t i;

	if (said->level > 1) {
		say(data, said->level > 2 ? TOPIC_PACKET : TOPIC_DEBUG,
		    said->text);
		return;
	}
	t.sa = log_sa(m, said->id);
	if (*said->name)
		snprintf(t.sa->name, sizeof(t.sa->name), "%s", said->name);
	/* the line first, then what it means */
	say(data, TOPIC_PLAIN, said->text);
	for (i = 0; i < log_message_count; i++) {
		if (!log_matches(&t.match, log_messages[i].pattern, said->text))
			continue;
		t.message = &log_messages[i];
		t.message->fn(&t);
		return;
	}
}
