/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that goes all at once: a script and what is made of it.
 */
#ifndef SITELINK_ARENA_H
#define SITELINK_ARENA_H

#include <stddef.h>

struct arena {
	struct arena_block *blocks;
};

/*
 * Memory of @size octets, zeroed and aligned for anything. Never NULL: without
 * memory the program ends.
 */
void *arena_alloc(struct arena *a, size_t size);

/* A copy of @len octets at @text, and a NUL. */
char *arena_strndup(struct arena *a, const char *text, size_t len);

/* Free all of it; the arena can be used again. */
void arena_free(struct arena *a);

#endif /* SITELINK_ARENA_H */
