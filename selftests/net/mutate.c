// SPDX-License-Identifier: GPL-2.0-only
/*
 * Valid packets and mutations of them: bits flipped, truncated, padded,
 * headers changed, and inner packets that are not what they say.
 */
#include <string.h>

#include "mutate.h"

static unsigned int state = 1;

void mutate_seed(unsigned int seed)
{
	state = seed ? seed : 1;
}

/* xorshift */
unsigned int chance(unsigned int below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

static void noise(unsigned char *p, size_t len)
{
	while (len--)
		*p++ = chance(256);
}

/* Make a TCP SYN of it, most of the time. */
static void shape(unsigned char *p, size_t len, unsigned int ethertype)
{
	if (len < 40)
		return;
	if (ethertype == 0x0800) {
		p[0] = 0x45;
		p[6] = chance(4) ? 0 : p[6];
		p[7] = 0;
		p[9] = chance(4) ? 6 : chance(2) ? 47 : p[9];
		p[33] |= 0x02;	/* SYN */
		p[32] = chance(16) << 4;
	} else if (ethertype == 0x86dd) {
		p[0] = 0x60;
		p[6] = chance(3) ? 6 : 0;
	}
}

size_t make_packet(unsigned char *packet, unsigned int ethertype)
{
	size_t len = chance(300);

	noise(packet, len);
	shape(packet, len, ethertype);
	return len;
}

/* An Ethernet frame with ARP, VLAN, IPv4 TCP SYN, IPv6 or noise in it. */
size_t make_frame(unsigned char *f)
{
	enum { TYPES = 7 };
	static const unsigned short types[TYPES] = {
		0x0800, 0x86dd, 0x8100, 0x0806, 0x9003, 0x88a8, 0x0010,
	};
	size_t len = 14 + chance(300), off = 14;
	unsigned int type = types[chance(TYPES)];

	noise(f, len);
	memset(f, chance(3) ? 0xff : 0x02, 6);
	f[6] &= 0xfe;
	f[12] = type >> 8;
	f[13] = type;
	if (type == 0x8100 && len > 18) {
		type = types[chance(2)];
		f[16] = type >> 8;
		f[17] = type;
		off = 18;
	}
	shape(f + off, len - off, type);
	return len;
}

size_t mutate(unsigned char *p, size_t len, size_t hlen)
{
	unsigned int n;

	if (len < 4)
		return len;
	if (hlen > len)
		hlen = len;
	switch (chance(8)) {
	case 0:
		return chance(len + 1);
	case 1:
		for (n = 1 + chance(8); n && len; n--)
			p[chance(len)] ^= 1 << chance(8);
		return len;
	case 2:
		p[chance(hlen)] = chance(256);
		return len;
	case 3:		/* a length or a checksum */
		p[hlen / 2] = chance(256);
		p[hlen / 2 + 1] = chance(256);
		return len;
	case 4:		/* an id or a key, flags */
		p[hlen - 2] = chance(256);
		p[1] = chance(256);
		return len;
	case 5:
		memset(p + len, 0, 40);
		return len + chance(40);
	case 6:		/* another version, PPTP's type */
		p[0] = chance(256);
		if (hlen > 3) {
			p[2] = 0x88;
			p[3] = 0x0b;
		}
		return len;
	}
	return len;	/* as it is */
}
