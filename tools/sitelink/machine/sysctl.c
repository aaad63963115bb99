// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sysctl.h"

#define ROOT	"/proc/sys/"
#define KEY	"sysctl "

struct sysctl *sysctl_want(struct arena *a, struct sysctls *all,
			   const struct item *item, const char *value,
			   const char *path, ...)
{
	struct sysctl *s = arena_alloc(a, sizeof(*s));
	char buf[SYSCTL_PATH];
	va_list args;

	va_start(args, path);
	vsnprintf(buf, sizeof(buf), path, args);
	va_end(args);
	s->path = arena_strndup(a, buf, strlen(buf));
	s->value = arena_strndup(a, value, strlen(value));
	s->item = item;
	*all->last = s;
	all->last = &s->next;
	return s;
}

static int open_value(const char *path, int flags)
{
	char buf[sizeof(ROOT) + SYSCTL_PATH];

	/* an interface's name may be anything but these */
	if (strncmp(path, "net/", 4) || strstr(path, "/../") ||
	    (size_t)snprintf(buf, sizeof(buf), ROOT "%s", path) >= sizeof(buf)) {
		errno = EINVAL;
		return -1;
	}
	return open(buf, flags | O_CLOEXEC);
}

const char *sysctl_read(struct arena *a, const char *path)
{
	int fd = open_value(path, O_RDONLY);
	char buf[256];
	ssize_t n;

	if (fd < 0)
		return NULL;
	n = read(fd, buf, sizeof(buf));
	close(fd);
	if (n < 0)
		return NULL;
	while (n && (buf[n - 1] == '\n' || buf[n - 1] == ' '))
		n--;
	return arena_strndup(a, buf, n);
}

