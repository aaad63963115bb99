// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parts of the IKE daemon's agent by themselves, with ike_fake.c around them.
 *
 * usage: ike_parts notrack	what notrack-chain has nft do
 *	  ike_parts load	the daemon begins anew: what it is told
 *	  ike_parts log		it says what stdin has: the last line of the log
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "machine_private.h"
#include "notrack.h"

#define CHUNK	4096
#define WAIT_MS	20000

static int notrack(struct agent *a)
{
	const char *why = notrack_refresh(a->machine, &a->arena, vici_open(""));

	if (why)
		puts(why);
	return why ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int load(struct agent *a)
{
	bool loaded;

	a->v = vici_open("");
	loaded = agent_load(a);
	json_object_put(a->state);
	return loaded ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Who reads the log closes its end behind the last line. */
static bool is_read(int fd)
{
	int left = WAIT_MS;

	while (fcntl(fd, F_GETFD) >= 0 && left--)
		usleep(1000);
	return left > 0;
}

static int follow(struct agent *a)
{
	char buf[CHUNK];
	int fds[2];
	ssize_t n;

	a->log = agent_log_open(a->machine, &a->arena, NULL);
	if (pipe(fds) || !agent_log_follow(a->log, fds[0]))
		return EXIT_FAILURE;
	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0)
		if (write(fds[1], buf, n) != n)
			return EXIT_FAILURE;
	close(fds[1]);
	if (!is_read(fds[0]))
		return EXIT_FAILURE;
	agent_log_last(a->log, buf, sizeof(buf));
	puts(buf);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct agent *a);
	} parts[] = {
		{ "notrack", notrack }, { "load", load }, { "log", follow },
	};
	static struct machine nowhere;
	struct agent a = { .machine = &nowhere, .pidfd = -1 };
	size_t i;

	for (i = 0; argc > 1 && i < sizeof(parts) / sizeof(*parts); i++)
		if (!strcmp(argv[1], parts[i].name))
			return parts[i].run(&a);
	return 2;
}
