/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_SELFTESTS_UTIL_H
#define SITELINK_SELFTESTS_UTIL_H

#include <stdnoreturn.h>
#include <sys/socket.h>

/* Say what failed, and errno's reason; exit status 1. */
noreturn void die(const char *what);

/* A tap device of that name; @flags: IFF_* beside IFF_TAP and IFF_NO_PI. */
int open_tap(const char *name, int flags);

/* A numeric address and port (or NULL); does not return without. */
void resolve(const char *text, const char *port, struct sockaddr_storage *addr,
	     socklen_t *len);

#endif
