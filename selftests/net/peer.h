/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An EoIP endpoint of its own, written from the wire format and sharing no
 * line with the kernel module that it is to judge.
 */
#ifndef SELFTESTS_PEER_H
#define SELFTESTS_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#define FRAME_MAX	65536

/**
 * struct peer - one endpoint
 * @v6: EoIPv6
 * @id: tunnel-id
 * @raw: raw socket of the outer protocol
 * @remote: where packets go
 * @remote_len: its length
 */
struct peer {
	bool v6;
	unsigned int id;
	int raw;
	struct sockaddr_storage remote;
	socklen_t remote_len;
};

/* Put the header for a frame of len octets; returns its length. */
size_t peer_header(const struct peer *p, unsigned char *out, size_t len);
void peer_send(const struct peer *p, const unsigned char *packet, size_t len);
void fuzz(const struct peer *p, unsigned int count, unsigned int seed);

#endif /* SELFTESTS_PEER_H */
