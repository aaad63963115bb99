/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's security associations. */
#ifndef SITELINK_SA_H
#define SITELINK_SA_H

#include <linux/xfrm.h>
#include <stdbool.h>

#include "ip.h"
#include "nl.h"

/**
 * struct sa_alg - an algorithm of an SA
 * @name: the kernel's; "": there is none
 * @bits: of the key
 * @key: in hex digits
 */
struct sa_alg {
	const char *name, *key;
	unsigned int bits;
};

/**
 * struct sa - a security association
 * @next: in the kernel's order
 * @info: what all have
 * @src: where its packets come from
 * @dst: where they go
 * @auth: what makes them genuine
 * @enc: what encrypts them
 * @aead: what does both
 * @window: of sequence numbers
 * @offload: index of the device that does the work, or 0
 */
struct sa {
	struct sa *next;
	struct xfrm_usersa_info info;
	struct ip src, dst;
	struct sa_alg auth, enc, aead;
	unsigned int window;
	int offload;
};

/*
 * All of them, in @first. 0, or -1 and @err; without IPsec in the kernel there are
 * none.
 */
int sas_read(struct machine *m, struct arena *a, struct sa **first,
	     struct nl_error *err);

/* It waits for its keys. */
bool sa_is_larval(const struct sa *sa);

#endif /* SITELINK_SA_H */
