// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was there before we changed it: a file below /run, which lasts as long as
 * the kernel's state. A line is KEY, a tab, VALUE.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "machine_private.h"

#define DIRECTORY	"/run/sitelink"

/**
 * struct undo - a note
 * @next: the one after it
 * @key: what was changed
 * @old: what it was
 */
struct undo {
	struct undo *next;
	const char *key, *old;
};

static const char *path(struct arena *a, const char *format, unsigned long long cookie,
			const char *name)
{
	char buf[256];

	snprintf(buf, sizeof(buf), format, cookie, name);
	return arena_strndup(a, buf, strlen(buf));
}

const char *machine_file(struct machine *m, struct arena *a, const char *name)
{
	/* who cannot make it hears of it when opening the file */
	mkdir(DIRECTORY, 0700);
	return path(a, DIRECTORY "/%llu.%s", m->cookie, name);
}

static const char *undo_path(struct machine *m, const char *suffix)
{
	return path(m->arena, DIRECTORY "/undo.%llu%s", m->cookie,
		    suffix);
}

/* letters of the octets that end a line or a key, or begin such a letter */
static const char raw[] = "\\\n\t\r", letter[] = "\\ntr";

static void write_text(FILE *f, const char *text)
{
	for (; *text; text++) {
		const char *at = strchr(raw, *text);

		if (at)
			fprintf(f, "\\%c", letter[at - raw]);
		else
			putc(*text, f);
	}
}

/* In place. */
static void unescape(char *text)
{
	const char *from = text;

	while (*from) {
		const char *at = NULL;

		if (from[0] == '\\' && from[1])
			at = strchr(letter, from[1]);
		*text++ = at ? raw[at - letter] : *from;
		from += at ? 2 : 1;
	}
	*text = '\0';
}

static struct undo **append(struct machine *m, struct undo **last,
			    const char *key, const char *old)
{
	struct undo *u = arena_alloc(m->arena, sizeof(*u));

	u->key = arena_strndup(m->arena, key, strlen(key));
	u->old = arena_strndup(m->arena, old, strlen(old));
	*last = u;
	return &u->next;
}

static void read_file(struct machine *m, FILE *f)
{
	struct undo **last = &m->undo;
	size_t size = 0;
	char *line = NULL;
	ssize_t len;

	while ((len = getline(&line, &size, f)) > 0) {
		char *tab;

		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		tab = strchr(line, '\t');
		if (!tab)
			continue;
		*tab++ = '\0';
		unescape(line);
		unescape(tab);
		last = append(m, last, line, tab);
	}
	free(line);
}

static struct undo *notes(struct machine *m)
{
	FILE *f;

	if (m->undo_read)
		return m->undo;
	m->undo_read = true;
	f = fopen(undo_path(m, ""), "re");
	if (f) {
		read_file(m, f);
		fclose(f);
	}
	return m->undo;
}

static bool write_notes(const struct undo *u, int fd)
{
	FILE *f = fdopen(fd, "w");
	bool ok;

	if (!f) {
		close(fd);
		return false;
	}
	for (; u; u = u->next) {
		write_text(f, u->key);
		putc('\t', f);
		write_text(f, u->old);
		putc('\n', f);
	}
	ok = !fflush(f) && !fsync(fileno(f)) && !ferror(f);
	return !fclose(f) && ok;
}

/* The file is the old one or the new one, whenever we are killed. */
static bool save(struct machine *m)
{
	const char *to = undo_path(m, ""), *temp = undo_path(m, ".new");
	int fd;

	if (!m->undo)
		return !unlink(to) || errno == ENOENT;
	mkdir(DIRECTORY, 0700);
	fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		  0600);
	return fd >= 0 && write_notes(m->undo, fd) && !rename(temp, to);
}

static struct undo **find(struct machine *m, const char *key)
{
	struct undo **at;

	notes(m);
	for (at = &m->undo; *at; at = &(*at)->next)
		if (!strcmp((*at)->key, key))
			break;
	return at;
}

bool undo_note(struct machine *m, const char *key, const char *old)
{
	struct undo **at = find(m, key);

	if (*at)
		return true;	/* what it was before our first change counts */
	append(m, at, key, old);
	if (save(m))
		return true;
	*at = NULL;
	return false;
}

bool undo_set(struct machine *m, const char *key, const char *value)
{
	struct undo *u = *find(m, key);
	const char *old;

	if (!u)
		return undo_note(m, key, value);
	old = u->old;
	if (!strcmp(old, value))
		return true;
	u->old = arena_strndup(m->arena, value, strlen(value));
	if (save(m))
		return true;
	u->old = old;
	return false;
}

const char *undo_get(struct machine *m, const char *key)
{
	const struct undo *u = *find(m, key);

	return u ? u->old : NULL;
}

bool undo_drop(struct machine *m, const char *key)
{
	struct undo **at = find(m, key);
	struct undo *u = *at;

	if (!u)
		return true;
	*at = u->next;
	if (save(m))
		return true;
	*at = u;
	return false;
}

void undo_each(struct machine *m,
	       void (*fn)(const char *key, const char *old, void *data),
	       void *data)
{
	const struct undo *u, *next;

	for (u = notes(m); u; u = next) {
		next = u->next;
		fn(u->key, u->old, data);
	}
}
