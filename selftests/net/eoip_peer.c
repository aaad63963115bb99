// SPDX-License-Identifier: GPL-2.0-only
/*
 * eoip_peer: an EoIP and EoIPv6 endpoint on a tap device and a raw socket.
 *
 *	EoIP	IPv4 protocol 47: 20 01 64 00 LEN(be16) ID(le16), frame
 *	EoIPv6	IPv6 next header 97: (ID >> 8) << 4 | 3, ID & 0xff, frame
 *
 * usage: eoip_peer [options] REMOTE ID
 *	-s ADDR		source address
 *	-p PROTO	another IP protocol, with -x
 *	-t TAP		carry frames between REMOTE and this tap device
 *	-k MS		send a keepalive every MS
 *	-x HEX		send these octets behind the IP header and end
 *	-f COUNT,SEED	send mutated packets and end
 */
#include <arpa/inet.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "peer.h"
#include "util.h"

size_t peer_header(const struct peer *p, unsigned char *out, size_t len)
{
	if (p->v6) {
		out[0] = (p->id >> 8) << 4 | 3;
		out[1] = p->id & 0xff;
		return 2;
	}
	out[0] = 0x20;
	out[1] = 0x01;
	out[2] = 0x64;
	out[3] = 0x00;
	out[4] = len >> 8;
	out[5] = len & 0xff;
	out[6] = p->id & 0xff;
	out[7] = p->id >> 8;
	return 8;
}

void peer_send(const struct peer *p, const unsigned char *packet, size_t len)
{
	raw_send(p->raw, packet, len, &p->remote, p->remote_len);
}

static void send_frame(const struct peer *p, const unsigned char *frame,
		       size_t len)
{
	unsigned char packet[FRAME_MAX + 8];
	size_t hlen = peer_header(p, packet, len);

	memcpy(packet + hlen, frame, len);
	peer_send(p, packet, hlen + len);
}

/* The frame in a received packet: its length, 0 for none of ours. */
static size_t parse(const struct peer *p, const unsigned char *packet,
		    size_t len, const unsigned char **frame)
{
	unsigned char want[8];
	size_t off = 0, hlen, said;

	if (!p->v6) {
		if (len < 20)
			return 0;
		off = (packet[0] & 0xf) * 4;
	}
	if (p->v6 && len < 2)
		return 0;
	said = p->v6 ? len - 2 : 0;
	if (!p->v6) {
		if (len < off + 8)
			return 0;
		said = packet[off + 4] << 8 | packet[off + 5];
	}
	hlen = peer_header(p, want, said);
	if (memcmp(packet + off, want, hlen) || said != len - off - hlen)
		return 0;
	*frame = packet + off + hlen;
	return said;
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void carry(const struct peer *p, int tap, int keepalive_ms)
{
	struct pollfd fds[] = { { .fd = p->raw, .events = POLLIN },
				{ .fd = tap, .events = POLLIN } };
	static unsigned char buf[FRAME_MAX];
	const unsigned char *frame;
	long next = now_ms();
	ssize_t n;

	for (;;) {
		long left = next - now_ms();

		if (keepalive_ms && left <= 0) {
			send_frame(p, buf, 0);
			next += keepalive_ms;
			continue;
		}
		if (poll(fds, tap < 0 ? 1 : 2, keepalive_ms ? left : -1) < 0)
			die("poll");
		if (fds[0].revents) {
			n = recv(p->raw, buf, sizeof(buf), 0);
			if (n > 0 && tap >= 0) {
				n = parse(p, buf, n, &frame);
				if (n > 0 && write(tap, frame, n) < 0)
					perror("eoip_peer: tap");
			}
		}
		if (tap >= 0 && fds[1].revents) {
			n = read(tap, buf, sizeof(buf));
			if (n > 0)
				send_frame(p, buf, n);
		}
	}
}

static void send_hex(const struct peer *p, const char *hex)
{
	unsigned char packet[4096];

	peer_send(p, packet, unhex(hex, packet, sizeof(packet)));
}

int main(int argc, char **argv)
{
	const char *source = NULL, *tap = NULL, *hex = NULL;
	unsigned int fuzz_count = 0, seed = 1;
	int opt, proto = 0, keepalive_ms = 0;
	struct peer p = { 0 };

	while ((opt = getopt(argc, argv, "s:p:t:k:x:f:")) != -1) {
		switch (opt) {
		case 's':
			source = optarg;
			break;
		case 'p':
			proto = atoi(optarg);
			break;
		case 't':
			tap = optarg;
			break;
		case 'k':
			keepalive_ms = atoi(optarg);
			break;
		case 'x':
			hex = optarg;
			break;
		case 'f':
			count_and_seed(optarg, &fuzz_count, &seed);
			break;
		default:
			exit(1);
		}
	}
	if (argc - optind != 2) {
		fprintf(stderr, "usage: eoip_peer [options] REMOTE ID\n");
		exit(1);
	}
	resolve(argv[optind], NULL, &p.remote, &p.remote_len);
	p.id = atoi(argv[optind + 1]);
	p.v6 = p.remote.ss_family == AF_INET6;
	if (!proto)
		proto = p.v6 ? 97 : 47;
	p.raw = raw_socket(p.remote.ss_family, proto, source);
	if (hex)
		send_hex(&p, hex);
	else if (fuzz_count)
		fuzz(&p, fuzz_count, seed);
	else
		carry(&p, tap ? open_tun(tap, IFF_TAP) : -1, keepalive_ms);
	return 0;
}
