// SPDX-License-Identifier: GPL-2.0-only
/* sitelink: RouterOS configuration on Linux. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"
#include "change.h"
#include "command.h"
#include "doc.h"
#include "lock.h"
#include "monitor.h"
#include "script.h"

#define DEFAULT_FILE	"/etc/sitelink/sitelink.rsc"

static void say_usage(FILE *out)
{
	fputs("usage: sitelink [-f FILE] [-j] COMMAND    as of RouterOS, in quotes\n"
	      "       sitelink apply [-n] [-v] [FILE]    make the machine match it\n"
	      "       sitelink check [--offline] [FILE]  only look for mistakes\n"
	      "       sitelink flush [-n] [-v]           undo what sitelink made\n"
	      "       sitelink monitor [-j]              what happens to tunnels, IKE\n"
	      "       sitelink help [MENU [PROPERTY]]    what there is\n"
	      "       sitelink properties                the same, as a page\n"
	      "\n"
	      "  -f, --file FILE  instead of " DEFAULT_FILE "\n"
	      "  -j, --json       print as JSON\n"
	      "  -n, --dry-run    only say what would be done\n"
	      "  -v, --verbose    say what is done\n"
	      "      --offline    interfaces of this machine do not matter\n"
	      "\n"
	      "  sitelink '/interface eoip add remote-address=192.0.2.1 tunnel-id=7'\n"
	      "  sitelink '/interface eoip print detail where running'\n"
	      "  sitelink /export\n", out);
}

static int do_apply(const struct options *o, struct arena *a, bool check)
{
	struct machine *m = check && o->offline ? NULL : machine_open(a);
	struct script s;
	int err = EXIT_FAILURE;

	if (!m && !(check && o->offline))
		return EXIT_FAILURE;
	if ((check || o->dry || machine_lock(m, a)) &&
	    script_read(&s, a, o->file, false)) {
		script_run(&s, a, m, o->offline, stderr);
		if (!s.diag.errors)
			err = check ? EXIT_SUCCESS :
				      run_apply(o, a, m, &s.config, &s.diag);
	}
	if (m)
		machine_close(m);
	return err;
}

static int do_flush(const struct options *o, struct arena *a)
{
	struct diag diag = { .file = "flush", .out = stderr };
	struct machine *m = machine_open(a);
	int err = EXIT_FAILURE;

	if (!m)
		return err;
	if (o->dry || machine_lock(m, a))
		err = run_apply(o, a, m, NULL, &diag);
	machine_close(m);
	return err;
}

static int do_monitor(const struct options *o)
{
	return monitor_run(o->json);
}

static int no_more(int argc, char **argv, int (*then)(const struct options *),
		   const struct options *o)
{
	if (argc) {
		fprintf(stderr, "sitelink: '%s': nothing more is expected\n",
			argv[0]);
		return EXIT_FAILURE;
	}
	return then(o);
}

static int properties(const struct options *o)
{
	(void)o;
	doc_tables(stdout);
	return EXIT_SUCCESS;
}

static bool read_options(int argc, char **argv, struct options *o)
{
	static const struct option long_options[] = {
		{ "file", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "offline", no_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 }
	};
	int opt;

	while ((opt = getopt_long(argc, argv, "+f:jnvhV", long_options,
				  NULL)) != -1) {
		switch (opt) {
		case 'f':
			o->file = optarg;
			break;
		case 'j':
			o->json = true;
			break;
		case 'n':
			o->dry = true;
			break;
		case 'v':
			o->verbose = true;
			break;
		case 'o':
			o->offline = true;
			break;
		case 'V':
			puts("sitelink " SITELINK_VERSION);
			exit(EXIT_SUCCESS);
		case 'h':
			say_usage(stdout);
			exit(EXIT_SUCCESS);
		default:
			say_usage(stderr);
			return false;
		}
	}
	return true;
}

int main(int argc, char **argv)
{
	struct options o = { .file = DEFAULT_FILE };
	struct arena a = { 0 };
	const char *what;
	int err;

	umask(077);
	if (!read_options(argc, argv, &o))
		return EXIT_FAILURE;
	argc -= optind;
	argv += optind;
	if (!argc) {
		say_usage(stderr);
		return EXIT_FAILURE;
	}
	what = argv[0];
	/* options may stand behind apply and the like, too */
	if (what[0] != '/' && strcmp(what, "help") && argc > 1) {
		optind = 0;
		if (!strcmp(what, "apply") || !strcmp(what, "check") ||
		    !strcmp(what, "flush") || !strcmp(what, "monitor")) {
			if (!read_options(argc, argv, &o))
				return EXIT_FAILURE;
			argc -= optind - 1;
			argv += optind - 1;
		}
	}
	if (!strcmp(what, "apply") || !strcmp(what, "check")) {
		if (argc > 1)
			o.file = argv[1];
		err = argc > 2 ? no_more(argc - 2, argv + 2, NULL, &o) :
				 do_apply(&o, &a, !strcmp(what, "check"));
	} else if (!strcmp(what, "flush")) {
		err = argc > 1 ? no_more(argc - 1, argv + 1, NULL, &o) :
				 do_flush(&o, &a);
	} else if (!strcmp(what, "monitor")) {
		err = no_more(argc - 1, argv + 1, do_monitor, &o);
	} else if (!strcmp(what, "properties")) {
		err = no_more(argc - 1, argv + 1, properties, &o);
	} else if (!strcmp(what, "ike-agent") && argc == 2) {
		err = ike_agent(argv[1]);
	} else if (!strcmp(what, "help")) {
		err = do_help(argc - 1, argv + 1);
	} else {
		err = do_command(&o, &a, argc, argv);
	}
	arena_free(&a);
	return err;
}
