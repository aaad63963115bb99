/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers made of words: the same on each machine, in each run. FNV-1a.
 */
#ifndef SITELINK_HASH_H
#define SITELINK_HASH_H

#include <stdint.h>

#define HASH_BEGIN	2166136261u

/* Of @text behind what @h is of, or behind nothing: HASH_BEGIN. */
static inline uint32_t hash_text(uint32_t h, const char *text)
{
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619;
	return h;
}

#endif /* SITELINK_HASH_H */
