// SPDX-License-Identifier: GPL-2.0-only
/*
 * esp_fuzz: mutated packets for a device that encrypts, or mutated ESP for the
 * one that decrypts.
 *
 * usage: esp_fuzz -d DEVICE COUNT,SEED	inner packets, past the IP stack
 *	  esp_fuzz -n DEVICE COUNT,SEED	likewise, whole, of protocol 0
 *	  esp_fuzz -s SPI ADDRESS COUNT,SEED	ESP that is none
 */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mutate.h"
#include "util.h"

enum { ROOM = 512, ESP_HLEN = 16, ADDRESSES = 12, ADDRESSES6 = 8 };

/* To where the tunnel's traffic goes. */
static void address(unsigned char *packet, unsigned int type, size_t len)
{
	static const unsigned char v4[] = { 10, 0, 0, 2, 10, 0, 0, 1 };
	static const unsigned char v6[32] = { 0xfd, [15] = 2, [16] = 0xfd,
					      [31] = 1 };

	if (type == ETH_P_IP) {
		memcpy(packet + ADDRESSES, v4, sizeof(v4));
		packet[2] = len >> 8;
		packet[3] = len;
	} else {
		memcpy(packet + ADDRESSES6, v6, sizeof(v6));
	}
}

/* IPv4 or IPv6, whole headers but for what mutate() does to them. */
static void inner(int sock, const char *device, unsigned int count,
		  bool nameless)
{
	struct sockaddr_storage ss = { 0 };
	struct sockaddr_ll *to = (struct sockaddr_ll *)&ss;
	unsigned char packet[ROOM];

	to->sll_family = AF_PACKET;
	to->sll_ifindex = if_nametoindex(device);
	if (!to->sll_ifindex)
		die(device);
	while (count--) {
		unsigned int type = chance(4) ? ETH_P_IP : ETH_P_IPV6;
		size_t len = make_packet(packet, type);

		if (len >= 40 && (nameless || (type == ETH_P_IP && chance(8))))
			address(packet, type, len);
		if (!nameless)
			len = mutate(packet, len, 40);
		to->sll_protocol = htons(nameless ? 0 : type);
		raw_send(sock, packet, len ? len : 1, &ss, sizeof(*to));
	}
}

static void outer(int sock, unsigned int spi, const char *address,
		  unsigned int count)
{
	struct sockaddr_storage to;
	unsigned char packet[ROOM];
	socklen_t to_len;

	resolve(address, NULL, &to, &to_len);
	while (count--) {
		size_t len = ESP_HLEN + make_packet(packet + ESP_HLEN, 0);

		packet[0] = spi >> 24;
		packet[1] = spi >> 16;
		packet[2] = spi >> 8;
		packet[3] = spi;
		/* ahead of the replay window, or it never comes to the ICV */
		packet[4] = 0x10;
		packet[5] = count >> 16;
		packet[6] = count >> 8;
		packet[7] = chance(256);
		len = mutate(packet, len, chance(4) ? 16 : 8);
		raw_send(sock, packet, len, &to, to_len);
	}
}

int main(int argc, char **argv)
{
	unsigned int count, seed;
	int sock;

	if (argc < 4) {
		fprintf(stderr, "usage: esp_fuzz -d|-n DEVICE COUNT,SEED\n"
			"       esp_fuzz -s SPI ADDRESS COUNT,SEED\n");
		return 2;
	}
	count_and_seed(argv[argc - 1], &count, &seed);
	mutate_seed(seed);
	if (!strcmp(argv[1], "-d") || !strcmp(argv[1], "-n")) {
		sock = socket(AF_PACKET, SOCK_DGRAM, 0);
		if (sock < 0)
			die("packet socket");
		inner(sock, argv[2], count, argv[1][1] == 'n');
	} else {
		sock = raw_socket(AF_INET, IPPROTO_ESP, NULL);
		outer(sock, strtoul(argv[2], NULL, 0), argv[3], count);
	}
	close(sock);
	return 0;
}
