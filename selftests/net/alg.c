// SPDX-License-Identifier: GPL-2.0-only
/*
 * alg: have the kernel make an algorithm from templates, as pcrypt(DRIVER). It
 * stays, and as its priority is higher than DRIVER's, who asks for what DRIVER
 * does gets this one from then on.
 *
 * usage: alg TYPE DRIVER	(aead "pcrypt(rfc4106-gcm-aesni)")
 */
#include <linux/if_alg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util.h"

int main(int argc, char **argv)
{
	struct sockaddr_alg addr = { .salg_family = AF_ALG };
	int sock;

	if (argc != 3 || strlen(argv[1]) >= sizeof(addr.salg_type) ||
	    strlen(argv[2]) >= sizeof(addr.salg_name)) {
		fprintf(stderr, "usage: alg TYPE DRIVER\n");
		return 2;
	}
	memcpy(addr.salg_type, argv[1], strlen(argv[1]));
	memcpy(addr.salg_name, argv[2], strlen(argv[2]));
	sock = socket(AF_ALG, SOCK_SEQPACKET, 0);
	if (sock < 0 || bind(sock, (struct sockaddr *)&addr, sizeof(addr)))
		die(argv[2]);
	close(sock);
	return 0;
}
