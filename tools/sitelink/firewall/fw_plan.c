// SPDX-License-Identifier: GPL-2.0-only
/* Chains and rules. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fw_plan.h"

void plan_init(struct fw_plan *p, struct apply *ap, const struct fw_table *have,
	       const struct fw_table *want, bool quiet)
{
	*p = (struct fw_plan){
		.ap = ap, .have = have, .want = want, .quiet = quiet, .go = true,
	};
	buffer_init(&p->commands, ap->arena);
}

void plan_step(struct fw_plan *p, const char *format, ...)
{
	char text[400];
	va_list args;

	p->differs = true;
	if (p->quiet)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (!apply_step(p->ap, "%s", text))
		p->go = false;
}

void plan_command(struct fw_plan *p, const struct item *item,
		  const char *format, ...)
{
	const struct item **more;
	va_list args;

	if (p->lines == p->room) {
		p->room = 2 * p->room + 16;
		more = arena_alloc(p->ap->arena, p->room * sizeof(*more));
		if (p->lines)
			memcpy(more, p->blame, p->lines * sizeof(*more));
		p->blame = more;
	}
	p->blame[p->lines++] = item;
	va_start(args, format);
	buffer_vadd(&p->commands, format, args);
	va_end(args);
	buffer_add(&p->commands, "\n");
}

void plan_chains(struct fw_plan *p)
{
	char type[16], hook[16], prio[16];
	struct fw_chain *c;

	for (c = p->want->chains; c; c = c->next) {
		if (fw_chain_find(p->have, c->name))
			continue;
		p->opened |= c->open;
		plan_step(p, "add firewall chain %s", c->name);
		if (sscanf(c->spec, "%15s %15s %15s", type, hook, prio) == 3)
			plan_command(p, NULL, "add chain " FW_TABLE
				     " %s { type %s hook %s priority %s; policy accept; }",
				     c->name, type, hook, prio);
		else
			plan_command(p, NULL, "add chain " FW_TABLE " %s",
				     c->name);
	}
}

/* What the rule is, for people: RouterOS' comment, or nft's words */
static const char *label(const struct fw_rule *r)
{
	const char *comment = strchr(r->comment, ' ');

	if (comment)
		return comment + 1;
	if (*r->match || *r->stmt)
		return *r->match ? r->match : r->stmt + 1;
	return *r->comment ? r->comment : "one that is not ours";
}

/* A rule that goes here and comes there is moved, with its counters. */
static bool take_counters(const struct fw_chain *from, struct fw_rule *r)
{
	struct fw_rule *old = from ? from->rules : NULL;

	while (old && (old->stays || old->moved || strcmp(old->hash, r->hash)))
		old = old->next;
	if (!old)
		return false;
	r->packets = old->packets;
	r->bytes = old->bytes;
	old->moved = true;
	return true;
}

static void put_rule(struct fw_plan *p, const struct fw_chain *c,
		     const struct fw_rule *r, const char *verb,
		     unsigned long long handle)
{
	const char *where = "";

	if (handle)
		where = buffer_format(p->ap->arena, " handle %llu", handle);
	plan_command(p, r->item, "%s rule " FW_TABLE
		     " %s%s %scounter packets %llu bytes %llu%s comment \"%s\"",
		     verb, c->name, where, r->match, r->packets, r->bytes,
		     r->stmt, r->comment);
}

static struct fw_rule *next_that_stays(struct fw_rule *r)
{
	while (r && !r->stays)
		r = r->next;
	return r;
}

static const struct fw_rule *by_handle(const struct fw_chain *c,
				       unsigned long long handle)
{
	const struct fw_rule *r = c->rules;

	while (r->handle != handle)
		r = r->next;
	return r;
}

static void place_rule(struct fw_plan *p, struct fw_chain *have,
		       struct fw_chain *c, struct fw_rule *r, unsigned int n)
{
	struct fw_rule *next;

	if (r->stays) {
		if (!strcmp(by_handle(have, r->handle)->comment, r->comment))
			return;
		plan_step(p, "comment rule %u in %s: %s", n, c->name, label(r));
		put_rule(p, c, r, "replace", r->handle);
		return;
	}
	plan_step(p, "%s rule %u in %s: %s",
		  take_counters(have, r) ? "move to" : "add", n, c->name,
		  label(r));
	next = next_that_stays(r->next);
	put_rule(p, c, r, next ? "insert" : "add", next ? next->handle : 0);
}

static void remove_rules(struct fw_plan *p, const struct fw_chain *c)
{
	const struct fw_rule *r;
	unsigned int n = 0;

	for (r = c ? c->rules : NULL; r; r = r->next, n++) {
		if (r->stays)
			continue;
		if (!r->moved) /* which has been told */
			plan_step(p, "remove rule %u from %s: %s", n, c->name,
				  label(r));
		plan_command(p, NULL, "delete rule " FW_TABLE " %s handle %llu",
			     c->name, r->handle);
	}
}

void plan_rules(struct fw_plan *p)
{
	struct fw_chain *c;
	struct fw_rule *r;

	for (c = p->want->chains; c; c = c->next) {
		struct fw_chain *have = fw_chain_find(p->have, c->name);
		unsigned int n = 0;

		if (c->open)
			continue;
		fw_pair(have, c);
		for (r = c->rules; r; r = r->next)
			place_rule(p, have, c, r, n++);
		remove_rules(p, have);
	}
}

/* Rules may name each other's chains: all of them go before the first chain. */
static void remove_chains(struct fw_plan *p)
{
	struct fw_chain *c;

	for (c = p->have->chains; c; c = c->next)
		if (!fw_chain_find(p->want, c->name))
			plan_command(p, NULL, "flush chain " FW_TABLE " %s",
				     c->name);
	for (c = p->have->chains; c; c = c->next) {
		if (fw_chain_find(p->want, c->name))
			continue;
		plan_step(p, "remove firewall chain %s", c->name);
		plan_command(p, NULL, "delete chain " FW_TABLE " %s", c->name);
	}
}

void plan_leftovers(struct fw_plan *p)
{
	struct fw_set *s;

	remove_chains(p);
	for (s = p->have->sets; s; s = s->next) {
		if (fw_set_find(p->want, s->name))
			continue;
		plan_step(p, "remove firewall set %s", s->name);
		plan_command(p, NULL, "delete set " FW_TABLE " %s", s->name);
	}
	if (!p->have->flow || p->want->flow)
		return;
	plan_step(p, "remove fasttrack");
	plan_command(p, NULL, "delete flowtable " FW_TABLE " " FW_FLOWTABLE);
}
