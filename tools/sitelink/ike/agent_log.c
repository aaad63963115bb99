// SPDX-License-Identifier: GPL-2.0-only
/*
 * The daemon's output, line by line. In a thread of its own: while we wait for an
 * answer of the daemon, it may have more to say than a pipe holds.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "log_parts.h"

#define LINE_MAX_LEN	8192

/**
 * struct agent_log - the log
 * @lock: for all of it
 * @log: where lines go; NULL: nowhere
 * @last: line of the daemon
 */
struct agent_log {
	pthread_mutex_t lock;
	struct ipsec_log *log;
	char last[256];
};

/**
 * struct follow - a daemon's output
 * @log: where to
 * @fd: of a pipe
 * @cut: what comes up to the next line's end is too much of this one
 */
struct follow {
	struct agent_log *log;
	int fd;
	bool cut;
};

struct agent_log *agent_log_open(struct machine *m, struct arena *a,
				 json_object *settings)
{
	struct agent_log *l = arena_alloc(a, sizeof(*l));

	pthread_mutex_init(&l->lock, NULL);
	/* without a place for it IPsec works all the same */
	l->log = ipsec_log_open(machine_file(m, a, IKE_LOG), settings);
	return l;
}

void agent_log_settings(struct agent_log *l, json_object *settings)
{
	pthread_mutex_lock(&l->lock);
	if (l->log)
		ipsec_log_settings(l->log, settings);
	pthread_mutex_unlock(&l->lock);
}

static void put_line(struct agent_log *l, const char *line, size_t len)
{
	pthread_mutex_lock(&l->lock);
	if (l->log)
		ipsec_log_line(l->log, line, len);
	/* it may end on a terminal */
	log_clean(l->last, sizeof(l->last), line, len);
	pthread_mutex_unlock(&l->lock);
}

/*
 * Whole lines; of one that is too long the first piece: another one, which a peer may
 * have had a hand in, is no line. What is left is moved down.
 */
static size_t put_lines(struct follow *f, char *buf, size_t used)
{
	char *line = buf, *end;

	while ((end = memchr(line, '\n', used - (line - buf)))) {
		if (!f->cut)
			put_line(f->log, line, end - line);
		f->cut = false;
		line = end + 1;
	}
	used -= line - buf;
	if (used == LINE_MAX_LEN) {
		if (!f->cut)
			put_line(f->log, line, used);
		f->cut = true;
		return 0;
	}
	memmove(buf, line, used);
	return used;
}

static void *follow(void *data)
{
	struct follow f = *(struct follow *)data;
	char buf[LINE_MAX_LEN];
	size_t used = 0;
	ssize_t n;

	free(data);
	while ((n = read(f.fd, buf + used, sizeof(buf) - used)) > 0)
		used = put_lines(&f, buf, used + n);
	if (used && !f.cut)
		put_line(f.log, buf, used);
	close(f.fd);
	return NULL;
}

bool agent_log_follow(struct agent_log *l, int fd)
{
	struct follow *f = malloc(sizeof(*f));
	pthread_t thread;

	if (!f)
		return false;
	*f = (struct follow){ .log = l, .fd = fd };
	if (pthread_create(&thread, NULL, follow, f)) {
		free(f);
		return false;
	}
	pthread_detach(thread);
	return true;
}

void agent_log_say(struct agent_log *l, const char *name, const char *format,
		   ...)
{
	char text[300], line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	snprintf(line, sizeof(line), "00[CFG1] <%s|0> %s", name, text);
	pthread_mutex_lock(&l->lock);
	if (l->log)
		ipsec_log_line(l->log, line, strlen(line));
	pthread_mutex_unlock(&l->lock);
}

void agent_log_last(struct agent_log *l, char *buf, size_t size)
{
	pthread_mutex_lock(&l->lock);
	snprintf(buf, size, "%s", l->last);
	pthread_mutex_unlock(&l->lock);
}
