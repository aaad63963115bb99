/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Processes: found, ended, begun.
 */
#ifndef SITELINK_PROCESS_H
#define SITELINK_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/**
 * struct process - which one is looked for
 * @program: the file it runs; NULL: any, known by @arg
 * @user: besides root, as whom
 * @other: or as whom; NULL: nobody else
 * @arg: one of its arguments; NULL: any process in this network namespace
 * @but: an argument that it has not
 */
struct process {
	const char *program, *user, *other, *arg, *but;
};

/* A descriptor of such a process; -1: none. */
int process_find(const struct process *p);

/* Is process 1 in our namespace of that kind, "ns/net" or "ns/uts"? */
bool process_first_shares(const char *kind);

/* Does it end within @ms? */
bool process_ends(int pidfd, int ms);

/* End all of them. false: one is still there. */
bool process_end(const struct process *p);

/*
 * Run @argv, which goes to the background by itself once it works, and wait for
 * that. What it says meanwhile is in @said. False if it says it failed.
 */
bool process_begin(const char *const *argv, char *said, size_t size);

#endif /* SITELINK_PROCESS_H */
