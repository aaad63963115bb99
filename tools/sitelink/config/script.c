// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "eval.h"
#include "expand.h"
#include "menu_interface.h"
#include "script.h"
#include "write_all.h"

static bool failed(const char *what, const char *file)
{
	fprintf(stderr, "sitelink: %s %s: %s\n", what, file, strerror(errno));
	return false;
}

static bool read_all(struct script *s, struct arena *a, int fd)
{
	size_t room = 4096, used = 0;
	char *text = malloc(room);
	ssize_t n;

	while (text && (n = read(fd, text + used, room - used)) > 0) {
		used += n;
		if (used > SCRIPT_MAX) {
			free(text);
			errno = EFBIG;
			return false;
		}
		if (used == room) {
			char *more = realloc(text, room *= 2);

			if (!more)
				free(text);
			text = more;
		}
	}
	if (!text || n < 0) {
		free(text);
		return false;
	}
	s->text = arena_strndup(a, text, used);
	s->len = used;
	free(text);
	return true;
}

bool script_read(struct script *s, struct arena *a, const char *file,
		 bool missing_ok)
{
	bool in = !strcmp(file, "-"), ok;
	int fd = in ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);

	memset(s, 0, sizeof(*s));
	s->file = in ? "stdin" : file;
	s->text = "";
	if (fd < 0)
		return (missing_ok && errno == ENOENT) || failed("read", file);
	ok = !fstat(fd, &s->stat) && read_all(s, a, fd);
	if (!ok)
		failed("read", file);
	if (!in)
		close(fd);
	return ok;
}

void script_run(struct script *s, struct arena *a, struct machine *m,
		bool offline, FILE *out)
{
	s->diag = (struct diag){ .file = s->file, .out = out, .notes = !s->quiet };
	config_init(&s->config, a, &s->diag);
	s->config.any_interface = offline;
	if (m)
		machine_interfaces(m, &s->config);
	s->first = parse(a, s->text, s->len, &s->diag);
	eval_script(&s->config, s->first);
	if (!s->diag.errors) {
		ipsec_expand(&s->config);
		config_check(&s->config);
	}
	if (s->diag.errors > DIAG_MAX)
		fprintf(out, "%s: and %u more\n", s->file,
			s->diag.errors - DIAG_MAX);
}

/* What it comes to; to say it may make a difference. */
static const char *value_of(const struct item *item, unsigned int row)
{
	const struct prop *p = &item->menu->props[row];

	return p->flags & PROP_EXPLICIT ? item->values[row] :
					  item_get(item, p->name);
}

static bool item_equal(const struct item *a, const struct item *b)
{
	unsigned int i;

	for (i = 0; i < a->menu->count; i++) {
		const char *x = value_of(a, i), *y = value_of(b, i);

		if (!x != !y || (x && strcmp(x, y)))
			return false;
	}
	return true;
}

/* The first of @item and those behind it that a script or the machine made. */
static const struct item *skip_made(const struct item *item)
{
	while (item && item->maker)
		item = item->next;
	return item;
}

bool config_equal(const struct config *a, const struct config *b)
{
	unsigned int i;

	for (i = 0; i < menu_count; i++) {
		const struct item *x = skip_made(a->lists[i].first);
		const struct item *y = skip_made(b->lists[i].first);

		while (x && y && item_equal(x, y)) {
			x = skip_made(x->next);
			y = skip_made(y->next);
		}
		if (x || y)
			return false;
	}
	return true;
}

/* The directory of @file, opened. */
static int open_dir(const char *file)
{
	const char *slash = strrchr(file, '/');
	char dir[4096];

	snprintf(dir, sizeof(dir), "%.*s", slash ? (int)(slash - file + 1) : 2,
		 slash ? file : "./");
	return open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int script_lock(const char *file)
{
	int fd = open_dir(file);

	if (fd < 0 || flock(fd, LOCK_EX)) {
		failed("lock the directory of", file);
		return -1;
	}
	return fd;
}

static bool unchanged(const struct script *s)
{
	struct stat now;

	if (stat(s->file, &now))
		return errno == ENOENT && !s->stat.st_ino;
	return now.st_ino == s->stat.st_ino && now.st_size == s->stat.st_size &&
	       now.st_mtim.tv_sec == s->stat.st_mtim.tv_sec &&
	       now.st_mtim.tv_nsec == s->stat.st_mtim.tv_nsec;
}

bool script_write(const struct script *s, const char *text, size_t len)
{
	mode_t mode = s->stat.st_ino ? s->stat.st_mode & 0777 : 0600;
	char new[4096];
	int fd, dir;
	bool ok;

	if (!unchanged(s)) {
		fprintf(stderr, "sitelink: %s has been changed by someone else; try again\n",
			s->file);
		return false;
	}
	if (snprintf(new, sizeof(new), "%s.new", s->file) >=
	    (int)sizeof(new)) {
		errno = ENAMETOOLONG;
		return failed("write", s->file);
	}
	unlink(new);
	fd = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed("write", new);
	ok = write_all(fd, text, len) && !fchmod(fd, mode) && !fsync(fd);
	if (ok && s->stat.st_ino && fchown(fd, s->stat.st_uid, s->stat.st_gid))
		ok = false;
	ok = !close(fd) && ok && !rename(new, s->file);
	if (!ok) {
		failed("write", s->file);
		unlink(new);
		return false;
	}
	dir = open_dir(s->file);
	if (dir >= 0) {
		fsync(dir);
		close(dir);
	}
	return true;
}
