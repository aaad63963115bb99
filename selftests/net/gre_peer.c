// SPDX-License-Identifier: GPL-2.0-only
/*
 * gre_peer: a GRE endpoint (RFC 2784, RFC 2890) on a tun or tap device and a
 * raw socket, written from the RFCs and sharing no line with the kernel module
 * that it is to judge. What does not have exactly the options asked for, or a
 * wrong checksum, is reported and dropped.
 *
 * usage: gre_peer [options] REMOTE
 *	-t TUN		carry packets between REMOTE and this tun device
 *	-e		TUN is a tap device: frames
 *	-k KEY		with a key
 *	-c		with a checksum
 *	-q		with sequence numbers
 *	-i		IPIP (RFC 2003): no header at all, protocol 4
 *	-6		IPv6 in IPv4 (RFC 4213): likewise, protocol 41
 *	-s ADDR		source address
 *	-f COUNT,SEED	send mutated packets and end
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mutate.h"
#include "util.h"

enum {
	CSUM = 0x80,
	KEY = 0x20,
	SEQ = 0x10,
	PACKET_MAX = 65536,
};

struct gre {
	unsigned char flags;
	unsigned int key;
	unsigned int seq;
	bool tap;
	int bare;	/* IP protocol of packets without a header, or 0 */
	int raw;
	struct sockaddr_storage remote;
	socklen_t remote_len;
};

static void put32(unsigned char *p, unsigned int v)
{
	p[0] = v >> 24;
	p[1] = v >> 16;
	p[2] = v >> 8;
	p[3] = v;
}

