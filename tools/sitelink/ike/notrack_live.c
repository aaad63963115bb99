// SPDX-License-Identifier: GPL-2.0-only
/* notrack-chain: rules of generated policies, by what the IKE daemon has installed */
#include <endian.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "fw_rule.h"
#include "fw_type.h"
#include "ike.h"
#include "json.h"
#include "notrack.h"
#include "sa_list.h"
#include "span.h"

/* of an answer of the daemon's, in ms */
#define WAIT		10000

#define ANY		"any"

/**
 * struct notrack - a rule, of one direction of a CHILD_SA
 * @next: in the same chain
 * @key: its comment: addresses, protocol and ports of both sides, each "any" or what
 *	RouterOS calls it
 * @match: nft's words
 */
struct notrack {
	struct notrack *next;
	const char *key, *match;
};

/**
 * struct chain - of the identities that have it
 * @next: another one
 * @name: nft's
 * @rules: that it shall have
 */
struct chain {
	struct chain *next;
	const char *name;
	struct notrack *rules;
};

/**
 * struct refresh - all chains
 * @arena: where they are
 * @parts: of the state
 * @chains: likewise
 */
struct refresh {
	struct arena *arena;
	json_object *parts;
	struct chain *chains;
};

/* The chain of a part; NULL: none. */
static struct chain *chain_of(struct refresh *r, json_object *part)
{
	const char *name = json_text(part, "notrack");
	struct chain *c;

	if (!name)
		return NULL;
	name = fw_name(r->arena, FW_NOTRACK, name);
	for (c = r->chains; c; c = c->next)
		if (!strcmp(c->name, name))
			return c;
	c = arena_alloc(r->arena, sizeof(*c));
	*c = (struct chain){ r->chains, name, NULL };
	return r->chains = c;
}

/**
 * struct selector - of traffic
 * @addresses: of it
 * @protocol: -1: all
 * @port: nft's words, or "any"
 */
struct selector {
	struct span addresses;
	int protocol;
	char port[16];
};

/* Numbers, or a name that the system has for one */
static void read_port(struct selector *s, const char *name)
{
	struct protoent *entry = getprotobynumber(s->protocol);
	unsigned int from, to;
	struct servent *port = NULL;

	if (!fw_has_ports(s->protocol))
		return;
	if (sscanf(name, "%5u-%5u", &from, &to) == 2)
		snprintf(s->port, sizeof(s->port), "%u-%u", from, to);
	else if (sscanf(name, "%5u", &from) == 1)
		snprintf(s->port, sizeof(s->port), "%u", from);
	else if (entry)
		port = getservbyname(name, entry->p_name);
	if (port)
		snprintf(s->port, sizeof(s->port), "%u",
			 (unsigned int)be16toh(port->s_port));
}

static void read_protocol(struct selector *s, const char *bracket)
{
	char proto[32], port[32] = "";
	const struct protoent *entry = NULL;
	unsigned int n;

	if (sscanf(bracket, "[%31[^]/]/%31[^]]", proto, port) < 1)
		return;
	if (sscanf(proto, "%3u", &n) == 1)
		s->protocol = n & 0xff;
	else
		entry = getprotobyname(proto);
	if (entry)
		s->protocol = entry->p_proto & 0xff;
	read_port(s, port);
}

/*
 * Of the daemon's text, PREFIX or FIRST..LAST, and [PROTOCOL/PORT] or [PROTOCOL];
 * false: of IPv6, or none at all.
 */
static bool read_selector(struct selector *s, const char *raw)
{
	const char *bracket = strchr(raw, '['), *dots;
	char text[80];
	size_t len;

	len = bracket ? (size_t)(bracket - raw) : strlen(raw);
	dots = strstr(raw, "..");
	if (dots && dots < raw + len)
		snprintf(text, sizeof(text), "%.*s-%.*s", (int)(dots - raw),
			 raw, (int)(raw + len - dots - 2), dots + 2);
	else
		snprintf(text, sizeof(text), "%.*s", (int)len, raw);
	*s = (struct selector){ .protocol = -1, .port = ANY };
	if (bracket)
		read_protocol(s, bracket);
	return span_of_addresses(text, &s->addresses);
}

static const char *protocol_text(struct arena *a, int protocol)
{
	static const struct rule rule = { .type = &type_protocol };
	char why[80];

	return protocol < 0 ? ANY :
	       rule_parse(a, &rule, buffer_format(a, "%d", protocol), why,
			  sizeof(why));
}

