/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is wrong, where, and what would be right.
 */
#ifndef SITELINK_DIAG_H
#define SITELINK_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* what the compiler shall check calls for */
#define CHECKED __attribute__

/**
 * struct pos - a place in a script
 * @file: as the user named it
 * @line: from 1
 * @column: from 1, in octets as editors of ASCII count
 * @offset: octets before it
 */
struct pos {
	const char *file;
	unsigned int line, column;
	size_t offset;
};

/**
 * struct diag - the mistakes of a script
 * @file: as the user named it, what is read with this
 * @out: where they are printed, one a line as FILE:LINE:COLUMN: SENTENCE
 * @errors: so far
 * @notes: false: only mistakes
 */
struct diag {
	const char *file;
	FILE *out;
	unsigned int errors;
	bool notes;
};

/* Something to know, with the place, but no mistake. */
void diag_note(struct diag *d, struct pos at, const char *format, ...)
	CHECKED((format(printf, 3, 4)));

/*
 * Report a mistake. After DIAG_MAX of them the rest is only counted: one is often
 * the cause of the next.
 */
#define DIAG_MAX	20
void diag_error(struct diag *d, struct pos at, const char *format, ...)
	CHECKED((format(printf, 3, 4)));

#endif /* SITELINK_DIAG_H */
