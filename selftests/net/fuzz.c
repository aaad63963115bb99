// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutations of valid EoIP packets.
 */
#include <string.h>

#include "mutate.h"
#include "peer.h"

/**
 * fuzz() - send mutated packets
 * @p: endpoint
 * @count: how many
 * @seed: of the sequence, not 0
 */
void fuzz(const struct peer *p, unsigned int count, unsigned int seed)
{
	unsigned char frame[512], packet[1024];

	mutate_seed(seed);
	while (count--) {
		size_t len = make_frame(frame);
		size_t hlen = peer_header(p, packet, len);

		memcpy(packet + hlen, frame, len);
		len = mutate(packet, hlen + len, 8);
		peer_send(p, packet, len);
	}
}
