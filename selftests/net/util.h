/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_SELFTESTS_UTIL_H
#define SITELINK_SELFTESTS_UTIL_H

#include <stddef.h>
#include <stdnoreturn.h>
#include <sys/socket.h>

/* Say what failed, and errno's reason; exit status 1. */
noreturn void die(const char *what);

/* A tun or tap device of that name; @flags: IFF_* beside IFF_NO_PI. */
int open_tun(const char *name, int flags);

/* One packet on a raw socket; ICMP errors about others do not matter. */
void raw_send(int sock, const void *packet, size_t len,
	      const struct sockaddr_storage *to, socklen_t to_len);

/* A numeric address and port (or NULL); does not return without. */
void resolve(const char *text, const char *port, struct sockaddr_storage *addr,
	     socklen_t *len);

#endif
