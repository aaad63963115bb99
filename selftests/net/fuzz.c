// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutations of valid EoIP packets: bits flipped, truncated, padded, lengths,
 * ids and versions changed, and inner frames that are not what they say.
 */
#include <string.h>

#include "peer.h"

/* xorshift: the same packets for the same seed, everywhere. */
static unsigned int state;

static unsigned int rnd(unsigned int below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

/* An Ethernet frame with ARP, VLAN, IPv4 TCP SYN, IPv6 or noise in it. */
static size_t make_frame(unsigned char *f)
{
	enum { TYPES = 7 };
	static const unsigned char types[TYPES][2] = {
		{ 0x08, 0x00 }, { 0x86, 0xdd }, { 0x81, 0x00 }, { 0x08, 0x06 },
		{ 0x90, 0x03 }, { 0x88, 0xa8 }, { 0x00, 0x10 },
	};
	size_t len = 14 + rnd(300), off = 14, i;
	unsigned int t = rnd(TYPES);

	for (i = 0; i < len; i++)
		f[i] = rnd(256);
	memset(f, rnd(3) ? 0xff : 0x02, 6);
	f[6] &= 0xfe;
	memcpy(f + 12, types[t], 2);
	if (types[t][0] == 0x81 && len > 18) {
		memcpy(f + 16, types[rnd(2)], 2);
		off = 18;
	}
	if (len < off + 40)
		return len;
	if (f[off - 2] == 0x08) {
		f[off] = 0x45;
		f[off + 6] = rnd(4) ? 0 : f[off + 6];
		f[off + 7] = 0;
		f[off + 9] = rnd(4) ? 6 : f[off + 9];
		f[off + 33] |= 0x02;	/* SYN */
		f[off + 32] = rnd(16) << 4;
	} else if (f[off - 2] == 0x86) {
		f[off] = 0x60;
		f[off + 6] = rnd(3) ? 6 : 0;
	}
	return len;
}

static size_t mutate(unsigned char *p, size_t len)
{
	unsigned int n;

	switch (rnd(8)) {
	case 0:
		return rnd(len + 1);
	case 1:
		for (n = 1 + rnd(8); n; n--)
			p[rnd(len)] ^= 1 << rnd(8);
		return len;
	case 2:		/* header only */
		p[rnd(len < 8 ? len : 8)] = rnd(256);
		return len;
	case 3:		/* length field or frame's start */
		p[4] = rnd(256);
		p[5] = rnd(256);
		return len;
	case 4:		/* id */
		p[6] = rnd(256);
		p[1] = rnd(256);
		return len;
	case 5:
		memset(p + len, 0, 40);
		return len + rnd(40);
	case 6:		/* another version, PPTP's type */
		p[0] = rnd(256);
		p[2] = 0x88;
		p[3] = 0x0b;
		return len;
	}
	return len;	/* as it is */
}

/**
 * fuzz() - send mutated packets
 * @p: endpoint
 * @count: how many
 * @seed: of the sequence, not 0
 */
void fuzz(const struct peer *p, unsigned int count, unsigned int seed)
{
	unsigned char frame[512], packet[1024];

	state = seed ? seed : 1;
	while (count--) {
		size_t len = make_frame(frame);
		size_t hlen = peer_header(p, packet, len);

		memcpy(packet + hlen, frame, len);
		len = mutate(packet, hlen + len);
		peer_send(p, packet, len);
	}
}
