/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is wrong, where, and what would be right.
 */
#ifndef SITELINK_DIAG_H
#define SITELINK_DIAG_H

#include <stdio.h>

/* what the compiler shall check calls for */
#define CHECKED __attribute__

/* A place in a script, from 1; columns count octets as editors of ASCII do. */
struct pos {
	unsigned int line, column;
};

/**
 * struct diag - the mistakes of a script
 * @file: as the user named it
 * @out: where they are printed, one a line as FILE:LINE:COLUMN: SENTENCE
 * @errors: so far
 */
struct diag {
	const char *file;
	FILE *out;
	unsigned int errors;
};

/*
 * Report a mistake. After DIAG_MAX of them the rest is only counted: one is often
 * the cause of the next.
 */
#define DIAG_MAX	20
void diag_error(struct diag *d, struct pos at, const char *format, ...)
	CHECKED((format(printf, 3, 4)));

#endif /* SITELINK_DIAG_H */
