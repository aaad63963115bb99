// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "buffer.h"

void buffer_init(struct buffer *t, struct arena *a)
{
	*t = (struct buffer){ .arena = a, .p = arena_alloc(a, 64), .size = 64 };
}

static void reserve(struct buffer *t, size_t more)
{
	char *p;

	if (t->size - t->used > more)
		return;
	t->size = 2 * t->size + more;
	p = arena_alloc(t->arena, t->size);
	memcpy(p, t->p, t->used);
	t->p = p;
}

void buffer_vadd(struct buffer *t, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	reserve(t, len);
	vsnprintf(t->p + t->used, t->size - t->used, format, args);
	t->used += len;
}

void buffer_add(struct buffer *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buffer_vadd(t, format, args);
	va_end(args);
}

const char *buffer_format(struct arena *a, const char *format, ...)
{
	struct buffer t;
	va_list args;

	buffer_init(&t, a);
	va_start(args, format);
	buffer_vadd(&t, format, args);
	va_end(args);
	return t.p;
}
