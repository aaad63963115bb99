/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RouterOS' lists of algorithms as the daemon's proposals.
 */
#ifndef SITELINK_PROPOSAL_H
#define SITELINK_PROPOSAL_H

#include <json-c/json.h>
#include <stdbool.h>

#include "arena.h"

/**
 * struct algorithms - what may be chosen from, canonical lists of RouterOS' words
 * @enc: ciphers; NULL: none, as of AH
 * @auth: of the integrity
 * @dh: groups; "none" or NULL: none
 * @one: each proposal has but one of each kind, as IKEv1 wants it
 */
struct algorithms {
	const char *enc, *auth, *dh;
	bool one;
};

/* The most of them */
#define PROPOSALS_MAX	250

/*
 * Arrays of proposals, in the order of preference; the caller's. A cipher that
 * authenticates by itself stands in proposals of its own. NULL: there are more than
 * PROPOSALS_MAX.
 */
json_object *proposals(struct arena *a, const struct algorithms *alg);

#endif /* SITELINK_PROPOSAL_H */
