/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs of Debian's that run for us in this network namespace, each with a
 * configuration of its own below /run. That path among a process' arguments is
 * the mark by which it is known as ours.
 */
#ifndef SITELINK_DAEMON_H
#define SITELINK_DAEMON_H

#include "apply.h"

/**
 * struct daemon - a program
 * @name: for people
 * @stem: of its files, which machine_file() has; its configuration is STEM.conf
 * @package: who has it
 * @program: where it is
 * @user: as whom it runs once started
 * @other: as whom where there is no @user; NULL: there is
 * @dir: directory, below /run, for what it makes itself as @user; NULL: none
 * @bad: said at its start about a line it does not know, though it does start
 * @args: of it, files behind "@", "%" for the stem; ends with NULL. It goes to the
 *	background by itself.
 * @left: files that it leaves behind, likewise without "@"
 */
struct daemon {
	const char *name, *stem, *package, *program, *user, *other, *dir, *bad;
	const char *const *args, *const *left;
};

#define DAEMON_ARGS_MAX	15

/* Is it installed? */
bool daemon_installed(const struct daemon *d);

/* What it runs with, in the arena; NULL: it does not run. */
const char *daemon_text(struct apply *ap, const struct daemon *d);

/* Does the same program run in this network namespace, and not for us? */
bool daemon_foreign(struct apply *ap, const struct daemon *d);

/*
 * Make it run with @want where it runs with @have (NULL: not at all). 0, or -1 and
 * it has been said.
 */
int daemon_sync(struct apply *ap, const struct daemon *d, const char *have,
		const char *want);

#endif /* SITELINK_DAEMON_H */