static bool write_value(struct apply *ap, const struct item *item,
			const char *path, const char *value)
{
	int fd = open_value(path, O_WRONLY);
	bool ok = fd >= 0 &&
		  write(fd, value, strlen(value)) == (ssize_t)strlen(value);

	if (!ok)
		apply_error(ap, item, "sysctl %s=%s: %s", path, value,
			    strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

static const char *key_of(struct arena *a, const char *path)
{
	char buf[sizeof(KEY) + SYSCTL_PATH];

	return arena_strndup(a, buf, snprintf(buf, sizeof(buf), KEY "%s", path));
}

static bool note(struct apply *ap, const struct item *item, const char *path,
		 const char *old)
{
	if (undo_note(ap->machine, key_of(ap->arena, path), old))
		return true;
	apply_error(ap, item, "sysctl %s: its old value could not be noted below /run",
		    path);
	return false;
}

static bool forget(struct apply *ap, const char *path)
{
	if (undo_drop(ap->machine, key_of(ap->arena, path)))
		return true;
	apply_error(ap, NULL, "sysctl %s: the note of its old value could not be dropped",
		    path);
	return false;
}

bool sysctl_borrow(struct apply *ap, const char *path, const char *value)
{
	const char *old = sysctl_read(ap->arena, path);

	/* noted: it is somebody's else who wants it so */
	if (!old || !strcmp(old, value))
		return true;
	return note(ap, NULL, path, old) && write_value(ap, NULL, path, value);
}

bool sysctl_give_back(struct apply *ap, const char *path)
{
	const char *old = undo_get(ap->machine, key_of(ap->arena, path));

	return !old || (write_value(ap, NULL, path, old) && forget(ap, path));
}

static void init(struct sysctls *all)
{
	all->first = NULL;
	all->last = &all->first;
}

static void *want(struct apply *ap, const struct config *c)
{
	struct sysctls *all = arena_alloc(ap->arena, sizeof(*all));

	init(all);
	if (c) {
		settings_want(ap->arena, c, all);
		interface_sysctls_want(ap->arena, c, all);
	}
	return all;
}

/**
 * struct listing - what is noted, being listed
 * @ap: for whom
 * @all: list
 */
struct listing {
	struct apply *ap;
	struct sysctls *all;
};

static void list_note(const char *key, const char *old, void *data)
{
	struct listing *l = data;
	const char *value;

	(void)old;
	if (strncmp(key, KEY, strlen(KEY)))
		return;
	key += strlen(KEY);
	value = sysctl_read(l->ap->arena, key);
	sysctl_want(l->ap->arena, l->all, NULL, value ? value : "", "%s",
		    key)->optional = true;
}

static void *have(struct apply *ap)
{
	struct sysctls *all = arena_alloc(ap->arena, sizeof(*all));

	init(all);
	undo_each(ap->machine, list_note, &(struct listing){ ap, all });
	return all;
}

static struct sysctl *find(const struct sysctls *all, const char *path)
{
	struct sysctl *s;

	for (s = all->first; s; s = s->next)
		if (!strcmp(s->path, path))
			return s;
	return NULL;
}

static void expand_one(struct apply *ap, struct sysctls *to,
		       const struct sysctl *s, const char *name)
{
	const char *star = strchr(s->path, '*');
	char path[SYSCTL_PATH];
	struct sysctl *old;

	snprintf(path, sizeof(path), "%.*s%s%s", (int)(star - s->path), s->path,
		 name, star + 1);
	old = find(to, path);
	if (old)
		old->value = s->value;
	else
		sysctl_want(ap->arena, to, s->item, s->value, "%s",
			    path)->optional = s->optional;
}

/* One for each path, and each interface for "*". */
static void expand(struct apply *ap, const struct sysctls *from,
		   struct sysctls *to)
{
	const struct sysctl *s;
	const struct iface *i;

	init(to);
	for (s = from->first; s; s = s->next) {
		struct sysctl *old = find(to, s->path);

		if (old) {
			old->value = s->value;
			old->item = s->item;
		} else if (!strchr(s->path, '*')) {
			sysctl_want(ap->arena, to, s->item, s->value, "%s",
				    s->path)->optional = s->optional;
		} else {
			expand_one(ap, to, s, "all");
			expand_one(ap, to, s, "default");
			for (i = machine_ifaces(ap->machine); i; i = i->next)
				if (!apply_is_gone(ap, i->name))
					expand_one(ap, to, s, i->name);
		}
	}
}

/*
 * In a dry run, what is of an interface that is to be made will have to be set;
 * what the kernel has not now it will not have then, either.
 */
static bool will_be(struct apply *ap, const char *path)
{
	char ifname[SYSCTL_PATH] = "", family[8] = "";
	char buf[SYSCTL_PATH];

	if (!ap->dry ||
	    sscanf(path, "net/%7[^/]/conf/%127[^/]", family, ifname) != 2)
		return false;
	snprintf(buf, sizeof(buf), "net/%s/conf/default%s", family,
		 path + strlen("net//conf/") + strlen(family) + strlen(ifname));
	return !machine_iface(ap->machine, ifname) &&
	       sysctl_read(ap->arena, buf);
}

/* What is there now; "": nothing. NULL: apply_error() has said so. */
static const char *current(struct apply *ap, const struct sysctl *s)
{
	const char *value = sysctl_read(ap->arena, s->path);

	if (value || s->optional || will_be(ap, s->path))
		return value ? value : "";
	apply_error(ap, s->item, "sysctl %s: this kernel has none", s->path);
	return NULL;
}

/*
 * All are noted before the first is written, also those that are right: the kernel
 * changes some together with others.
 */
static bool note_all(struct apply *ap, const struct sysctls *wanted)
{
	const struct sysctl *s;

	for (s = wanted->first; s; s = s->next) {
		const char *value = current(ap, s);

		if (!value)
			return false;
		if (*value && !ap->dry &&
		    !note(ap, s->item, s->path, value))
			return false;
	}
	return true;
}

static bool write_one(struct apply *ap, const struct sysctl *s)
{
	const char *value = sysctl_read(ap->arena, s->path);

	/* without value: of an interface that was not there before */
	if (!*s->value ||
	    (value ? !strcmp(value, s->value) : !will_be(ap, s->path)))
		return true;
	if (!apply_step(ap, "set sysctl %s=%s", s->path, s->value))
		return true;
	return write_value(ap, s->item, s->path, s->value);
}

static bool put_back(struct apply *ap, const struct sysctl *s)
{
	const char *old = undo_get(ap->machine, key_of(ap->arena, s->path));
	const char *value = sysctl_read(ap->arena, s->path);

	/* gone with its interface, or as it was */
	if (!old || !value || !strcmp(old, value))
		return ap->dry || forget(ap, s->path);
	if (!apply_step(ap, "restore sysctl %s=%s", s->path, old))
		return true;
	return write_value(ap, NULL, s->path, old) && forget(ap, s->path);
}

static int sync_settings(struct apply *ap, void *have_data, void *want_data)
{
	const struct sysctls *noted = have_data;
	const struct sysctl *s;
	struct sysctls wanted;

	expand(ap, want_data, &wanted);
	for (s = noted->first; s; s = s->next)
		if (!find(&wanted, s->path) && !put_back(ap, s))
			return -1;
	if (!note_all(ap, &wanted))
		return -1;
	for (s = wanted.first; s; s = s->next)
		if (!write_one(ap, s))
			return -1;
	return 0;
}

const struct backend sysctl_backend = {
	.name = "kernel settings", .want = want, .have = have, .sync = sync_settings,
};
