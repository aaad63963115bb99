// SPDX-License-Identifier: GPL-2.0-only
/*
 * spray: send frames in turn out of devices PREFIX0 to PREFIX(COUNT - 1) and
 * print the nanoseconds that each took; under icount these are instructions.
 * On one CPU a veth's far end receives before the next one is sent.
 *
 * usage: spray PREFIX COUNT PACKETS
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "util.h"

#define DEVICES_MAX	65536

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void spray(int sock, const int *devices, int count, int packets)
{
	/* broadcast, an EtherType that nobody listens to */
	static const unsigned char frame[64] =
		"\xff\xff\xff\xff\xff\xff\x02\0\0\0\0\x01\x88\xb5";
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_halen = 6 };
	int i;

	for (i = 0; i < packets; i++) {
		to.sll_ifindex = devices[i % count];
		if (sendto(sock, frame, sizeof(frame), 0,
			   (struct sockaddr *)&to, sizeof(to)) < 0)
			die("sendto");
	}
}

int main(int argc, char **argv)
{
	int sock, bypass = 1, count, packets, i;
	static int devices[DEVICES_MAX];
	char name[IFNAMSIZ];
	long long start;

	if (argc != 4 || atoi(argv[2]) <= 0 || atoi(argv[2]) > DEVICES_MAX ||
	    atoi(argv[3]) <= 0) {
		fprintf(stderr, "usage: spray PREFIX COUNT PACKETS\n");
		return 1;
	}
	count = atoi(argv[2]);
	packets = atoi(argv[3]);
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "%.4s%d", argv[1], i);
		devices[i] = if_nametoindex(name);
		if (!devices[i])
			die(name);
	}
	sock = socket(AF_PACKET, SOCK_RAW, 0);
	if (sock < 0 || setsockopt(sock, SOL_PACKET, PACKET_QDISC_BYPASS,
				   &bypass, sizeof(bypass)))
		die("packet socket");
	/* the first round finds routes and neighbours */
	spray(sock, devices, count, count);
	start = now();
	spray(sock, devices, count, packets);
	printf("%lld\n", (now() - start) / packets);
	return 0;
}
