// SPDX-License-Identifier: GPL-2.0-only
/*
 * The IKE daemon as a part of the machine: it runs, by its agent, while anything is
 * to be loaded into it.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "buffer.h"
#include "daemon.h"
#include "ike_private.h"
#include "ipsec.h"

#define PLUGIN_DIR	"/usr/lib/ipsec/plugins/libstrongswan-"

#define FOREIGN "strongSwan runs here already, and not for sitelink; " \
		"systemctl disable --now "

/* For daemon_foreign(): ours is known by its configuration. */
static const struct daemon daemon_of_ours = {
	.name = "the IKE daemon", .stem = "strongswan", .program = IKE_PROGRAM,
};

static const struct daemon starter = {
	.name = "charon", .stem = "strongswan",
	.program = "/usr/lib/ipsec/charon",
};

/**
 * struct ike - what is loaded, or shall be
 * @state: see ike.h
 * @config: what asks for it; NULL: it is what there is
 * @there: agent or daemon are
 * @runs: the agent does, and what is loaded is known
 */
struct ike {
	json_object *state;
	const struct config *config;
	bool there, runs;
};

struct process ike_agent_process(struct machine *m, struct arena *a)
{
	return (struct process){ .user = "root",
				 .arg = machine_file(m, a, IKE_AGENT) };
}

struct process ike_daemon_process(struct machine *m, struct arena *a)
{
	return (struct process){ .program = IKE_PROGRAM, .user = "root",
				 .arg = machine_file(m, a, IKE_SETTINGS) };
}

