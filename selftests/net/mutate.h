/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Valid packets and mutations of them, the same for the same seed everywhere.
 */
#ifndef SELFTESTS_MUTATE_H
#define SELFTESTS_MUTATE_H

#include <stddef.h>

void mutate_seed(unsigned int seed);
unsigned int chance(unsigned int below);

/* At most 314 octets. */
size_t make_frame(unsigned char *frame);
size_t make_packet(unsigned char *packet, unsigned int ethertype);

/* Change @len octets, the first @hlen of them more often; up to 40 more. */
size_t mutate(unsigned char *p, size_t len, size_t hlen);

#endif /* SELFTESTS_MUTATE_H */
