// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "array.h"
#include "change.h"
#include "command.h"
#include "doc.h"
#include "eval.h"
#include "export.h"
#include "ids.h"
#include "live.h"
#include "lock.h"
#include "print.h"
#include "select.h"
#include "text.h"
#include "where.h"

/*
 * The command line as a statement. The shell has taken the quotes away: a word with
 * blanks gets them back, unless it has brackets or quotes of its own.
 */
static char *join_words(struct arena *a, int argc, char **argv)
{
	size_t len = 1;
	char *line;
	int i;

	if (argc == 1)
		return argv[0];
	for (i = 0; i < argc; i++)
		len += 5 * strlen(argv[i]) + 4;
	line = arena_alloc(a, len);
	for (i = 0; i < argc; i++) {
		const char *word = argv[i], *equal = strchr(word, '=');
		const char *value = equal ? equal + 1 : word;

		if (i)
			strcat(line, " ");
		if (!strpbrk(word, "[]\"(") && strpbrk(value, " \t\n;#")) {
			strncat(line, word, value - word);
			strcat(line, "\"");
			strcat(line, text_quoted(a, value));
			strcat(line, "\"");
		} else {
			strcat(line, word);
		}
	}
	return line;
}

/**
 * struct words - those of print and export that are no properties
 * @style: of print
 * @flags: of export
 */
struct words {
	struct print_style style;
	unsigned int flags;
};

static bool read_words(struct config *c, const struct action *act,
		       struct words *w)
{
	static const char *const names[] = {
		"brief", "detail", "terse", "value-list", "stats",
		"count-only", "show-sensitive", "verbose", "compact",
		"hide-sensitive",
	};
	static const enum print_mode modes[] = {
		PRINT_BRIEF, PRINT_DETAIL, PRINT_TERSE, PRINT_VALUE_LIST,
		PRINT_STATS, PRINT_COUNT_ONLY,
	};
	const struct arg *arg;
	struct match match;

	for (arg = act->args; arg; arg = arg->next) {
		match_word(&match, arg->name || !arg->value.text ? "" :
			   arg->value.text, names, ARRAY_SIZE(names));
		if (!match.found) {
			diag_error(c->diag, arg->at,
				   "%s knows %s, and print where CONDITION",
				   command_name(act->command), match.all);
			return false;
		}
		if (match.index < 6)
			w->style.mode = modes[match.index];
		if (match.index == 2)
			w->flags |= EXPORT_TERSE;
		if (match.index == 6) {
			w->style.show_sensitive = true;
			w->flags |= EXPORT_SENSITIVE;
		}
		if (match.index == 7)
			w->flags |= EXPORT_VERBOSE;
	}
	return true;
}

static int show(const struct options *o, struct machine *m, struct script *s,
		const struct action *act)
{
	struct words w = { .style = { .json = o->json } };
	struct config *c = &s->config;
	struct selection sel;
	int err;

	print_style_terminal(&w.style, stdout);
	if (!read_words(c, act, &w) ||
	    (act->menu && !where_check(c, act->menu, act->where)))
		return EXIT_FAILURE;
	if (act->command == CMD_EXPORT) {
		const struct menu *which[menu_count];
		unsigned int i, n = 0;

		for (i = 0; i < menu_count; i++)
			if (path_holds(act->path, menus[i]))
				which[n++] = menus[i];
		err = export_menus(stdout, c, which, n, w.flags);
	} else {
		live_add(m, c);
		select_where(c, act->menu, act->where, &sel);
		err = print_items(stdout, c, act->menu, sel.items, sel.count,
				  &w.style);
	}
	if (!err && !fflush(stdout))
		return EXIT_SUCCESS;
	fprintf(stderr, "sitelink: standard output: %s\n", strerror(errno));
	return EXIT_FAILURE;
}

/* The ids of those that are found, as RouterOS prints them */
static int find(struct machine *m, struct script *s, const struct action *act)
{
	struct selection sel;
	size_t i;

	if (!where_check(&s->config, act->menu, act->where))
		return EXIT_FAILURE;
	live_add(m, &s->config);
	ids_give(&s->config);
	select_where(&s->config, act->menu, act->where, &sel);
	for (i = 0; i < sel.count; i++)
		printf("%s" ID_FORMAT, i ? ";" : "", sel.items[i]->id);
	if (sel.count)
		putchar('\n');
	return EXIT_SUCCESS;
}

/* A command of one menu's own */
static int run_own(struct machine *m, struct script *s, const struct action *act)
{
	const struct menu_command *cmd = act->own;
	const char *why = cmd->why;
	struct pos at = act->at;

	if (cmd->run && act->args) {
		why = "nothing more is expected";
		at = act->args->at;
	} else if (cmd->run) {
		why = cmd->run(m);
	}
	if (why)
		diag_error(s->config.diag, at, "%s: %s", cmd->name, why);
	return why ? EXIT_FAILURE : EXIT_SUCCESS;
}

