// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ike.h"
#include "monitor.h"
#include "vici.h"

/* how often who is not there is looked for */
#define AGAIN_MS	500
#define CHILD_MS	3000

/* a line is not longer */
#define LINE		65536

/**
 * struct monitor - what is listened to
 * @json: lines are JSON objects
 * @path: of the IKE daemon's socket
 * @vici: it; NULL: it does not run
 * @ike: its lines
 * @refused: it has been said that it does not talk to us
 * @child: sitelink-monitor, 0: it does not run
 * @begun: when it was, in milliseconds
 * @fd: its lines
 * @line: the one that comes in
 * @used: octets of it
 * @quiet: it has run; what it says when it begins again is known
 */
struct monitor {
	bool json;
	const char *path;
	struct vici *vici;
	struct monitor_ike *ike;
	bool refused;
	pid_t child;
	long long begun;
	int fd;
	char line[LINE];
	size_t used;
	bool quiet;
};

static void quit(int sig)
{
	(void)sig;
	/* all lines are out */
	_exit(EXIT_SUCCESS);
}

static void run_child(const struct monitor *m, const int pipe[2])
{
	/* nobody is left to read it */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(pipe[1], STDOUT_FILENO);
	close(pipe[0]);
	close(pipe[1]);
	if (m->quiet && !freopen("/dev/null", "w", stderr))
		_exit(EXIT_FAILURE);
	execlp("sitelink-monitor", "sitelink-monitor", m->json ? "-j" : NULL,
	       NULL);
	fprintf(stderr, "sitelink: sitelink-monitor: %s\n", strerror(errno));
	_exit(127);
}

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void begin_child(struct monitor *m)
{
	int fds[2];

	if (m->quiet && now_ms() < m->begun + CHILD_MS)
		return;
	m->begun = now_ms();
	if (pipe(fds))
		return;
	m->child = fork();
	if (!m->child)
		run_child(m, fds);
	close(fds[1]);
	if (m->child < 0) {
		close(fds[0]);
		m->child = 0;
		return;
	}
	m->fd = fds[0];
	m->used = 0;
}

/* It ends without a module that tells; one may come. false: it cannot run. */
static bool end_child(struct monitor *m)
{
	int status;

	close(m->fd);
	m->fd = -1;
	while (waitpid(m->child, &status, 0) < 0 && errno == EINTR)
		;
	m->child = 0;
	m->quiet = true;
	return !WIFEXITED(status) || WEXITSTATUS(status) != 127;
}

/* Whole lines go out: ours are between them. */
static bool read_child(struct monitor *m)
{
	ssize_t n = read(m->fd, m->line + m->used, LINE - m->used);
	char *end;

	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0)
		return end_child(m);
	m->used += n;
	end = memrchr(m->line, '\n', m->used);
	if (end) {
		size_t len = end + 1 - m->line;

		fwrite(m->line, 1, len, stdout);
		m->used -= len;
		memmove(m->line, end + 1, m->used);
	} else if (m->used == LINE) {
		m->used = 0;
	}
	return true;
}

static void end_ike(struct monitor *m)
{
	fprintf(stderr, "sitelink: the IKE daemon is gone\n");
	vici_close(m->vici);
	m->vici = NULL;
	monitor_ike_free(m->ike);
	m->ike = NULL;
}

static void begin_ike(struct monitor *m)
{
	const char *const *event;

	m->vici = vici_open(m->path);
	if (!m->vici) {
		if (errno == EACCES && !m->refused)
			fprintf(stderr, "sitelink: the IKE daemon: %s: %s\n",
				m->path, strerror(errno));
		m->refused |= errno == EACCES;
		return;
	}
	m->ike = monitor_ike_new(m->json);
	for (event = monitor_ike_events; m->ike && *event; event++) {
		if (!vici_listen(m->vici, *event))
			continue;
		fprintf(stderr, "sitelink: the IKE daemon: %s\n",
			vici_error(m->vici));
		break;
	}
	if (!m->ike || *event)
		end_ike(m);
	else
		fprintf(stderr, "sitelink: listening to the IKE daemon\n");
}

static void read_ike(struct monitor *m)
{
	json_object *message;
	char name[256];
	bool lost;

	while ((message = vici_event(m->vici, name, sizeof(name), &lost))) {
		monitor_ike_event(m->ike, name, message);
		json_object_put(message);
	}
	if (lost)
		end_ike(m);
}

static int loop(struct monitor *m)
{
	for (;;) {
		struct pollfd fds[] = {
			{ .fd = STDOUT_FILENO },
			{ .fd = -1, .events = POLLIN },
			{ .fd = -1, .events = POLLIN },
		};

		if (!m->child)
			begin_child(m);
		if (!m->vici)
			begin_ike(m);
		fds[1].fd = m->child ? m->fd : -1;
		fds[2].fd = m->vici ? vici_fd(m->vici) : -1;
		fflush(stdout);
		if (ferror(stdout))
			return EXIT_FAILURE;
		if (poll(fds, 3, m->child && m->vici ? -1 : AGAIN_MS) < 0)
			continue;
		if (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL))
			return EXIT_SUCCESS;
		if (fds[1].revents && !read_child(m))
			return EXIT_FAILURE;
		if (m->vici)
			read_ike(m);
	}
}

int monitor_run(bool json)
{
	struct arena a = { 0 };
	struct machine *machine = machine_open(&a);
	struct monitor *m;
	int err;

	if (!machine)
		return EXIT_FAILURE;
	m = arena_alloc(&a, sizeof(*m));
	m->json = json;
	m->fd = -1;
	m->path = machine_file(machine, &a, IKE_SOCKET);
	machine_close(machine);
	signal(SIGINT, quit);
	signal(SIGTERM, quit);
	setvbuf(stdout, NULL, _IOLBF, 0);
	err = loop(m);
	if (m->vici)
		end_ike(m);
	arena_free(&a);
	return err;
}
