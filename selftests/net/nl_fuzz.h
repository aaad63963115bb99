/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What netlink messages of the kinds are made of.
 */
#ifndef SELFTESTS_NL_FUZZ_H
#define SELFTESTS_NL_FUZZ_H

#define NEVER		1	/* known and always refused */
#define MAX_ATTRS	16

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

/* Those of the kind in rtnetlink, the set in generic netlink. */
struct kind {
	const char *name;
	struct field own[MAX_ATTRS];
	struct field inner[MAX_ATTRS];
	struct field set[MAX_ATTRS];
	struct field set_inner[MAX_ATTRS];
};

/* Ends with one that has no name. */
extern struct kind kinds[];

#endif /* SELFTESTS_NL_FUZZ_H */
