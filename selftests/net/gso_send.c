// SPDX-License-Identifier: GPL-2.0-only
/*
 * gso_send: send one super-packet.
 *
 * usage: gso_send udp ADDRESS PAYLOAD SEGMENT
 *	gso_send tap TAP DSTMAC PAYLOAD SEGMENT
 *
 * udp: by UDP_SEGMENT, to port 9.
 * tap: TCP into a tap device, as a virtual machine does: the kernel trusts
 * nothing in it (SKB_GSO_DODGY) and counts no segments. The tap is created,
 * SIGUSR1 sends the packet (10.0.0.9 to 10.0.0.2).
 */
#include <arpa/inet.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util.h"

#define ETH_LEN	14

static unsigned int sum(const void *data, size_t len, unsigned int acc)
{
	const unsigned char *p = data;
	size_t i;

	for (i = 0; i < len; i++)
		acc += i & 1 ? p[i] : p[i] << 8;
	while (acc >> 16)
		acc = (acc & 0xffff) + (acc >> 16);
	return acc;
}

/* The pseudo-header sum, which CHECKSUM_PARTIAL wants in the field. */
static unsigned short pseudo(const struct iphdr *ip, unsigned int len)
{
	unsigned int acc = sum(&ip->saddr, 8, ip->protocol + len);

	return htons(acc);
}

static void send_udp(const char *to, size_t payload, int segment)
{
	struct sockaddr_storage addr;
	static char buf[65536];
	socklen_t len;
	int fd;

	resolve(to, "9", &addr, &len);
	fd = socket(addr.ss_family, SOCK_DGRAM, 0);
	if (fd < 0 || setsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &segment,
				 sizeof(segment)))
		die("UDP_SEGMENT");
	if (sendto(fd, buf, payload, 0, (struct sockaddr *)&addr, len) < 0)
		die("sendto");
}

static void send_tap(const char *tap, const char *to, size_t payload,
		     int segment)
{
	static unsigned char buf[70000];
	struct virtio_net_hdr *vnet = (void *)buf;
	unsigned char *eth = buf + sizeof(*vnet);
	struct iphdr *ip = (void *)(eth + ETH_LEN);
	struct tcphdr *th = (void *)(ip + 1);
	const size_t hlen = ETH_LEN + sizeof(*ip) + sizeof(*th);
	unsigned int mac[6];
	sigset_t go;
	int fd, i;

	if (sscanf(to, "%x:%x:%x:%x:%x:%x", mac, mac + 1, mac + 2, mac + 3,
		   mac + 4, mac + 5) != 6) {
		fprintf(stderr, "gso_send: '%s' is no MAC address\n", to);
		exit(1);
	}
	for (i = 0; i < 6; i++)
		eth[i] = mac[i];
	memcpy(eth + 6, "\x02\0\0\0\0\x09\x08\0", 8);
	ip->version = 4;
	ip->ihl = 5;
	ip->ttl = 64;
	ip->id = htons(100);
	ip->frag_off = htons(IP_DF);
	ip->protocol = IPPROTO_TCP;
	ip->tot_len = htons(hlen - ETH_LEN + payload);
	ip->saddr = htonl(0x0a000009);
	ip->daddr = htonl(0x0a000002);
	ip->check = htons(~sum(ip, sizeof(*ip), 0));
	th->source = htons(5555);
	th->dest = htons(9);
	th->seq = htonl(1000);
	th->doff = 5;
	th->ack = 1;
	th->psh = 1;
	th->fin = 1;
	th->window = htons(1000);
	th->check = pseudo(ip, sizeof(*th) + payload);
	for (i = 0; i < (int)payload; i++)
		eth[hlen + i] = i >> 8 ^ i;

	vnet->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	vnet->gso_type = VIRTIO_NET_HDR_GSO_TCPV4;
	vnet->gso_size = segment;
	vnet->hdr_len = hlen;
	vnet->csum_start = hlen - sizeof(*th);
	vnet->csum_offset = offsetof(struct tcphdr, check);

	sigemptyset(&go);
	sigaddset(&go, SIGUSR1);
	sigprocmask(SIG_BLOCK, &go, NULL);
	fd = open_tun(tap, IFF_TAP | IFF_VNET_HDR);
	sigwait(&go, &i);
	if (write(fd, buf, sizeof(*vnet) + hlen + payload) < 0)
		die("write");
	pause();
}

int main(int argc, char **argv)
{
	int payload = argc > 3 ? atoi(argv[argc - 2]) : 0;

	if (payload > 0 && payload <= 65000) {
		if (argc == 5 && !strcmp(argv[1], "udp")) {
			send_udp(argv[2], payload, atoi(argv[4]));
			return 0;
		}
		if (argc == 6 && !strcmp(argv[1], "tap")) {
			send_tap(argv[2], argv[3], payload, atoi(argv[5]));
			return 0;
		}
	}
	fprintf(stderr, "usage: gso_send udp ADDRESS PAYLOAD SEGMENT\n"
		"       gso_send tap TAP DSTMAC PAYLOAD SEGMENT\n");
	return 1;
}
