/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text that is written piece by piece, as a daemon's configuration.
 */
#ifndef SITELINK_STREAM_H
#define SITELINK_STREAM_H

#include <stdio.h>

#include "arena.h"

/* To be written to with fprintf(); the program ends without memory. */
struct stream {
	FILE *out;
	char *data;
	size_t size;
};

void stream_begin(struct stream *t);

/* What was written, in the arena. */
const char *stream_end(struct stream *t, struct arena *a);

#endif /* SITELINK_STREAM_H */
