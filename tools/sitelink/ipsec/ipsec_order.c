// SPDX-License-Identifier: GPL-2.0-only
/*
 * RouterOS' order of policies as the kernel's priorities. A priority that changes
 * costs the policy its SAs, so that all keep theirs that can: between two there is
 * room for more.
 */
#include <string.h>

#include "apply.h"
#include "buffer.h"
#include "ike.h"
#include "ipsec_private.h"
#include "json.h"

#define FIRST	0x10000u	/* of an empty machine's first policy */
#define STEP	0x1000u		/* to the next one */
#define LEAST	2u		/* one for the daemon's, one for ours */
#define LAST	0x7fff0000u

const char *ipsec_key(struct arena *a, const struct ipsec_policy *p)
{
	return buffer_format(a, "%s/%s", p->peer ? p->peer->name : "", p->child);
}

/* What they had; in a file of ours, but a file. */
static void read_old(struct apply *ap, struct ipsec *ipsec)
{
	json_object *state = ike_state_read(ap->machine, ap->arena);
	json_object *old = json_section(state, "priorities");
	struct ipsec_policy *p;

	for (p = ipsec->policies; p; p = p->next) {
		const char *key = ipsec_key(ap->arena, p);

		/* 0: there is none */
		p->priority = json_object_get_int(json_get(old, key,
							   json_type_int));
		if (p->priority < LEAST || p->priority > LAST)
			p->priority = 0;
	}
	json_object_put(state);
}

/**
 * struct run - policies whose old priorities rise
 * @policy: the last one of it
 * @before: the run without it
 * @length: of it
 */
struct run {
	struct ipsec_policy *policy;
	struct run *before;
	unsigned int length;
};

/* Who cannot keep theirs loses it: outside of the longest run that rises. */
static void keep_longest(struct apply *ap, struct ipsec *ipsec)
{
	struct ipsec_policy *p;
	struct run *runs, *best = NULL;
	size_t count = 0, i = 0, j;

	for (p = ipsec->policies; p; p = p->next)
		count++;
	runs = arena_alloc(ap->arena, (count + 1) * sizeof(*runs));
	for (p = ipsec->policies; p; p = p->next) {
		if (!p->priority)
			continue;
		runs[i] = (struct run){ .policy = p, .length = 1 };
		for (j = 0; j < i; j++) {
			if (runs[j].policy->priority + LEAST > p->priority ||
			    runs[j].length < runs[i].length)
				continue;
			runs[i].before = &runs[j];
			runs[i].length = runs[j].length + 1;
		}
		if (!best || runs[i].length > best->length)
			best = &runs[i];
		i++;
	}
	while (i-- > 0) {
		if (best == &runs[i])
			best = best->before;
		else
			runs[i].policy->priority = 0;
	}
}

/* Give those from @first up to the next that has one theirs; false: no room. */
static bool fill(struct ipsec_policy *first, unsigned int below)
{
	unsigned int count = 1, step = STEP;
	struct ipsec_policy *p;

	for (p = first; p && !p->priority; p = p->next)
		count++;
	if (p && below)
		step = (p->priority - below) / count;
	else if (p)
		step = p->priority / count < STEP ? p->priority / count : STEP;
	if (step < LEAST)
		return false;
	if (p && !below)
		below = p->priority - count * step;
	else if (!below)
		below = FIRST - step;
	if (below + (unsigned long long)count * step > LAST)
		return false;
	for (p = first; p && !p->priority; p = p->next) {
		below += step;
		p->priority = below;
	}
	return true;
}

static bool fill_all(struct ipsec *ipsec)
{
	unsigned int below = 0;
	struct ipsec_policy *p;

	for (p = ipsec->policies; p; p = p->next) {
		if (!p->priority && !fill(p, below))
			return false;
		below = p->priority;
	}
	return true;
}

void ipsec_order(struct apply *ap, struct ipsec *ipsec)
{
	struct ipsec_policy *p;

	if (!ipsec->policies)
		return;
	read_old(ap, ipsec);
	keep_longest(ap, ipsec);
	if (fill_all(ipsec))
		return;
	for (p = ipsec->policies; p; p = p->next)
		p->priority = 0;
	fill_all(ipsec);
}
