/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The parts of the log.
 */
#ifndef SITELINK_LOG_PARTS_H
#define SITELINK_LOG_PARTS_H

#include <stdio.h>

#include "log.h"

/* longest line that is taken or kept; a list of proposals is a few hundred octets */
#define LOG_LINE	2048

/**
 * struct log_said - what the daemon says
 * @group: as "IKE"
 * @level: 0 to 4
 * @thread: of it; its lines about one packet have the same
 * @id: of the IKE SA, 0: of none
 * @name: of its connection, "" while there is none
 * @text: without octets that are not printed
 */
struct log_said {
	char group[8];
	unsigned int level, thread, id;
	char name[64];
	char text[LOG_LINE];
};

/* Take a line apart; one of another form is all @text. */
void log_take(struct log_said *said, const char *line, size_t len);

/* Octets that no terminal shall get become \HEX. */
void log_clean(char *to, size_t size, const char *from, size_t len);

#define LOG_CAPTURES	8
#define LOG_CAPTURE	512

/**
 * struct log_match - what stood where a pattern has "$"
 * @count: of them
 * @text: cut at LOG_CAPTURE
 */
struct log_match {
	unsigned int count;
	char text[LOG_CAPTURES][LOG_CAPTURE];
};

/* Is @text as @pattern, in which "$" is whatever stands before what follows it? */
bool log_matches(struct log_match *m, const char *pattern, const char *text);

/* topics of a line */
enum log_topic { TOPIC_PLAIN, TOPIC_DEBUG, TOPIC_PACKET, TOPIC_INFO, TOPIC_ERROR };

/* As RouterOS has them: "ipsec,error". */
const char *log_topics(enum log_topic topic);

/* A line for the log. */
typedef void (*log_say)(void *data, enum log_topic topic, const char *text);

/*
 * Why no proposal of @received is one of @configured, both as the daemon writes them:
 * a "rejected ..." line for each difference of each pair to @say, and those of the
 * pair that differs least in @why. @groups: they count, too.
 */
void log_differ(const char *configured, const char *received, bool groups,
		log_say say, void *data, char *why, size_t size);

struct log_memory;

/* What is to be known of IKE SAs to say what became of them. */
struct log_memory *log_memory_new(void);
void log_memory_free(struct log_memory *m);
/* As "peers" of ipsec_log_wanted(), of which it keeps a reference; NULL: unknown. */
void log_memory_peers(struct log_memory *m, json_object *peers);

/* What the daemon said, in RouterOS' words and topics. */
void log_tell(struct log_memory *m, const struct log_said *said, log_say say,
	      void *data);

struct log_ring;

/* Lines in a file; NULL: errno says why not. */
struct log_ring *log_ring_open(const char *path);
void log_ring_close(struct log_ring *r);
/* How many there may be, and whether the oldest stay when that is reached. */
void log_ring_bound(struct log_ring *r, size_t lines, bool stop);
void log_ring_add(struct log_ring *r, const char *topics, const char *text);

/* Of each line of the file, oldest first; without one there are none. */
void log_ring_read(const char *path,
		   void (*fn)(void *data, long long when, const char *topics,
			      const char *text), void *data);

struct log_rules;

/* "rules" of ipsec_log_wanted(); NULL: errors and good news are kept. */
struct log_rules *log_rules_new(json_object *rules);
void log_rules_free(struct log_rules *r);

enum log_where { LOG_MEMORY = 1 << 0, LOG_SYSTEM = 1 << 1 };

/*
 * Where a line goes, enum log_where; @prefix: what stands before it, "" or a text of
 * the rules.
 */
unsigned int log_rules_where(const struct log_rules *r, enum log_topic topic,
			     const char *text, const char **prefix);

/* Does a rule with these topics, a canonical list, ask for lines of @topic? */
bool log_rule_asks(const char *topics, enum log_topic topic);

#endif /* SITELINK_LOG_PARTS_H */