static void add_rule(struct arena *a, struct chain *c,
		     const struct selector *from, const struct selector *to)
{
	int protocol = from->protocol < 0 ? to->protocol : from->protocol;
	char src[SPAN_TEXT], dst[SPAN_TEXT];
	struct buffer match;
	struct notrack *r;
	const char *key;

	span_text(&from->addresses, src);
	span_text(&to->addresses, dst);
	key = buffer_format(a, "%s %s %s %s %s", src, dst,
			    protocol_text(a, protocol), from->port, to->port);
	/* while keys are made anew there are two of one policy */
	for (r = c->rules; r; r = r->next)
		if (!strcmp(r->key, key))
			return;
	buffer_init(&match, a);
	buffer_add(&match, "ip saddr %s ip daddr %s ", src, dst);
	if (protocol >= 0)
		buffer_add(&match, "meta l4proto %d ", protocol);
	if (strcmp(from->port, ANY))
		buffer_add(&match, "th sport %s ", from->port);
	if (strcmp(to->port, ANY))
		buffer_add(&match, "th dport %s ", to->port);
	r = arena_alloc(a, sizeof(*r));
	*r = (struct notrack){ c->rules, key, match.p };
	c->rules = r;
}

static void add_child(struct arena *a, struct chain *c, json_object *child)
{
	const char *local, *remote;
	struct selector l, r;
	size_t i, j;

	for (i = 0; (local = json_list_text(child, "local-ts", i)); i++) {
		if (!read_selector(&l, local))
			continue;
		for (j = 0; (remote = json_list_text(child, "remote-ts", j));
		     j++) {
			if (!read_selector(&r, remote))
				continue;
			add_rule(a, c, &l, &r);
			add_rule(a, c, &r, &l);
		}
	}
}

/* The CHILD_SAs of an IKE_SA that is of one of the connections */
static void add_ike(struct refresh *r, const struct sa_list *sa)
{
	const char *key = buffer_format(r->arena, "conn/%s", sa->name);
	struct chain *c = chain_of(r, json_section(r->parts, key));

	if (!c || !sa->children)
		return;
	json_object_object_foreach(sa->children, unique, child) {
		(void)unique;
		if (sa_list_installed(child))
			add_child(r->arena, c, child);
	}
}

/* false: the daemon has not answered. */
static bool add_sas(struct refresh *r, struct vici *v)
{
	json_object *sas = sa_list_read(v, WAIT);
	bool answered = sas;
	struct sa_list sa;
	size_t i;

	for (i = 0; sas && i < json_object_array_length(sas); i++)
		if (sa_list_at(sas, i, &sa))
			add_ike(r, &sa);
	json_object_put(sas);
	return answered;
}

/* A chain of which nothing is installed is emptied. */
static void add_parts(struct refresh *r)
{
	if (!r->parts)
		return;
	json_object_object_foreach(r->parts, name, part) {
		(void)name;
		chain_of(r, part);
	}
}

/* Rules that stay keep their counters. */
static void put_chain(struct buffer *commands, const struct fw_chain *have,
		      const struct chain *want)
{
	const struct notrack *w;
	const struct fw_rule *h;

	for (h = have->rules; h; h = h->next) {
		for (w = want->rules; w && strcmp(w->key, h->comment);)
			w = w->next;
		if (!w)
			buffer_add(commands,
				   "delete rule " FW_TABLE " %s handle %llu\n",
				   want->name, h->handle);
	}
	for (w = want->rules; w; w = w->next) {
		for (h = have->rules; h && strcmp(w->key, h->comment);)
			h = h->next;
		if (!h)
			buffer_add(commands, "add rule " FW_TABLE
				   " %s %scounter notrack comment \"%s\"\n",
				   want->name, w->match, w->key);
	}
}

static const char *put_chains(const struct refresh *r)
{
	const struct fw_table *t;
	const struct chain *c;
	struct buffer commands;
	const char *why;

	if (!r->chains)
		return NULL;
	t = fw_have(r->arena, &why);
	if (!t)
		return why;
	buffer_init(&commands, r->arena);
	for (c = r->chains; c; c = c->next) {
		const struct fw_chain *have = fw_chain_find(t, c->name);

		/* apply makes it, and may not have yet */
		if (have)
			put_chain(&commands, have, c);
	}
	return commands.used ? fw_run(r->arena, commands.p, NULL) : NULL;
}

const char *notrack_refresh(struct machine *m, struct arena *a, struct vici *v)
{
	json_object *state = ike_state_read(m, a);
	struct refresh r = { .arena = a };
	const char *why;

	r.parts = json_section(state, "parts");
	add_parts(&r);
	if (r.chains && !add_sas(&r, v))
		why = buffer_format(a, "%s", vici_error(v));
	else
		why = put_chains(&r);
	json_object_put(state);
	return why;
}
