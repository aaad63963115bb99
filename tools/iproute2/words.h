/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RouterOS' words: the properties that every kind of sitelink shares.
 */
#ifndef SITELINK_WORDS_H
#define SITELINK_WORDS_H

#include "ip_helpers.h"

/**
 * struct words - shared properties as given on the command line
 * @given: bit per IFLA_SITELINK_* attribute that was named
 * @value: its value
 */
struct words {
	unsigned int given;
	__u32 value[32];
};

/* The kind's own words, parsed with the same cursor. */
struct cursor {
	int argc;
	char **argv;
};

const char *cursor_value(struct cursor *c);
__u32 parse_number(const char *word, const char *text, __u32 max);
bool parse_switch(const char *word, const char *text);

bool words_parse(struct words *w, struct cursor *c);
void words_add(const struct words *w, struct nlmsghdr *n);
void words_print(struct rtattr *nest);
void words_help(FILE *f);

__u32 attr_u32(const struct rtattr *a);
__u8 attr_u8(const struct rtattr *a);
void print_word(const char *word, const char *text);
void print_number(const char *word, unsigned int value);

#endif /* SITELINK_WORDS_H */
