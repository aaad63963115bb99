// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the selftests' programs share.
 */
#define _GNU_SOURCE
#include <ctype.h>
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

void refuse(const char *text, const char *wanted)
{
	fprintf(stderr, "%s: '%s' is no %s\n", program_invocation_short_name,
		text, wanted);
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

	if (getaddrinfo(text, port, &hints, &ai))
		refuse(text, "address");
	memcpy(addr, ai->ai_addr, ai->ai_addrlen);
	*len = ai->ai_addrlen;
	freeaddrinfo(ai);
}

int raw_socket(int family, int protocol, const char *source)
{
	int sock = socket(family, SOCK_RAW, protocol);
	struct sockaddr_storage local;
	socklen_t len;

	if (sock < 0)
		die("raw socket");
	if (source) {
		resolve(source, NULL, &local, &len);
		if (bind(sock, (struct sockaddr *)&local, len))
			die(source);
	}
	return sock;
}

void count_and_seed(const char *text, unsigned int *count, unsigned int *seed)
{
	char *end;

	*count = strtoul(text, &end, 0);
	if (*end == ',')
		*seed = strtoul(end + 1, &end, 0);
	if (*end || !*count)
		refuse(text, "COUNT[,SEED]");
}

size_t unhex(const char *text, unsigned char *out, size_t max)
{
	size_t n;

	for (n = 0; text[2 * n]; n++) {
		char octet[3] = { text[2 * n], text[2 * n + 1], 0 };

		if (n == max || !isxdigit((unsigned char)octet[0]) ||
		    !isxdigit((unsigned char)octet[1]))
			refuse(text, "row of octets in hex");
		out[n] = strtoul(octet, NULL, 16);
	}
	return n;
}
