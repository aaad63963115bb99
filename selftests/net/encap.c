// SPDX-License-Identifier: GPL-2.0-only
/*
 * encap: the socket of an IKE daemon, port 4500, from which the kernel takes
 * ESP in UDP (RFC 3948). What it leaves to the daemon is printed as hex, a line
 * each.
 *
 * usage: encap
 */
#include <linux/udp.h>
#include <linux/xfrm.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util.h"

/* The daemon's own packets need no IPsec, and ESP in UDP comes as one of them:
 * the policy of a transport mode SA would want it encrypted already.
 */
static int bypass(int sock, int dir)
{
	struct xfrm_userpolicy_info pol = {
		.sel.family = AF_INET,
		.action = XFRM_POLICY_ALLOW,
		.dir = dir,
	};

	return setsockopt(sock, IPPROTO_IP, IP_XFRM_POLICY, &pol, sizeof(pol));
}

int main(void)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons(4500),
	};
	int type = UDP_ENCAP_ESPINUDP;
	unsigned char buf[2048];
	ssize_t len, i;
	int sock;

	sock = socket(AF_INET, SOCK_DGRAM, 0);
	if (sock < 0 || bind(sock, (struct sockaddr *)&addr, sizeof(addr)) ||
	    setsockopt(sock, IPPROTO_UDP, UDP_ENCAP, &type, sizeof(type)) ||
	    bypass(sock, XFRM_POLICY_IN) || bypass(sock, XFRM_POLICY_OUT))
		die("port 4500");
	while ((len = recv(sock, buf, sizeof(buf), 0)) >= 0) {
		for (i = 0; i < len; i++)
			printf("%02x", buf[i]);
		printf("\n");
		fflush(stdout);
	}
	die("recv");
}