/* What keeps the daemon from running; NULL: nothing. */
static const char *hindrance(struct apply *ap)
{
	static const struct {
		const char *file, *why;
	} needs[] = {
		{ IKE_PROGRAM, "package charon-systemd is not installed" },
		{ PLUGIN_DIR "vici.so",
		  "package strongswan-swanctl is not installed" },
		{ PLUGIN_DIR "openssl.so",
		  "package libstrongswan-standard-plugins is not installed" },
	};
	size_t i;

	for (i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (access(needs[i].file, R_OK))
			return needs[i].why;
	/* both would listen on port 500 and change the kernel's policies */
	if (daemon_foreign(ap, &daemon_of_ours))
		return FOREIGN "strongswan";
	if (daemon_foreign(ap, &starter))
		return FOREIGN "strongswan-starter";
	return NULL;
}

static int number(json_object *o, const char *key, int def)
{
	json_object *n = json_get(o, key, json_type_int);

	return n ? json_object_get_int(n) : def;
}

static void put_settings(struct apply *ap, json_object *state)
{
	json_object *log = json_section(state, "log");
	const char *text;

	text = ike_settings(ap->machine, ap->arena, number(state, "retries", 4),
			    number(log, "level", 1));
	json_put_text(state, "settings", text);
}

static void *ike_want(struct apply *ap, const struct config *c)
{
	struct ike *want = arena_alloc(ap->arena, sizeof(*want));
	const char *why;

	want->config = c;
	if (c)
		want->state = ike_state(ap, c, ipsec_of(ap, c));
	if (!c || !json_object_object_length(ike_parts(want->state))) {
		json_object_put(want->state);
		want->state = NULL;
		return want;
	}
	put_settings(ap, want->state);
	why = hindrance(ap);
	if (why)
		item_error(c, config_items(c, "ip ipsec peer")->first, NULL,
			   "/ip ipsec peer: %s", why);
	return want;
}

static bool is_there(const struct process *p)
{
	int pidfd = process_find(p);

	if (pidfd >= 0)
		close(pidfd);
	return pidfd >= 0;
}

static void *ike_have(struct apply *ap)
{
	const struct process agent = ike_agent_process(ap->machine, ap->arena);
	const struct process it = ike_daemon_process(ap->machine, ap->arena);
	struct ike *have = arena_alloc(ap->arena, sizeof(*have));
	bool runs = is_there(&agent);

	have->there = runs || is_there(&it);
	if (!runs)
		return have;
	have->state = ike_state_read(ap->machine, ap->arena);
	/* without the file nobody knows: it begins anew */
	have->runs = json_text(have->state, "settings");
	return have;
}

static bool left_files(struct apply *ap)
{
	static const char *const names[] = {
		IKE_STATE, IKE_SOCKET, IKE_SETTINGS, IKE_LOG,
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!access(machine_file(ap->machine, ap->arena, names[i]),
			    F_OK))
			return true;
	return false;
}

/* Agent and daemon, and what a daemon that was killed has left in the kernel. */
static int end_all(struct apply *ap)
{
	const struct process agent = ike_agent_process(ap->machine, ap->arena);
	const struct process it = ike_daemon_process(ap->machine, ap->arena);
	json_object *state = ike_state_read(ap->machine, ap->arena);

	if (!process_end(&agent) || !process_end(&it)) {
		apply_error(ap, NULL, "the IKE daemon is still there");
		json_object_put(state);
		return -1;
	}
	ike_sweep(ap->machine, ike_parts(state));
	json_object_put(state);
	return 0;
}

static int end(struct apply *ap, const struct ike *have)
{
	static const char *const left[] = {
		IKE_SOCKET, IKE_SETTINGS, IKE_SETTINGS ".new", IKE_LOG,
		IKE_LOG ".new", IKE_STATE ".new", IKE_LOCK,
		/* last: while it is there, more may be */
		IKE_STATE,
	};
	size_t i;

	if (!have->there && !left_files(ap))
		return 0;
	if (!apply_step(ap, have->there ? "stop the IKE daemon" :
			"remove files of the IKE daemon"))
		return 0;
	if (end_all(ap))
		return -1;
	for (i = 0; i < sizeof(left) / sizeof(*left); i++)
		unlink(machine_file(ap->machine, ap->arena, left[i]));
	return 0;
}

/* The agent's last line, which it says for us. */
static const char *last_line(char *said)
{
	size_t len = strlen(said);
	char *line;

	while (len && said[len - 1] == '\n')
		said[--len] = '\0';
	line = strrchr(said, '\n');
	return line ? line + 1 : len ? said : "it gave no reason";
}

static int failed_file(struct apply *ap, const char *name)
{
	apply_error(ap, NULL, "%s: %s",
		    machine_file(ap->machine, ap->arena, name),
		    strerror(errno));
	return -1;
}

/* With nothing loaded. */
static int begin(struct ike_work *w)
{
	struct apply *ap = w->ap;
	const struct process agent = ike_agent_process(ap->machine, ap->arena);
	const char *const argv[] = {
		"/proc/self/exe", "ike-agent", agent.arg, NULL
	};
	char said[4096];

	if (!apply_step(ap, "start the IKE daemon"))
		return 0;
	if (end_all(ap) ||
	    !ike_settings_write(ap, json_text(w->now, "settings")))
		return -1;
	if (!ike_state_write(ap->machine, ap->arena, w->now))
		return failed_file(ap, IKE_STATE);
	if (process_begin(argv, said, sizeof(said)))
		return 0;
	apply_error(ap, NULL, "the IKE daemon does not start: %s",
		    last_line(said));
	end_all(ap);
	return -1;
}

/* The line "load = ..." of two settings. */
static bool same_plugins(const char *a, const char *b)
{
	const char *load_a = strstr(a, "load ="), *load_b = strstr(b, "load =");
	size_t len;

	if (!load_a || !load_b)
		return false;
	len = strcspn(load_a, "\n");
	return len == strcspn(load_b, "\n") && !strncmp(load_a, load_b, len);
}

static int reload_settings(struct ike_work *w, const char *text)
{
	json_object *answer;

	if (!apply_step(w->ap, "change the settings of the IKE daemon"))
		return 0;
	if (!ike_settings_write(w->ap, text) || !ike_connect(w))
		return -1;
	answer = vici_call(w->v, "reload-settings", NULL, IKE_LOAD_MS);
	if (!answer) {
		apply_error(w->ap, NULL, "the IKE daemon's settings: %s",
			    vici_error(w->v));
		return -1;
	}
	json_object_put(answer);
	return 0;
}

/* A copy without parts. */
static json_object *bare(json_object *state)
{
	json_object *copy = NULL;

	json_object_deep_copy(state, &copy, NULL);
	json_object_object_del(copy, "parts");
	ike_parts(copy);
	return copy;
}

void ike_tell_agent(struct apply *ap)
{
	const struct process agent = ike_agent_process(ap->machine, ap->arena);
	int pidfd = process_find(&agent);

	if (pidfd < 0)
		return;
	pidfd_send_signal(pidfd, SIGHUP, NULL, 0);
	close(pidfd);
}

/* @want: resolved, of this run only. */
static int change(struct ike_work *w, const struct ike *have, json_object *want)
{
	const char *text = json_text(want, "settings"), *old = NULL;
	json_object *was = NULL;
	int err;

	w->now = bare(want);
	if (have->runs)
		old = json_text(have->state, "settings");
	if (old && same_plugins(old, text)) {
		json_object_deep_copy(ike_parts(have->state), &was, NULL);
		json_object_object_add(w->now, "parts", was);
		if (strcmp(old, text) && reload_settings(w, text))
			return -1;
	} else if (begin(w)) {
		return -1;
	}
	was = have->runs && was ? ike_parts(have->state) :
				  json_object_new_object();
	err = ike_change(w, was, ike_parts(want));
	/* what is loaded now, however far it went */
	if (w->ap->dry)
		return err;
	if (!ike_state_write(w->ap->machine, w->ap->arena, w->now) && !err)
		err = failed_file(w->ap, IKE_STATE);
	ike_tell_agent(w->ap);
	return err;
}

/* What is not known is not to be put back. */
static json_object *known(json_object *parts)
{
	json_object *copy = json_object_new_object(), *one;

	json_object_object_foreach(parts, key, part) {
		one = NULL;
		if (part && !json_object_deep_copy(part, &one, NULL))
			json_object_object_add(copy, key, one);
	}
	return copy;
}

/* With the lock, unless it is a dry run. */
static int sync_locked(struct apply *ap, struct ike *is, const struct ike *shall)
{
	struct ike_work w = { .ap = ap, .config = shall->config };
	json_object *state = bare(shall->state), *parts;
	int err = -1;

	parts = known(ike_parts(shall->state));
	json_object_object_add(state, "parts", parts);
	/* the agent may have changed it meanwhile */
	json_object_put(is->state);
	is->state = ike_state_read(ap->machine, ap->arena);
	is->runs = is->runs && json_text(is->state, "settings");
	/* what an agent has found out ends with it */
	if (ike_resolve(ap, shall->config, parts,
			is->runs ? ike_parts(is->state) : NULL))
		err = is->runs && json_object_equal(is->state, state) ? 0 :
		      change(&w, is, state);
	vici_close(w.v);
	json_object_put(w.now);
	json_object_put(state);
	return err;
}

static int ike_sync(struct apply *ap, void *have, void *want)
{
	const struct ike *shall = want;
	int lock, err;

	if (!shall->state ||
	    !json_object_object_length(ike_parts(shall->state)))
		return end(ap, have);
	if (ap->dry)
		return sync_locked(ap, have, shall);
	lock = ike_lock(ap->machine, ap->arena, true);
	if (lock < 0)
		return failed_file(ap, IKE_LOCK);
	err = sync_locked(ap, have, shall);
	close(lock);
	return err;
}

const struct backend ike_backend = {
	.name = "IKE daemon", .want = ike_want, .have = ike_have,
	.sync = ike_sync,
};
