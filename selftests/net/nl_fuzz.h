/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What netlink messages of the kinds are made of.
 */
#ifndef SELFTESTS_NL_FUZZ_H
#define SELFTESTS_NL_FUZZ_H

#include <stdbool.h>

#define NEVER		1	/* known and always refused */
#define MAX_ATTRS	20

/**
 * struct field - an attribute
 * @good: values to take from, @n_good of them
 * @bad: values that are refused, if any
 */
struct field {
	const char *name;
	unsigned short type;
	unsigned char len;
	unsigned char flags;
	unsigned char n_good, n_bad;
	unsigned int good[3], bad[2];
	unsigned int accepted, refused;
};

/**
 * struct kind - a tunnel kind
 * @own: its own attributes in rtnetlink
 * @inner: those of IFLA_SITELINK
 * @set: those of tunnel-set
 * @set_inner: those of its properties
 */
struct kind {
	const char *name;
	struct field own[MAX_ATTRS];
	struct field inner[MAX_ATTRS];
	struct field set[MAX_ATTRS];
	struct field set_inner[MAX_ATTRS];
};

enum { N_KINDS = 7 };
extern struct kind kinds[N_KINDS];

/* Fill in kinds[]. */
void kinds_init(void);

#endif /* SELFTESTS_NL_FUZZ_H */
