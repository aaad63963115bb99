/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * IKE_SAs and CHILD_SAs as the daemon lists them.
 */
#ifndef SITELINK_SA_LIST_H
#define SITELINK_SA_LIST_H

#include "vici.h"

/**
 * struct sa_list - an IKE_SA
 * @name: of its connection
 * @ike: what the daemon says of it
 * @children: likewise, by names of no meaning; NULL: none
 */
struct sa_list {
	const char *name;
	json_object *ike, *children;
};

/* All of them as an array; NULL: no answer within @ms. The caller's. */
json_object *sa_list_read(struct vici *v, int ms);

/* The one at @i, which is of the array; false: it is none. */
bool sa_list_at(json_object *sas, size_t i, struct sa_list *sa);

/* Is that its state, in the daemon's words? */
bool sa_list_state(const struct sa_list *sa, const char *state);

/* Is the child one that carries? */
bool sa_list_installed(json_object *child);

/* Are two connections one peer's? */
bool sa_list_of_peer(const char *a, const char *b);

/* Is it one of the @words, which end with NULL? */
bool sa_list_word(const char *word, const char *const *words);

#endif /* SITELINK_SA_LIST_H */
