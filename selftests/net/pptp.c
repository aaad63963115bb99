// SPDX-License-Identifier: GPL-2.0-only
/*
 * pptp: the data channel of a PPTP call without its control connection, to
 * see the in-tree driver at work beside us.
 *
 * usage: pptp LOCAL CALL REMOTE CALL IFNAME ADDRESS PEER
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_pppox.h>
#include <linux/ppp-ioctl.h>
#include <linux/ppp_defs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util.h"

static int ok(int result, const char *what)
{
	if (result < 0)
		die(what);
	return result;
}

static struct sockaddr_storage pptp_address(const char *text, const char *call)
{
	struct sockaddr_storage storage = { 0 };
	struct sockaddr_pppox a = {
		.sa_family = AF_PPPOX,
		.sa_protocol = PX_PROTO_PPTP,
	};

	a.sa_addr.pptp.call_id = atoi(call);
	if (inet_pton(AF_INET, text, &a.sa_addr.pptp.sin_addr) != 1) {
		fprintf(stderr, "pptp: '%s' is no IPv4 address\n", text);
		exit(1);
	}
	memcpy(&storage, &a, sizeof(a));
	return storage;
}

int main(int argc, char **argv)
{
	struct sockaddr_storage local, remote;
	socklen_t len = sizeof(struct sockaddr_pppox);
	struct npioctl np = { .protocol = PPP_IP, .mode = NPMODE_PASS };
	int sock, channel, unit, index, number = -1;
	char command[256];

	if (argc != 8) {
		fprintf(stderr, "usage: pptp LOCAL CALL REMOTE CALL IFNAME ADDRESS PEER\n");
		return 1;
	}
	local = pptp_address(argv[1], argv[2]);
	remote = pptp_address(argv[3], argv[4]);
	sock = ok(socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_PPTP), "socket");
	ok(bind(sock, (struct sockaddr *)&local, len), "bind");
	ok(connect(sock, (struct sockaddr *)&remote, len),
	   "connect");

	ok(ioctl(sock, PPPIOCGCHAN, &index), "PPPIOCGCHAN");
	channel = ok(open("/dev/ppp", O_RDWR), "/dev/ppp");
	ok(ioctl(channel, PPPIOCATTCHAN, &index), "PPPIOCATTCHAN");
	unit = ok(open("/dev/ppp", O_RDWR), "/dev/ppp");
	ok(ioctl(unit, PPPIOCNEWUNIT, &number), "PPPIOCNEWUNIT");
	ok(ioctl(channel, PPPIOCCONNECT, &number), "PPPIOCCONNECT");
	ok(ioctl(unit, PPPIOCSNPMODE, &np), "PPPIOCSNPMODE");

	snprintf(command, sizeof(command),
		 "ip link set ppp%d name %s && ip addr add %s peer %s dev %s && ip link set %s up",
		 number, argv[5], argv[6], argv[7], argv[5], argv[5]);
	if (system(command))
		return 1;
	pause();
	return 0;
}
