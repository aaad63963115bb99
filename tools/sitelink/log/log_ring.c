// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines that are kept: a file of "SECONDS TOPICS TEXT" lines, which is written
 * anew with the newest of them when it has a quarter more than it may.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "log_parts.h"
#include "write_all.h"

#define LINES	1000

/**
 * struct log_ring - see log_parts.h
 * @path: of the file
 * @fd: of it, for appending; -1: it could not be opened again
 * @lines: that it may have
 * @stop: no more when it has them
 * @count: that it has
 */
struct log_ring {
	char *path;
	int fd;
	size_t lines, count;
	bool stop;
};

static int open_file(const char *path, int flags)
{
	return open(path, flags | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static size_t count_lines(FILE *f)
{
	size_t n = 0;
	int c;

	while ((c = getc(f)) != EOF)
		n += c == '\n';
	return n;
}

struct log_ring *log_ring_open(const char *path)
{
	struct log_ring *r = calloc(1, sizeof(*r));
	FILE *f;

	if (!r)
		return NULL;
	r->fd = -1;
	r->lines = LINES;
	r->path = strdup(path);
	if (r->path)
		r->fd = open_file(path, O_WRONLY | O_APPEND);
	if (r->fd < 0) {
		int err = errno;

		log_ring_close(r);
		errno = err;
		return NULL;
	}
	f = fopen(path, "re");
	if (f) {
		r->count = count_lines(f);
		fclose(f);
	}
	return r;
}

void log_ring_close(struct log_ring *r)
{
	if (!r)
		return;
	if (r->fd >= 0)
		close(r->fd);
	free(r->path);
	free(r);
}

/* All behind the first @skip lines of the file, in a new one in its place. */
static void shorten(struct log_ring *r, size_t skip)
{
	char name[4096], buf[4096];
	size_t left = skip;
	int from, to;
	ssize_t n = 0;
	bool ok;

	snprintf(name, sizeof(name), "%s.new", r->path);
	from = open(r->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	to = open_file(name, O_WRONLY | O_APPEND | O_TRUNC);
	ok = from >= 0 && to >= 0;
	while (ok && (n = read(from, buf, sizeof(buf))) > 0) {
		char *at = buf, *end;

		for (; left && (end = memchr(at, '\n', buf + n - at)); left--)
			at = end + 1;
		if (!left)
			ok = write_all(to, at, buf + n - at);
	}
	if (from >= 0)
		close(from);
	if (ok && !n && !rename(name, r->path)) {
		close(r->fd);
		r->fd = to;
		r->count -= skip - left;
	} else if (to >= 0) {
		/* no place for both: the next line tries again */
		close(to);
		unlink(name);
	}
}

void log_ring_bound(struct log_ring *r, size_t lines, bool stop)
{
	r->lines = lines;
	r->stop = stop;
	if (!stop && r->count > lines)
		shorten(r, r->count - lines);
}

void log_ring_add(struct log_ring *r, const char *topics, const char *text)
{
	char line[LOG_LINE + 128];
	struct stat st;
	int len;

	if (r->stop && r->count >= r->lines)
		return;
	/* somebody has removed it: begin anew */
	if (fstat(r->fd, &st) || !st.st_nlink) {
		close(r->fd);
		r->fd = open_file(r->path, O_WRONLY | O_APPEND);
		r->count = 0;
	}
	len = snprintf(line, sizeof(line), "%lld %s %s\n",
		       (long long)time(NULL), topics, text);
	if (len >= (int)sizeof(line)) {
		len = sizeof(line) - 1;
		line[len - 1] = '\n';
	}
	if (r->fd < 0 || !write_all(r->fd, line, len))
		return;
	r->count++;
	if (!r->stop && r->count > r->lines + r->lines / 4 + 1)
		shorten(r, r->count - r->lines);
}

void log_ring_read(const char *path,
		   void (*fn)(void *data, long long when, const char *topics,
			      const char *text), void *data)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	while (f && (len = getline(&line, &size, f)) > 0) {
		char *topics, *text;
		long long when = strtoll(line, &topics, 10);

		if (line[len - 1] != '\n' || *topics != ' ')
			continue;
		line[len - 1] = '\0';
		text = strchr(++topics, ' ');
		if (!text)
			continue;
		*text++ = '\0';
		fn(data, when, topics, text);
	}
	free(line);
	if (f)
		fclose(f);
}
