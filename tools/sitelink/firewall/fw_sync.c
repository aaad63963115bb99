// SPDX-License-Identifier: GPL-2.0-only
/* The firewall's backend: all that differs is one transaction. */
#include <string.h>

#include "fw_plan.h"
#include "ike.h"

static void *want(struct apply *ap, const struct config *c)
{
	struct fw_table *t = fw_want(ap->arena, c);

	if (t->flow)
		t->devices = fw_devices(ap->arena, ap->machine);
	return t;
}

static void *have(struct apply *ap)
{
	const char *why;
	struct fw_table *t = fw_have(ap->arena, &why);

	if (!t)
		apply_error(ap, NULL, "nftables: %s", why);
	return t;
}

/* A chain or set of that name that is none of ours: nothing changes its kind. */
static bool spoilt(const struct fw_table *h, const struct fw_table *w)
{
	const struct fw_chain *c;
	const struct fw_set *s;

	for (c = w->chains; c; c = c->next) {
		const struct fw_chain *other = fw_chain_find(h, c->name);

		if (other && strcmp(other->spec, c->spec))
			return true;
	}
	for (s = w->sets; s; s = s->next) {
		const struct fw_set *other = fw_set_find(h, s->name);

		if (other && strcmp(other->spec, s->spec))
			return true;
	}
	return false;
}

static void plan_all(struct fw_plan *p)
{
	if (!p->want->exists) {
		if (p->have->exists) {
			plan_step(p, "remove firewall");
			plan_command(p, NULL, "delete table " FW_TABLE);
		}
		return;
	}
	if (spoilt(p->have, p->want)) {
		plan_step(p, "make firewall anew: somebody has changed its chains");
		plan_command(p, NULL, "delete table " FW_TABLE);
		p->have = fw_table_new(p->ap->arena);
	}
	if (!p->have->exists)
		plan_command(p, NULL, "add table " FW_TABLE);
	plan_sets(p);
	plan_chains(p);
	plan_flowtable(p);
	plan_rules(p);
	plan_leftovers(p);
}

/* As it was: nft's own text of it, counters and all */
static void plan_restore(struct fw_plan *p)
{
	struct fw_plan trial;

	plan_init(&trial, p->ap, p->have, p->want, true);
	plan_all(&trial);
	if (!trial.differs)
		return;
	plan_step(p, "restore firewall");
	plan_command(p, NULL, "add table " FW_TABLE);
	plan_command(p, NULL, "delete table " FW_TABLE);
	plan_command(p, NULL, "%s", p->want->restore);
}

static int sync(struct apply *ap, void *from, void *to)
{
	const struct item *item = NULL;
	struct fw_plan p;
	unsigned int line;
	const char *why;

	plan_init(&p, ap, from, to, false);
	if (p.want->restore)
		plan_restore(&p);
	else
		plan_all(&p);
	if (!p.differs || !p.go)
		return 0;
	why = fw_run(ap->arena, p.commands.p, &line);
	if (!why) {
		/* it would fill them only when its SAs change */
		if (p.opened)
			ike_tell_agent(ap);
		return 0;
	}
	if (line && line <= p.lines)
		item = p.blame[line - 1];
	apply_error(ap, item, "nftables: %s", why);
	return -1;
}

const struct backend firewall_backend = { "firewall", want, have, sync };
