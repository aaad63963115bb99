// SPDX-License-Identifier: GPL-2.0-only
/* The daemon as a child: begun, ended, loaded. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"
#include "array.h"
#include "buffer.h"

#define STOP_MS		8000
#define ANSWER_MS	10000

/* Before the next start; who lived longer than the second one begins anew. */
#define WAIT_MIN	500
#define WAIT_MAX	30000

long long agent_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Only what may be called after fork() in a program with threads. */
static void become(const char *conf, char *env, int out, pid_t parent)
{
	char *const argv[] = { (char *)IKE_PROGRAM, (char *)conf, NULL };
	char *const envp[] = {
		(char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin", env, NULL
	};
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	/* whoever kills us: it does not go on with nobody to look after it */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	if (dup2(out, 1) < 0 || dup2(out, 2) < 0 || close_range(3, ~0U, 0))
		_exit(127);
	execve(argv[0], argv, envp);
	_exit(127);
}

bool agent_start(struct agent *a)
{
	const char *conf = machine_file(a->machine, &a->scratch, IKE_SETTINGS);
	char *env = (char *)buffer_format(&a->scratch, "STRONGSWAN_CONF=%s", conf);
	pid_t self = getpid();
	int out[2];

	/* what answers there shall be this one */
	unlink(machine_file(a->machine, &a->scratch, IKE_SOCKET));
	a->begun = agent_now();
	if (pipe2(out, O_CLOEXEC))
		return false;
	a->pid = fork();
	if (!a->pid)
		become(conf, env, out[1], self);
	close(out[1]);
	if (a->pid < 0 || !agent_log_follow(a->log, out[0]))
		close(out[0]);
	if (a->pid < 0) {
		a->pid = 0;
		return false;
	}
	a->pidfd = pidfd_open(a->pid, 0);
	if (a->pidfd >= 0)
		return true;
	agent_reap(a, true);
	return false;
}

void agent_reap(struct agent *a, bool stop)
{
	int status = 0;

	vici_close(a->v);
	a->v = NULL;
	a->loaded = false;
	if (!a->pid)
		return;
	if (stop) {
		kill(a->pid, SIGTERM);
		if (a->pidfd < 0 || !process_ends(a->pidfd, STOP_MS))
			kill(a->pid, SIGKILL);
	}
	while (waitpid(a->pid, &status, 0) < 0 && errno == EINTR)
		;
	a->pid = 0;
	if (a->pidfd >= 0)
		close(a->pidfd);
	a->pidfd = -1;
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		ike_sweep(a->machine, ike_parts(a->state));
	if (agent_now() - a->begun > 2 * WAIT_MAX || !a->wait)
		a->wait = WAIT_MIN;
	a->due = agent_now() + a->wait;
	a->wait = a->wait < WAIT_MAX / 2 ? 2 * a->wait : WAIT_MAX;
}

bool agent_connect(struct agent *a)
{
	static const char *const events[] = { "ike-updown", "child-updown" };
	struct vici *v = vici_open(machine_file(a->machine, &a->scratch,
						IKE_SOCKET));
	json_object *answer;
	size_t i;

	if (!v)
		return false;
	/* it listens before it works */
	answer = vici_call(v, "version", NULL, ANSWER_MS);
	for (i = 0; answer && i < ARRAY_SIZE(events); i++) {
		if (!vici_listen(v, events[i]))
			continue;
		json_object_put(answer);
		answer = NULL;
	}
	if (!answer) {
		vici_close(v);
		return false;
	}
	json_object_put(answer);
	a->v = v;
	return true;
}

static void load_kind(struct agent *a, const struct ike_kind *kind)
{
	json_object_object_foreach(ike_parts(a->state), key, part) {
		const char *name = ike_name(kind, key);

		/* NULL: apply was killed at it, and will be back */
		if (name && part && ike_load(a->v, kind, part))
			agent_log_say(a->log, name, "%s %s: %s", kind->label,
				      name, vici_error(a->v));
	}
}

bool agent_load(struct agent *a)
{
	int lock = ike_lock(a->machine, &a->scratch, false);
	size_t i;

	if (lock < 0)
		return false;
	json_object_put(a->state);
	a->state = ike_state_read(a->machine, &a->scratch);
	agent_try_offload(a);
	for (i = 0; i < IKE_KINDS; i++)
		load_kind(a, &ike_kinds[i]);
	close(lock);
	a->loaded = true;
	return true;
}
