// SPDX-License-Identifier: GPL-2.0-only
#include "mark.h"

uint64_t hash_text(uint64_t seed, const char *text)
{
	uint64_t h = seed ^ 0xcbf29ce484222325ULL;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3ULL;
	return h;
}

uint32_t mark_of_connection(const char *name)
{
	return hash_text(0, name) % 0xffffffffU + 1;
}

uint32_t mark_of_packet(const char *name)
{
	return (hash_text(0, name) % 0xffff + 1) << 16;
}

uint32_t mark_of_table(uint32_t table)
{
	return table <= MARK_ROUTING ? table : table % MARK_ROUTING + 1;
}
