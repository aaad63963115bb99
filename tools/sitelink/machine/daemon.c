// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon.h"
#include "process.h"
#include "write_all.h"

#define TEXT_MAX	(4 << 20)

#define CONF		"%.conf"
#define DRAFT		"%.conf.new"	/* not yet whole */

/* "%" is the stem. */
static const char *path_of(struct apply *ap, const struct daemon *d,
			   const char *file)
{
	const char *mark = strchr(file, '%');
	char name[64];

	if (mark)
		snprintf(name, sizeof(name), "%.*s%s%s", (int)(mark - file),
			 file, d->stem, mark + 1);
	return machine_file(ap->machine, ap->arena, mark ? name : file);
}

static struct process ours(struct apply *ap, const struct daemon *d)
{
	return (struct process){
		.program = d->program, .user = d->user, .other = d->other,
		.arg = path_of(ap, d, CONF),
	};
}

bool daemon_installed(const struct daemon *d)
{
	return !access(d->program, X_OK);
}

bool daemon_foreign(struct apply *ap, const struct daemon *d)
{
	const struct process other = {
		.program = d->program, .but = path_of(ap, d, CONF),
	};
	int pidfd = process_find(&other);

	if (pidfd >= 0)
		close(pidfd);
	return pidfd >= 0;
}

static const char *read_text(struct apply *ap, const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	char *text;
	ssize_t n;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size > TEXT_MAX) {
		close(fd);
		return NULL;
	}
	text = arena_alloc(ap->arena, st.st_size + 1);
	n = read(fd, text, st.st_size);
	close(fd);
	return n == st.st_size ? text : NULL;
}

const char *daemon_text(struct apply *ap, const struct daemon *d)
{
	const struct process p = ours(ap, d);
	const char *text;
	int pidfd = process_find(&p);

	if (pidfd < 0)
		return NULL;
	close(pidfd);
	text = read_text(ap, p.arg);
	/* someone took its file: what it runs with is not what is wanted */
	return text ? text : "";
}

/* For root, and who is in @group */
static bool write_text(struct apply *ap, const struct daemon *d,
		       const char *text, const gid_t *group)
{
	return write_file(path_of(ap, d, CONF), path_of(ap, d, DRAFT), text,
			  group);
}

/*
 * Its own directory; and it must be able to go where that is. What lies there has
 * modes of its own.
 */
static bool make_dir(struct apply *ap, const struct daemon *d,
		     const struct passwd *pw)
{
	const char *path = path_of(ap, d, d->dir);
	char *above = arena_strndup(ap->arena, path, strlen(path));

	return (!mkdir(path, 0700) || errno == EEXIST) &&
	       !lchown(path, pw->pw_uid, pw->pw_gid) &&
	       !chmod(dirname(above), 0711);
}

static bool write_conf(struct apply *ap, const struct daemon *d,
		       const char *text)
{
	const struct passwd *pw;

	if (!d->dir)
		return write_text(ap, d, text, NULL);
	errno = 0;
	pw = getpwnam(d->user);
	if (!pw) {
		errno = errno ? errno : ENOENT;
		return false;
	}
	return make_dir(ap, d, pw) && write_text(ap, d, text, &pw->pw_gid);
}

/* The last line, or the one about what it does not know. */
static const char *last_words(const struct daemon *d, char *said)
{
	char *line = d->bad ? strstr(said, d->bad) : NULL;
	size_t len;

	while (line && line > said && line[-1] != '\n')
		line--;
	if (line) {
		line[strcspn(line, "\n")] = '\0';
		return line;
	}
	len = strlen(said);
	while (len && said[len - 1] == '\n')
		said[--len] = '\0';
	line = strrchr(said, '\n');
	return line ? line + 1 : len ? said : "it gave no reason";
}

static int begin(struct apply *ap, const struct daemon *d, const char *text)
{
	const char *argv[DAEMON_ARGS_MAX + 2] = { d->program };
	const struct process p = ours(ap, d);
	char said[4096];
	bool well;
	int i, pidfd;

	if (!write_conf(ap, d, text)) {
		apply_error(ap, NULL, "%s: %s", path_of(ap, d, CONF),
			    strerror(errno));
		return -1;
	}
	for (i = 0; i < DAEMON_ARGS_MAX && d->args[i]; i++)
		argv[i + 1] = d->args[i][0] != '@' ? d->args[i] :
			      path_of(ap, d, d->args[i] + 1);
	well = process_begin(argv, said, sizeof(said)) &&
	       !(d->bad && strstr(said, d->bad));
	pidfd = process_find(&p);
	if (pidfd >= 0)
		close(pidfd);
	if (well && pidfd >= 0)
		return 0;
	apply_error(ap, NULL, "%s does not start: %s", d->name,
		    last_words(d, said));
	process_end(&p);
	return -1;
}

static int halt(struct apply *ap, const struct daemon *d)
{
	const struct process p = ours(ap, d);

	if (process_end(&p))
		return 0;
	apply_error(ap, NULL, "%s is still there", d->name);
	return -1;
}

static void remove_files(struct apply *ap, const struct daemon *d)
{
	int i;

	for (i = 0; d->left[i]; i++)
		unlink(path_of(ap, d, d->left[i]));
	/* goes with the last of those that share it */
	if (d->dir)
		rmdir(path_of(ap, d, d->dir));
	unlink(path_of(ap, d, DRAFT));
	/* last: while it is there, more may be */
	unlink(path_of(ap, d, CONF));
}

static bool left_files(struct apply *ap, const struct daemon *d)
{
	return !access(path_of(ap, d, CONF), F_OK) ||
	       !access(path_of(ap, d, DRAFT), F_OK);
}

int daemon_sync(struct apply *ap, const struct daemon *d, const char *have,
		const char *want)
{
	if (!want) {
		if (!have && !left_files(ap, d))
			return 0;
		if (!apply_step(ap, have ? "stop %s" : "remove files of %s",
				d->name))
			return 0;
		if (halt(ap, d))
			return -1;
		remove_files(ap, d);
		return 0;
	}
	if (have && !strcmp(have, want))
		return 0;
	if (!apply_step(ap, have ? "restart %s: other configuration" :
				   "start %s", d->name))
		return 0;
	/*
	 * The file is that of the process, if there is one: none is between the
	 * old and the new.
	 */
	if (halt(ap, d))
		return -1;
	return begin(ap, d, want);
}
