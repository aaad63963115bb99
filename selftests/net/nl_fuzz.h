/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What netlink messages are made of, and those who make and send them.
 */
#ifndef SELFTESTS_NL_FUZZ_H
#define SELFTESTS_NL_FUZZ_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <libmnl/libmnl.h>
#include <linux/netlink.h>

#define NAME		"fuzz"

#define NEVER		1	/* known and always refused */
#define MUST		2	/* there, where all that must be shall be */
#define MAX_ATTRS	20

/**
 * struct field - an attribute
 * @len: octets; of text the most that is accepted, with its end
 * @good: values to take from, @n_good of them
 * @bad: values that are refused, if any
 * @text: text instead of @good, and @bad_text instead of @bad
 */
struct field {
	const char *name;
	unsigned short type;
	unsigned short len;
	unsigned char flags;
	unsigned char n_good, n_bad;
	unsigned int good[3], bad[2];
	const char *text[3], *bad_text[3];
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

/*
 * One message: what is in it, and the attribute that is wrong. Fields of which
 * one must be there always are.
 */
struct message {
	alignas(NLMSG_ALIGNTO) char buf[4096];
	struct nlmsghdr *nlh;
	struct field *in[3 * MAX_ATTRS];
	unsigned int n;
	struct field *wrong;
	struct field *target;
};

extern struct mnl_socket *rtnl, *genl;

/* Messages sent, messages that should not have been accepted or have acted. */
extern unsigned int messages, failures;

/*
 * Every second message: the attribute that was refused least often so far, of
 * either table.
 */
struct field *choose(struct field *table, struct field *inner);

/* Is the message's wrong one in that table? */
bool is_in(const struct field *f, const struct field *table);

/*
 * Some of a table, the target wrong. @all: all that must be there, too;
 * @strict: over-long attributes are refused.
 */
void put_fields(struct message *m, struct field *table, bool all, bool strict);

/* RTM_NEWLINK of NAME, up or down or neither. */
void begin_rtnl(struct message *m, int flags);

/*
 * What the kernel says to it: 0 or a negative error, and its last other answer,
 * if @reply, which holds REPLY_MAX.
 */
#define REPLY_MAX	65536
int ask(struct mnl_socket *nl, struct nlmsghdr *nlh, void *reply,
	size_t *reply_len);

/* NAME is no more. */
void del_link(void);

/* Who was accepted or refused; @err: what ask() returned. */
void count(struct message *m, int err);

/* What must not be, with what it takes to see it again. */
void complain(const char *who, const char *what, const struct message *m,
	      int err);

/* TAP: each of the table was seen accepted and refused. */
void report(const char *who, const char *door, const struct field *table);

/* Tests so far, and those that failed. */
extern int tests, failed;

/* espdev's devices and its family. */
void espdev_init(void);
void espdev_round(void);
void espdev_family_round(void);
void espdev_report(void);

#endif /* SELFTESTS_NL_FUZZ_H */
