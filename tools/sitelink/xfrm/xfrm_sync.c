// SPDX-License-Identifier: GPL-2.0-only
/*
 * The backend of policies of ours. What is changed is changed in an order that lets
 * nothing pass in clear that neither the old nor the new ones would:
 *
 *  1. remove those that let pass and are not wanted as they are
 *  2. add those that drop, and let those rise that are wanted higher
 *  3. let those that drop sink
 *  4. add those that let pass
 *  5. remove those that drop
 */
#include <string.h>

#include "apply.h"
#include "buffer.h"
#include "xfrm.h"
#include "xfrm_want.h"

static void *want(struct apply *ap, const struct config *c)
{
	struct xfrm_rules *all = arena_alloc(ap->arena, sizeof(*all));

	xfrm_rules_wanted(ap->arena, ipsec_of(ap, c), all);
	return all;
}

static void *have(struct apply *ap)
{
	struct xfrm_rules *all = arena_alloc(ap->arena, sizeof(*all));
	struct nl_error err;

	if (!xfrm_rules_read(ap->machine, ap->arena, all, &err))
		return all;
	apply_error(ap, NULL, "IPsec policies: %s", err.text);
	return NULL;
}

/**
 * struct said - a step that has been said
 * @next: the one before it
 * @text: of it
 */
struct said {
	struct said *next;
	const char *text;
};

/**
 * struct change - from what is there to what is wanted
 * @ap: the run
 * @have: what is there
 * @want: what shall be
 * @said: steps; one policy is up to three of the kernel's
 */
struct change {
	struct apply *ap;
	const struct xfrm_rules *have, *want;
	struct said *said;
};

/* Shall it be done? */
static bool say(struct change *c, const char *verb, const char *text)
{
	struct said *s;

	text = buffer_format(c->ap->arena, "%s %s", verb, text);
	for (s = c->said; s; s = s->next)
		if (!strcmp(s->text, text))
			return !c->ap->dry;
	s = arena_alloc(c->ap->arena, sizeof(*s));
	*s = (struct said){ c->said, text };
	c->said = s;
	return apply_step(c->ap, "%s", text);
}

static int failed(struct change *c, const struct xfrm_rule *r, const char *text,
		  const struct nl_error *err)
{
	apply_error(c->ap, r->item, "IPsec policy, %s: %s", text, err->text);
	return -1;
}

static int put(struct change *c, const struct xfrm_rule *r, const char *verb)
{
	const char *text = xfrm_rule_text(c->ap->arena, r);
	struct nl_error err;

	if (!say(c, verb, text) || !xfrm_rule_put(c->ap->machine, r, &err))
		return 0;
	return failed(c, r, text, &err);
}

static int take(struct change *c, const struct xfrm_rule *r)
{
	const char *text = xfrm_rule_text(c->ap->arena, r);
	struct nl_error err;

	if (!say(c, "remove", text) ||
	    !xfrm_rule_remove(c->ap->machine, r, &err))
		return 0;
	return failed(c, r, text, &err);
}

static bool same(const struct xfrm_rule *a, const struct xfrm_rule *b)
{
	return a->priority == b->priority &&
	       !memcmp(&a->tmpl, &b->tmpl, sizeof(a->tmpl));
}

static int remove_all(struct change *c, bool blocks)
{
	const struct xfrm_rule *r;

	for (r = c->have->first; r; r = r->next) {
		const struct xfrm_rule *w = xfrm_rule_find(c->want, r);

		/* one that lets pass is put again where it is wanted */
		if (xfrm_rule_blocks(r) != blocks ||
		    (w && (blocks || same(r, w))))
			continue;
		if (take(c, r))
			return -1;
	}
	return 0;
}

/* Those that drop: new ones, or those that are there. */
static int put_blocks(struct change *c, bool rise)
{
	const struct xfrm_rule *r;

	for (r = c->want->first; r; r = r->next) {
		const struct xfrm_rule *h = xfrm_rule_find(c->have, r);
		bool higher = !h || r->priority < h->priority;

		if (!xfrm_rule_blocks(r) || (h && same(h, r)) || higher != rise)
			continue;
		if (put(c, r, h ? "move" : "add"))
			return -1;
	}
	return 0;
}

static int put_others(struct change *c)
{
	const struct xfrm_rule *r;

	for (r = c->want->first; r; r = r->next) {
		const struct xfrm_rule *h = xfrm_rule_find(c->have, r);

		if (xfrm_rule_blocks(r))
			continue;
		if ((!h || !same(h, r)) && put(c, r, "add"))
			return -1;
	}
	return 0;
}

static int make_so(struct apply *ap, void *from, void *to)
{
	struct change c = { .ap = ap, .have = from, .want = to };

	if (remove_all(&c, false) || put_blocks(&c, true) ||
	    put_blocks(&c, false) || put_others(&c))
		return -1;
	return remove_all(&c, true);
}

const struct backend xfrm_backend = { "IPsec policies", want, have, make_so };