static bool make_dir(struct arena *a, const char *file)
{
	const char *dir = dirname(arena_strndup(a, file, strlen(file)));

	if (!mkdir(dir, 0755) || errno == EEXIST)
		return true;
	fprintf(stderr, "sitelink: make %s: %s\n", dir, strerror(errno));
	return false;
}

/*
 * The first one that does something, which tells whether the file is locked. What
 * shows something stands alone; changes beside each other are one.
 */
static bool first_action(struct script *command, struct action *first)
{
	struct config *c = &command->config;
	const struct stmt *stmt;
	const char *path = "";
	struct action act;

	*first = (struct action){ 0 };
	for (stmt = command->first; stmt; stmt = stmt->next) {
		const struct action *shows = first;

		if (!path_resolve(c, path, stmt, &act))
			return false;
		if (!act.command) {
			path = act.path;
			continue;
		}
		if (!first->command) {
			*first = act;
			continue;
		}
		if (command_changes(first->command)) {
			if (command_changes(act.command))
				continue;
			shows = &act;
		}
		diag_error(c->diag, shows->at,
			   "%s stands alone, not beside other commands",
			   action_name(shows));
		return false;
	}
	if (!first->command)
		diag_error(c->diag, (struct pos){ "command", 1, 1, 0 },
			   "a command is missing");
	return first->command;
}

int do_command(const struct options *o, struct arena *a, int argc, char **argv)
{
	struct script command = { .file = "command" }, s;
	struct machine *m;
	struct action act;
	int err = EXIT_FAILURE;

	command.text = join_words(a, argc, argv);
	command.len = strlen(command.text);
	command.diag = (struct diag){ .file = "command", .out = stderr,
				      .notes = true };
	config_init(&command.config, a, &command.diag);
	command.first = parse(a, command.text, command.len, &command.diag);
	if (command.diag.errors || !first_action(&command, &act))
		return err;
	if (command_changes(act.command)) {
		if (!strcmp(o->file, "-")) {
			fputs("sitelink: standard input cannot be changed; name a file with -f\n",
			      stderr);
			return err;
		}
		if (!make_dir(a, o->file))
			return err;
		if (script_lock(o->file) < 0)
			return err;
	}
	m = machine_open(a);
	if (m && (!command_changes(act.command) || machine_lock(m, a)) &&
	    script_read(&s, a, o->file, true)) {
		/* apply has told them; change() tells what is new */
		s.quiet = true;
		script_run(&s, a, m, false, stderr);
		s.config.diag = &command.diag;
		if (s.diag.errors && command_changes(act.command))
			fprintf(stderr, "sitelink: mend %s first\n", o->file);
		else if (command_changes(act.command))
			err = change(o, a, m, &s, &command);
		else if (act.command == CMD_FIND)
			err = find(m, &s, &act);
		else if (act.command == CMD_OWN)
			err = run_own(m, &s, &act);
		else
			err = show(o, m, &s, &act);
	}
	if (m)
		machine_close(m);
	return err;
}

/*
 * If the words before the last one are a menu that has the last one as a property,
 * that is taken off, and its row returned; else -1.
 */
static int help_property(struct config *c, struct stmt *stmt, struct arg **last)
{
	struct arg *arg = *last;
	FILE *null = fopen("/dev/null", "w");
	struct diag quiet = { .file = "help", .out = null }, *own = c->diag;
	struct action act;
	int prop = -1;

	if (!null)
		return -1;
	c->diag = &quiet;
	*last = NULL;
	if (arg->value.text && path_resolve(c, "", stmt, &act) && act.menu &&
	    !act.command)
		prop = prop_index(act.menu, arg->value.text);
	if (prop < 0)
		*last = arg;
	c->diag = own;
	fclose(null);
	return prop;
}

int do_help(int argc, char **argv)
{
	struct arena a = { 0 };
	struct diag diag = { .file = "help", .out = stderr };
	const char *line = argc ? join_words(&a, argc, argv) : "/";
	struct stmt *stmt;
	struct action act = { .path = "" };
	struct config c;
	int prop = -1;

	config_init(&c, &a, &diag);
	stmt = parse(&a, line, strlen(line), &diag);
	if (stmt && stmt->args) {
		struct arg **last;

		for (last = &stmt->args; (*last)->next; last = &(*last)->next)
			;
		prop = help_property(&c, stmt, last);
	}
	if (diag.errors || (stmt && !path_resolve(&c, "", stmt, &act)))
		return EXIT_FAILURE;
	help_menu(stdout, act.path, act.menu, act.menu ? prop : -1);
	arena_free(&a);
	return EXIT_SUCCESS;
}
