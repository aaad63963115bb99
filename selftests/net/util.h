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

/* A raw socket; @source: from that address only, NULL: from any. */
int raw_socket(int family, int protocol, const char *source);

/* What follows ends the program with a word about it when the text is wrong. */

noreturn void refuse(const char *text, const char *wanted);

/* A numeric address and port (or NULL). */
void resolve(const char *text, const char *port, struct sockaddr_storage *addr,
	     socklen_t *len);

/* COUNT[,SEED] */
void count_and_seed(const char *text, unsigned int *count, unsigned int *seed);

/* Hex digits, two an octet; returns how many octets, at most @max. */
size_t unhex(const char *text, unsigned char *out, size_t max);

#endif
