// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array.h"
#include "process.h"

#define END_MS		10000
#define BEGIN_MS	30000

/* A file of a process whose directory is @dir; octets read. */
static size_t read_proc(int dir, const char *name, char *buf, size_t size)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t n;

	if (fd < 0)
		return 0;
	while (used < size - 1 &&
	       (n = read(fd, buf + used, size - 1 - used)) > 0)
		used += n;
	close(fd);
	buf[used] = '\0';
	return used;
}

/* A package that is renewed leaves "FILE (deleted)". */
static bool runs(int dir, const char *program)
{
	char exe[256];
	ssize_t n = readlinkat(dir, "exe", exe, sizeof(exe) - 1);
	size_t len = strlen(program);

	if (n < 0)
		return false;
	exe[n] = '\0';
	return !strncmp(exe, program, len) &&
	       (!exe[len] || !strcmp(exe + len, " (deleted)"));
}

static bool has_arg(int dir, const char *arg)
{
	char line[4096];
	size_t len = read_proc(dir, "cmdline", line, sizeof(line)), at;

	for (at = 0; at < len; at += strlen(line + at) + 1)
		if (!strcmp(line + at, arg))
			return true;
	return false;
}

static bool is_user(unsigned int uid, const char *name)
{
	const struct passwd *pw = name ? getpwnam(name) : NULL;

	return pw && uid == pw->pw_uid;
}

/* Anyone may start the same program with the same arguments. */
static bool runs_as(int dir, const struct process *p)
{
	char status[4096];
	const char *uid;
	unsigned int real;

	read_proc(dir, "status", status, sizeof(status));
	uid = strstr(status, "\nUid:");
	if (!uid || sscanf(uid, "\nUid: %u", &real) != 1)
		return false;
	return real == 0 || is_user(real, p->user) || is_user(real, p->other);
}

/* @kind: as in /proc, "ns/net" */
static bool same_namespace(int dir, const char *kind)
{
	int own_dir = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat its, own;
	bool same;

	same = own_dir >= 0 && !fstatat(dir, kind, &its, 0) &&
	       !fstatat(own_dir, kind, &own, 0) && its.st_ino == own.st_ino &&
	       its.st_dev == own.st_dev;
	if (own_dir >= 0)
		close(own_dir);
	return same;
}

bool process_first_shares(const char *kind)
{
	int dir = open("/proc/1", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool shares = dir >= 0 && same_namespace(dir, kind);

	if (dir >= 0)
		close(dir);
	return shares;
}

static bool is(int dir, const struct process *p)
{
	return (!p->program || runs(dir, p->program)) &&
	       (p->arg ? has_arg(dir, p->arg) && runs_as(dir, p) :
			 same_namespace(dir, "ns/net")) &&
	       !(p->but && has_arg(dir, p->but));
}

int process_find(const struct process *p)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	int found = -1;

	if (!proc)
		return -1;
	while (found < 0 && (entry = readdir(proc))) {
		int dir;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		dir = openat(dirfd(proc), entry->d_name,
			     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (dir < 0)
			continue;
		/*
		 * The directory stays that of this process: if it still answers
		 * once there is a descriptor, that is of the same one.
		 */
		if (is(dir, p)) {
			found = pidfd_open(atoi(entry->d_name), 0);
			if (found >= 0 && !is(dir, p)) {
				close(found);
				found = -1;
			}
		}
		close(dir);
	}
	closedir(proc);
	return found;
}

bool process_ends(int pidfd, int ms)
{
	struct pollfd p = { .fd = pidfd, .events = POLLIN };
	int n;

	do {
		n = poll(&p, 1, ms);
	} while (n < 0 && errno == EINTR);
	return n > 0;
}

bool process_end(const struct process *p)
{
	bool gone = true;
	int pidfd;

	while (gone && (pidfd = process_find(p)) >= 0) {
		pidfd_send_signal(pidfd, SIGTERM, NULL, 0);
		gone = process_ends(pidfd, END_MS);
		if (!gone) {
			pidfd_send_signal(pidfd, SIGKILL, NULL, 0);
			gone = process_ends(pidfd, END_MS);
		}
		close(pidfd);
	}
	return gone;
}

/* Nothing of ours goes to the daemon: no descriptor, signal, variable. */
static void become(const char *const *argv, int out)
{
	static const int ignored[] = { SIGPIPE, SIGHUP, SIGINT, SIGTERM,
				       SIGCHLD };
	static char *const env[] = {
		"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL
	};
	int null = open("/dev/null", O_RDONLY);
	sigset_t none;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	umask(027);
	if (chdir("/") || null < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 ||
	    dup2(out, 2) < 0 || close_range(3, ~0U, 0))
		_exit(127);
	execve(argv[0], (char *const *)argv, env);
	dprintf(2, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

/* Its end, or that it did not come in time. */
static bool succeeds(pid_t pid)
{
	int pidfd = pidfd_open(pid, 0), status = -1;
	bool late = pidfd < 0 || !process_ends(pidfd, BEGIN_MS);

	if (late)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pidfd >= 0)
		close(pidfd);
	return !late && WIFEXITED(status) && !WEXITSTATUS(status);
}

bool process_begin(const char *const *argv, char *said, size_t size)
{
	/* a pipe would not end while the daemon has it */
	int out = memfd_create("said", MFD_CLOEXEC);
	bool well = false;
	ssize_t n = -1;
	pid_t pid;

	said[0] = '\0';
	if (out < 0)
		return false;
	pid = fork();
	if (!pid)
		become(argv, out);
	if (pid > 0) {
		well = succeeds(pid);
		n = pread(out, said, size - 1, 0);
	}
	said[n > 0 ? n : 0] = '\0';
	close(out);
	return well;
}
