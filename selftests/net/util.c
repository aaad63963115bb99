// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the selftests' programs share.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "util.h"

void die(const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what,
		strerror(errno));
	exit(1);
}

int open_tun(const char *name, int flags)
{
	struct ifreq ifr = { .ifr_flags = IFF_NO_PI | flags };
	int fd = open("/dev/net/tun", O_RDWR);

	if (fd < 0)
		die("/dev/net/tun");
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	if (ioctl(fd, TUNSETIFF, &ifr))
		die(name);
	return fd;
}

void raw_send(int sock, const void *packet, size_t len,
	      const struct sockaddr_storage *to, socklen_t to_len)
{
	while (sendto(sock, packet, len, 0, (const struct sockaddr *)to,
		      to_len) < 0) {
		/* an ICMP error about an earlier one */
		if (errno == ECONNREFUSED || errno == EPROTO ||
		    errno == ENOPROTOOPT)
			return;
		if (errno != ENOBUFS)
			die("sendto");
		usleep(1000);
	}
}

void resolve(const char *text, const char *port, struct sockaddr_storage *addr,
	     socklen_t *len)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST }, *ai;

	if (getaddrinfo(text, port, &hints, &ai)) {
		fprintf(stderr, "%s: '%s' is no address\n",
			program_invocation_short_name, text);
		exit(1);
	}
	memcpy(addr, ai->ai_addr, ai->ai_addrlen);
	*len = ai->ai_addrlen;
	freeaddrinfo(ai);
}
