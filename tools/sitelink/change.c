// SPDX-License-Identifier: GPL-2.0-only
/* A command that changes something: the script and the machine. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "change.h"
#include "edit.h"
#include "eval.h"
#include "expand.h"
#include "ids.h"
#include "live.h"

/* A script that is half applied is worse than one second more. */
static void no_interrupts(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int run_apply(const struct options *o, struct arena *a,
	      struct machine *m, const struct config *c, struct diag *diag)
{
	struct apply ap = {
		.arena = a, .machine = m, .diag = diag, .dry = o->dry,
		.verbose = o->verbose, .out = stdout,
	};

	no_interrupts();
	return apply(&ap, c) ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Script and machine, both or neither */
static int commit(const struct options *o, struct arena *a, struct machine *m,
		  struct script *old, const char *text)
{
	struct options back = *o;
	struct script new = *old;
	int err;

	new.text = text;
	new.len = strlen(text);
	script_run(&new, a, m, o->offline, stderr);
	if (new.diag.errors)
		return EXIT_FAILURE;
	/* the script's own notes were told before; these are of the machine */
	new.diag.notes = true;
	err = run_apply(o, a, m, &new.config, &new.diag);
	if (err || o->dry)
		return err;
	if (script_write(old, text, new.len))
		return EXIT_SUCCESS;
	back.verbose = false;
	run_apply(&back, a, m, &old->config, &old->diag);
	return EXIT_FAILURE;
}

static bool has_condition(const struct arg *arg)
{
	for (; arg; arg = arg->next)
		if (arg->value.sub && arg->value.sub->where)
			return true;
	return false;
}

/* What the script makes, with what the machine says of that. */
static struct config *live_twin(struct arena *a, struct machine *m,
				const struct script *s)
{
	struct script *twin = arena_alloc(a, sizeof(*twin));

	*twin = *s;
	script_run(twin, a, m, false, stderr);
	ids_give(&twin->config);
	live_add(m, &twin->config);
	return &twin->config;
}

/**
 * struct told - mistakes and notes, kept
 * @out: where they are printed
 * @text: them, once told_end() has been called
 * @size: octets of it
 */
struct told {
	FILE *out;
	char *text;
	size_t size;
};

static bool told_begin(struct told *t)
{
	t->out = open_memstream(&t->text, &t->size);
	if (!t->out)
		fprintf(stderr, "sitelink: %s\n", strerror(errno));
	return t->out;
}

static const char *told_end(struct told *t, struct arena *a)
{
	const char *text;

	fclose(t->out);
	text = arena_strndup(a, t->text, t->size);
	free(t->text);
	return text;
}

/* Run a script that has no mistakes: its notes. */
static const char *run_told(struct script *s, struct arena *a,
			    struct machine *m)
{
	struct told t;

	if (!told_begin(&t))
		return NULL;
	s->quiet = false;
	script_run(s, a, m, false, t.out);
	return told_end(&t, a);
}

/* Lines of @said that @before has not; both are in the order of the menus. */
static void tell_new(const char *before, const char *said)
{
	while (*said) {
		size_t len = strcspn(said, "\n") + 1;
		const char *at = before;

		while (*at && strncmp(at, said, len))
			at += strcspn(at, "\n") + 1;
		if (*at)
			before = at + len;
		else
			fwrite(said, 1, len, stderr);
		said += len;
	}
}

/* A command has changed @config, of which was said @before: is it right? */
static bool is_right(struct config *config, const char *before)
{
	struct told t;

	if (config->diag->errors || !told_begin(&t))
		return false;
	config->diag->out = t.out;
	ipsec_expand(config);
	config_check(config);
	config->diag->out = stderr;
	tell_new(before, told_end(&t, config->arena));
	return !config->diag->errors;
}

int change(const struct options *o, struct arena *a, struct machine *m,
	   struct script *s, const struct script *command)
{
	const struct stmt *stmt = command->first;
	const char *path = "";
	struct script now = *s;

	for (; stmt; stmt = stmt->next) {
		struct script expected = now;
		struct diag diag = command->diag;
		struct action act;
		const char *before = run_told(&expected, a, m), *text;

		if (!before)
			return EXIT_FAILURE;
		expected.config.diag = &diag;
		if (!path_resolve(&expected.config, path, stmt, &act))
			return EXIT_FAILURE;
		if (has_condition(act.args)) {
			now.config.live = live_twin(a, m, &now);
			expected.config.live = now.config.live;
		}
		if (!act.command) {
			path = act.path;
			continue;
		}
		eval_action(&expected.config, &act);
		if (!is_right(&expected.config, before))
			return EXIT_FAILURE;
		text = edit_text(a, &now, m, false, command->text, &act,
				 &expected.config);
		if (!text) {
			diag_error(&diag, act.at,
				   "this could not be written into %s; %s",
				   s->file, now.config.live ?
				   "name the items instead of [find ...]" :
				   "edit it by hand");
			return EXIT_FAILURE;
		}
		now.text = text;
		now.len = strlen(text);
		script_run(&now, a, m, false, stderr);
	}
	return commit(o, a, m, s, now.text);
}
