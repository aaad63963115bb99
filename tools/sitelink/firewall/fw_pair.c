// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which rules of a chain stay: the longest common subsequence, so that a rule
 * that is put in between moves none.
 */
#include <string.h>
#include <stdlib.h>
#include <stdio.h>

#include "fw_plan.h"

static bool same(const struct fw_rule *a, const struct fw_rule *b)
{
	return !strcmp(a->hash, b->hash);
}

static void stay(struct fw_rule *have, struct fw_rule *want)
{
	have->stays = true;
	want->stays = true;
	want->handle = have->handle;
	want->packets = have->packets;
	want->bytes = have->bytes;
}

static struct fw_rule **to_array(const struct fw_chain *c)
{
	size_t count = c ? c->count : 0;
	struct fw_rule **all = calloc(count + 1, sizeof(struct fw_rule *));
	struct fw_rule *r;
	unsigned int i = 0;

	if (!all) {
		fputs("sitelink: out of memory\n", stderr);
		exit(1);
	}
	for (r = c ? c->rules : NULL; r; r = r->next) {
		r->stays = false;
		r->moved = false;
		all[i++] = r;
	}
	return all;
}

/* Of what is neither at the beginning nor at the end of both */
static void middle(struct fw_rule **a, unsigned int n, struct fw_rule **b,
		   unsigned int m)
{
	unsigned int i, j, *best, *row;

	if (!n || !m)
		return;
	/* best[i][j]: how many stay of a[i..] and b[j..] */
	best = calloc((size_t)(n + 1) * (m + 1), sizeof(*best));
	if (!best) {
		fputs("sitelink: out of memory\n", stderr);
		exit(1);
	}
	for (i = n; i--;) {
		row = best + (size_t)i * (m + 1);
		for (j = m; j--;) {
			unsigned int skip_b = row[j + 1], skip_a = row[j + m + 1];

			row[j] = skip_a > skip_b ? skip_a : skip_b;
			if (same(a[i], b[j]))
				row[j] = row[j + m + 2] + 1;
		}
	}
	for (i = 0, j = 0; i < n && j < m;) {
		row = best + (size_t)i * (m + 1) + j;
		if (same(a[i], b[j]))
			stay(a[i++], b[j++]);
		else if (row[m + 1] >= row[1])
			i++;
		else
			j++;
	}
	free(best);
}

void fw_pair(struct fw_chain *have, struct fw_chain *want)
{
	struct fw_rule **a = to_array(have), **b = to_array(want);
	unsigned int n = have ? have->count : 0, m = want->count, first = 0;

	while (first < n && first < m && same(a[first], b[first])) {
		stay(a[first], b[first]);
		first++;
	}
	while (n > first && m > first && same(a[n - 1], b[m - 1])) {
		n--;
		m--;
		stay(a[n], b[m]);
	}
	middle(a + first, n - first, b + first, m - first);
	free(a);
	free(b);
}