static unsigned int get32(const unsigned char *p)
{
	return (unsigned int)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

/* RFC 1071 */
static unsigned int checksum(const unsigned char *p, size_t len)
{
	unsigned int sum = 0;
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += p[i] << 8 | p[i + 1];
	if (len & 1)
		sum += p[len - 1] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static size_t header_len(const struct gre *g)
{
	if (g->bare)
		return 0;
	return 4 + (g->flags & CSUM ? 4 : 0) + (g->flags & KEY ? 4 : 0) +
	       (g->flags & SEQ ? 4 : 0);
}

/* The whole packet: header, then the payload of that type. */
static size_t encap(struct gre *g, unsigned char *out, unsigned int type,
		    const unsigned char *payload, size_t len)
{
	unsigned char *p = out + 4;
	size_t hlen = header_len(g);

	memmove(out + hlen, payload, len);
	if (g->bare)
		return len;
	memset(out, 0, hlen);
	out[0] = g->flags;
	out[2] = type >> 8;
	out[3] = type;
	if (g->flags & CSUM)
		p += 4;
	if (g->flags & KEY) {
		put32(p, g->key);
		p += 4;
	}
	if (g->flags & SEQ)
		put32(p, g->seq++);
	if (g->flags & CSUM) {
		unsigned int sum = checksum(out, hlen + len);

		out[4] = sum >> 8;
		out[5] = sum;
	}
	return hlen + len;
}

static unsigned int type_of(const struct gre *g, const unsigned char *payload)
{
	if (g->tap)
		return 0x6558;
	return payload[0] >> 4 == 6 ? 0x86dd : 0x0800;
}

/* The payload of a received IP packet, or NULL and why. */
static const unsigned char *decap(const struct gre *g, unsigned char *packet,
				  size_t *len, const char **why)
{
	unsigned char *p = packet + (packet[0] & 0xf) * 4, *opt = p + 4;
	size_t hlen = header_len(g), n = packet + *len - p;

	*why = "truncated";
	if (n <= hlen)
		return NULL;
	*len = n;
	if (g->bare)
		return p;
	*why = NULL;
	if (p[1] || (p[2] << 8 | p[3]) != (int)type_of(g, p + hlen))
		return NULL;
	*why = "options";
	if (p[0] != g->flags)
		return NULL;
	*why = "checksum";
	if (g->flags & CSUM) {
		if (checksum(p, n))
			return NULL;
		opt += 4;
	}
	*why = "key";
	if (g->flags & KEY) {
		if (get32(opt) != g->key)
			return NULL;
		opt += 4;
	}
	*why = "sequence number";
	if (g->flags & SEQ) {
		static unsigned int next;

		if (get32(opt) != next)
			return NULL;
		next++;
	}
	*len = n - hlen;
	return p + hlen;
}

static void gre_send(const struct gre *g, const unsigned char *packet,
		     size_t len)
{
	raw_send(g->raw, packet, len, &g->remote, g->remote_len);
}

static void carry(struct gre *g, int tun)
{
	struct pollfd fds[] = { { .fd = g->raw, .events = POLLIN },
				{ .fd = tun, .events = POLLIN } };
	static unsigned char buf[PACKET_MAX], out[PACKET_MAX + 16];
	const unsigned char *payload;
	const char *why;
	size_t len;
	ssize_t n;

	while (poll(fds, 2, -1) > 0) {
		if (fds[0].revents) {
			n = recv(g->raw, buf, sizeof(buf), 0);
			if (n < 24)
				continue;
			len = n;
			payload = decap(g, buf, &len, &why);
			if (payload && write(tun, payload, len) < 0 &&
			    errno != EIO)
				die("write");
			if (!payload && why)
				fprintf(stderr, "gre_peer: wrong %s\n", why);
		}
		if (fds[1].revents) {
			n = read(tun, buf, sizeof(buf));
			if (n > 0) {
				n = encap(g, out, type_of(g, buf), buf, n);
				gre_send(g, out, n);
			}
		}
	}
	die("poll");
}

/* Valid packets of every option and type, and what chance makes of them. */
static void fuzz(struct gre *g, unsigned int count, unsigned int seed)
{
	static const unsigned int types[] = { 0x0800, 0x86dd, 0x6558, 0x0806,
					      0x883e, 0x0000, 0x0004, 0x88be };
	unsigned char payload[512], packet[1024];

	mutate_seed(seed);
	while (count--) {
		unsigned int type = types[chance(8)];
		size_t len;

		if (g->bare)
			type = g->bare == IPPROTO_IPIP ? 0x0800 : 0x86dd;
		g->flags = chance(2) ? 0 : chance(16) << 4 & (CSUM | KEY | SEQ);
		len = type == 0x6558 ? make_frame(payload) :
				       make_packet(payload, type);
		len = encap(g, packet, type, payload, len);
		gre_send(g, packet, mutate(packet, len, 16));
	}
}

int main(int argc, char **argv)
{
	unsigned int fuzz_count = 0, seed = 1;
	const char *tun = NULL, *source = NULL;
	struct gre g = { 0 };
	int opt;

	while ((opt = getopt(argc, argv, "t:ek:cqi6s:f:")) != -1) {
		switch (opt) {
		case 't':
			tun = optarg;
			break;
		case 'e':
			g.tap = true;
			break;
		case 'k':
			g.flags |= KEY;
			g.key = strtoul(optarg, NULL, 0);
			break;
		case 'c':
			g.flags |= CSUM;
			break;
		case 'q':
			g.flags |= SEQ;
			break;
		case 'i':
			g.bare = IPPROTO_IPIP;
			break;
		case '6':
			g.bare = IPPROTO_IPV6;
			break;
		case 's':
			source = optarg;
			break;
		case 'f':
			count_and_seed(optarg, &fuzz_count, &seed);
			break;
		default:
			exit(1);
		}
	}
	if (argc - optind != 1 || (!tun && !fuzz_count)) {
		fprintf(stderr, "usage: gre_peer -t TUN [options] REMOTE\n");
		exit(1);
	}
	resolve(argv[optind], NULL, &g.remote, &g.remote_len);
	g.raw = raw_socket(AF_INET, g.bare ? g.bare : IPPROTO_GRE, source);
	if (fuzz_count)
		fuzz(&g, fuzz_count, seed);
	else
		carry(&g, open_tun(tun, g.tap ? IFF_TAP : IFF_TUN));
	return 0;
}
