/* SPDX-License-Identifier: GPL-2.0-only */
/* Text that grows, in an arena. */
#ifndef SITELINK_BUFFER_H
#define SITELINK_BUFFER_H

#include <stdarg.h>

#include "arena.h"
#include "diag.h"

/**
 * struct buffer - a text
 * @arena: where it is
 * @p: it, with a NUL; never NULL after buffer_init()
 * @used: octets without the NUL
 * @size: that @p has place for
 */
struct buffer {
	struct arena *arena;
	char *p;
	size_t used, size;
};

void buffer_init(struct buffer *t, struct arena *a);
void buffer_add(struct buffer *t, const char *format, ...)
	CHECKED((format(printf, 2, 3)));
void buffer_vadd(struct buffer *t, const char *format, va_list args)
	CHECKED((format(printf, 2, 0)));

/* A text of its own. */
const char *buffer_format(struct arena *a, const char *format, ...)
	CHECKED((format(printf, 2, 3)));

#endif /* SITELINK_BUFFER_H */
