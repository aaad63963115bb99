// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "stream.h"

static void no_memory(void)
{
	fputs("sitelink: out of memory\n", stderr);
	exit(1);
}

void stream_begin(struct stream *t)
{
	t->out = open_memstream(&t->data, &t->size);
	if (!t->out)
		no_memory();
}

const char *stream_end(struct stream *t, struct arena *a)
{
	const char *copy;

	if (fclose(t->out))
		no_memory();
	copy = arena_strndup(a, t->data, t->size);
	free(t->data);
	return copy;
}
