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
#include "notrack.h"
#include "span.h"
#include "vici.h"

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
	json_object *text;
	const char *name;
	struct chain *c;

	if (!json_object_object_get_ex(part, "notrack", &text) ||
	    !json_object_is_type(text, json_type_string))
		return NULL;
	name = fw_name(r->arena, FW_NOTRACK, json_object_get_string(text));
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
	struct servent *port;
	unsigned int from, to;

	if (!entry || !fw_has_ports(s->protocol))
		return;
	port = getservbyname(name, entry->p_name);
	if (sscanf(name, "%5u-%5u", &from, &to) == 2)
		snprintf(s->port, sizeof(s->port), "%u-%u", from, to);
	else if (sscanf(name, "%5u", &from) == 1)
		snprintf(s->port, sizeof(s->port), "%u", from);
	else if (port)
		snprintf(s->port, sizeof(s->port), "%u",
			 (unsigned int)be16toh(port->s_port));
}

static void read_protocol(struct selector *s, const char *bracket)
{
	char proto[32], port[32] = "";
	struct protoent *entry;
	unsigned int n;

	if (sscanf(bracket, "[%31[^]/]/%31[^]]", proto, port) < 1)
		return;
	entry = getprotobyname(proto);
	if (sscanf(proto, "%3u", &n) == 1)
		s->protocol = n & 0xff;
	else if (entry)
		s->protocol = entry->p_proto & 0xff;
	read_port(s, port);
}

/*
 * Of the daemon's text, PREFIX or FIRST..LAST, and [PROTOCOL/PORT] or [PROTOCOL];
 * false: of IPv6, or none at all.
 */
static bool read_selector(struct selector *s, json_object *o)
{
	const char *raw = json_object_get_string(o), *bracket, *dots;
	char text[80];
	size_t len;

	if (!raw)
		return false;
	bracket = strchr(raw, '[');
	len = bracket ? (size_t)(bracket - raw) : strlen(raw);
	dots = strstr(raw, "..");
	if (dots && dots < raw + len)
		snprintf(text, sizeof(text), "%.*s-%.*s", (int)(dots - raw),
			 raw, (int)(raw + len - dots - 2), dots + 2);
	else
		snprintf(text, sizeof(text), "%.*s", (int)len, raw);
	s->protocol = -1;
	snprintf(s->port, sizeof(s->port), "%s", ANY);
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
	json_object *local, *remote;
	struct selector l, r;
	size_t i, j;

	if (!json_object_object_get_ex(child, "local-ts", &local) ||
	    !json_object_object_get_ex(child, "remote-ts", &remote) ||
	    !json_object_is_type(local, json_type_array) ||
	    !json_object_is_type(remote, json_type_array))
		return;
	for (i = 0; i < json_object_array_length(local); i++) {
		if (!read_selector(&l, json_object_array_get_idx(local, i)))
			continue;
		for (j = 0; j < json_object_array_length(remote); j++) {
			if (!read_selector(&r, json_object_array_get_idx(remote,
									 j)))
				continue;
			add_rule(a, c, &l, &r);
			add_rule(a, c, &r, &l);
		}
	}
}

/* An IKE_SA of one of the connections, with its CHILD_SAs */
static void add_ike(json_object *message, void *data)
{
	json_object *part, *children;
	struct refresh *r = data;
	struct chain *c;

	json_object_object_foreach(message, name, ike) {
		const char *key = buffer_format(r->arena, "conn/%s", name);

		if (!json_object_object_get_ex(r->parts, key, &part) ||
		    !json_object_object_get_ex(ike, "child-sas", &children) ||
		    !json_object_is_type(children, json_type_object))
			continue;
		c = chain_of(r, part);
		if (!c)
			continue;
		json_object_object_foreach(children, unique, child) {
			const char *state = vici_get(child, "state");

			(void)unique;
			if (state && !strcmp(state, "INSTALLED"))
				add_child(r->arena, c, child);
		}
	}
}

/* A chain of which nothing is installed is emptied. */
static void add_parts(struct refresh *r)
{
	if (!json_object_is_type(r->parts, json_type_object))
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
		/* apply makes it, and may not have yet */
		const struct fw_chain *have = fw_chain_find(t, c->name);

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

	json_object_object_get_ex(state, "parts", &r.parts);
	add_parts(&r);
	if (r.chains && vici_stream(v, "list-sas", NULL, "list-sa", add_ike, &r,
				    WAIT))
		why = buffer_format(a, "%s", vici_error(v));
	else
		why = put_chains(&r);
	json_object_put(state);
	return why;
}
