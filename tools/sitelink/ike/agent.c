// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"
#include "notrack.h"

#define START_MS	25000	/* apply waits a little longer */
#define CONNECT_MS	50	/* to the next look for the socket */
#define LOAD_MS		200	/* to the next look for the lock */
#define KEEP_MS		3000	/* to the next look at what is up */
#define EVENT_MS	400	/* from an event to that look */

long long agent_about(long long ms)
{
	return ms - ms / 4 + rand() % (ms / 2 + 1);
}

static int open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* The state that is loaded is another one now. */
static void read_state(struct agent *a)
{
	json_object_put(a->state);
	a->state = ike_state_read(a->machine, &a->scratch);
	agent_log_settings(a->log, json_section(a->state, "log"));
	a->notrack = true;
	a->due = agent_now() + EVENT_MS;
}

/* Signals that have come; false: we shall end. */
static bool take_signals(struct agent *a, int fd)
{
	struct signalfd_siginfo s;

	while (read(fd, &s, sizeof(s)) == sizeof(s)) {
		if (s.ssi_signo != SIGHUP)
			return false;
		read_state(a);
	}
	return true;
}

static void take_events(struct agent *a)
{
	long long soon = agent_now() + agent_about(EVENT_MS);
	json_object *message;
	bool lost = false;
	char name[64];

	while ((message = vici_event(a->v, name, sizeof(name), &lost))) {
		json_object_put(message);
		a->notrack |= !strcmp(name, "child-updown");
		if (a->due > soon)
			a->due = soon;
	}
	if (!lost)
		return;
	vici_close(a->v);
	a->v = NULL;
	a->due = agent_now() + CONNECT_MS;
}

/* At once: their first packets are not to be tracked. */
static void refresh_notrack(struct agent *a)
{
	const char *why = notrack_refresh(a->machine, &a->scratch, a->v);

	a->notrack = false;
	if (why)
		agent_log_say(a->log, "", "notrack-chain: %s", why);
}

/* What is due: the next of start, connection, load, and care. */
static void act(struct agent *a)
{
	long long wait;

	if (!a->pid) {
		wait = agent_start(a) ? CONNECT_MS : KEEP_MS;
	} else if (!a->v) {
		wait = agent_connect(a) ? 0 : CONNECT_MS;
	} else if (!a->loaded) {
		wait = agent_load(a) ? EVENT_MS : LOAD_MS;
		a->notrack = a->loaded;
	} else {
		agent_keep(a);
		wait = agent_about(KEEP_MS);
	}
	a->due = agent_now() + wait;
}

static void run(struct agent *a, int signals)
{
	for (;;) {
		struct pollfd p[] = {
			{ .fd = signals, .events = POLLIN },
			{ .fd = a->pidfd, .events = POLLIN },
			{ .fd = a->v ? vici_fd(a->v) : -1, .events = POLLIN },
		};
		long long left = a->due - agent_now();

		if (poll(p, 3, left > 0 ? left : 0) < 0 && errno != EINTR)
			return;
		if (p[0].revents && !take_signals(a, signals))
			return;
		if (p[1].revents)
			agent_reap(a, false);
		else if (p[2].revents && a->v)
			take_events(a);
		if (a->v && a->notrack)
			refresh_notrack(a);
		if (agent_now() >= a->due)
			act(a);
		arena_free(&a->scratch);
	}
}

/* The first start; false: @why. */
static bool begin(struct agent *a, char *why, size_t size)
{
	long long end = agent_now() + START_MS;
	struct pollfd p = { .events = POLLIN };
	char last[200];

	if (!agent_start(a)) {
		snprintf(why, size, "%s", strerror(errno));
		return false;
	}
	p.fd = a->pidfd;
	while (agent_now() < end && poll(&p, 1, CONNECT_MS) <= 0)
		if (agent_connect(a))
			break;
	/* nothing is loaded yet, and apply is about to do it */
	a->loaded = true;
	a->due = agent_now() + KEEP_MS;
	if (a->v)
		return true;
	agent_log_last(a->log, last, sizeof(last));
	snprintf(why, size, "%s: %s", p.revents ? "it ended" :
		 "it does not answer", *last ? last : "it gave no reason");
	return false;
}

/* Our own session and nothing of who started us but @ready. */
static bool detach(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	umask(077);
	return null >= 0 && dup2(null, 0) >= 0 && dup2(null, 1) >= 0 &&
	       dup2(null, 2) >= 0;
}

static int live(struct agent *a, int ready)
{
	int signals = open_signals();
	char why[400];

	srand(getpid() ^ agent_now());
	a->pidfd = -1;
	a->tries = json_object_new_object();
	a->suspects = json_object_new_object();
	a->state = ike_state_read(a->machine, &a->arena);
	a->log = agent_log_open(a->machine, &a->arena,
				json_section(a->state, "log"));
	if (signals < 0 || !detach() || !begin(a, why, sizeof(why))) {
		dprintf(ready, "%s\n", a->pid ? why : strerror(errno));
	} else if (write(ready, "", 1) == 1) {
		close(ready);
		run(a, signals);
	}
	agent_reap(a, true);
	return EXIT_SUCCESS;
}

/* Until the other one works, or says why not. */
static int wait_ready(int ready)
{
	char said[500];
	ssize_t n = read(ready, said, sizeof(said) - 1);

	if (n > 0 && !said[0])
		return EXIT_SUCCESS;
	said[n > 0 ? n : 0] = '\0';
	fprintf(stderr, "%s", n > 0 ? said : "it ended\n");
	return EXIT_FAILURE;
}

int ike_agent(const char *mark)
{
	struct agent a = { 0 };
	int ready[2];
	pid_t pid;

	a.machine = machine_open(&a.arena);
	if (!a.machine)
		return EXIT_FAILURE;
	if (strcmp(mark, machine_file(a.machine, &a.arena, IKE_AGENT))) {
		fputs("sitelink: ike-agent is for apply\n", stderr);
		return EXIT_FAILURE;
	}
	if (pipe2(ready, O_CLOEXEC))
		return EXIT_FAILURE;
	pid = fork();
	if (!pid) {
		close(ready[0]);
		_exit(live(&a, ready[1]));
	}
	close(ready[1]);
	return pid < 0 ? EXIT_FAILURE : wait_ready(ready[0]);
}
