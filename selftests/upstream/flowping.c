// SPDX-License-Identifier: GPL-2.0-only
/*
 * flowping: what a loop of `ping -6 -F 0 -c 1 ADDRESS` sends, by one process:
 * COUNT echo requests, each with a flow label drawn by lot and sent when the
 * one before was answered, or a second had gone by.
 *
 * usage: flowping ADDRESS COUNT
 */
#include <arpa/inet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <linux/in6.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int raw_socket(void)
{
	struct icmp6_filter replies;
	int sock, on = 1;

	sock = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
	if (sock < 0)
		die("socket");
	ICMP6_FILTER_SETBLOCKALL(&replies);
	ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &replies);
	if (setsockopt(sock, IPPROTO_ICMPV6, ICMP6_FILTER, &replies,
		       sizeof(replies)) ||
	    setsockopt(sock, IPPROTO_IPV6, IPV6_FLOWINFO_SEND, &on,
		       sizeof(on)))
		die("setsockopt");
	return sock;
}

/* the same id and number, or a late answer to another */
static int answered(int sock, const struct icmp6_hdr *request)
{
	struct pollfd wait = { .fd = sock, .events = POLLIN };
	struct icmp6_hdr reply[8];

	while (poll(&wait, 1, 1000) > 0) {
		if (recv(sock, reply, sizeof(reply), 0) < (ssize_t)sizeof(*reply))
			continue;
		if (reply->icmp6_id == request->icmp6_id &&
		    reply->icmp6_seq == request->icmp6_seq)
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6 };
	/* as much as ping sends: 8 octets of header and 56 of data */
	struct icmp6_hdr request[8] = { { .icmp6_type = ICMP6_ECHO_REQUEST } };
	int sock, count, i, answers = 0;

	if (argc != 3 || inet_pton(AF_INET6, argv[1], &to.sin6_addr) != 1 ||
	    atoi(argv[2]) <= 0) {
		fprintf(stderr, "usage: flowping ADDRESS COUNT\n");
		return 1;
	}
	count = atoi(argv[2]);
	sock = raw_socket();
	request->icmp6_id = htons(getpid());
	for (i = 0; i < count; i++) {
		request->icmp6_seq = htons(i);
		to.sin6_flowinfo = htonl(random() & 0xfffff);
		if (sendto(sock, request, sizeof(request), 0,
			   (struct sockaddr *)&to, sizeof(to)) < 0)
			die("sendto");
		answers += answered(sock, request);
	}
	printf("%d of %d answered\n", answers, count);
	return answers != count;
}
