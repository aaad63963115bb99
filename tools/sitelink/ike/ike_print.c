// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the IKE daemon has, for print: /ip ipsec active-peers, remote-peers, and the
 * read-only properties of policies, with those that peers have asked for.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "ike_private.h"
#include "ipsec.h"
#include "ipsec_live.h"
#include "ipsec_type.h"
#include "sa_list.h"

#define POLICIES	"ip ipsec policy"

#define LIST_MS		30000

/**
 * struct use - of some CHILD_SAs
 * @count: of those that are installed
 * @ended: there are only such that end
 * @seen: seconds since something came; begins with the most that it may be
 * @rx_bytes: what came
 * @tx_bytes: what went
 */
struct use {
	unsigned int count;
	bool ended;
	uint64_t seen;
	uint64_t rx_bytes, rx_packets, tx_bytes, tx_packets;
};

static uint64_t number(json_object *o, const char *key)
{
	const char *text = json_text(o, key);

	return text ? strtoull(text, NULL, 10) : 0;
}

/* Something came so many seconds ago. */
static void see(struct use *u, json_object *child, const char *key)
{
	if (json_text(child, key) && number(child, key) < u->seen)
		u->seen = number(child, key);
}

/* Add what of an IKE_SA has the name @child; NULL: all. */
static void add_use(struct use *u, const struct sa_list *sa, const char *child)
{
	if (!sa->children)
		return;
	json_object_object_foreach(sa->children, key, one) {
		(void)key;
		if (child && !json_is(one, "name", child))
			continue;
		u->ended |= !sa_list_installed(one);
		u->count += sa_list_installed(one);
		u->rx_bytes += number(one, "bytes-in");
		u->rx_packets += number(one, "packets-in");
		u->tx_bytes += number(one, "bytes-out");
		u->tx_packets += number(one, "packets-out");
		see(u, one, "use-in");
		/* it was negotiated then */
		see(u, one, "install-time");
	}
}

static void put(struct config *c, struct item *item, const char *name,
		const char *value)
{
	if (value)
		item_put(c, item, name, value);
}

static void put_flag(struct config *c, struct item *item, const char *name,
		     bool is)
{
	item_put(c, item, name, is ? "yes" : "no");
}

static void put_number(struct config *c, struct item *item, const char *name,
		       unsigned long long value)
{
	item_putf(c, item, name, "%llu", value);
}

/* An address that one has given the other; NULL: none */
static const char *given(const struct sa_list *sa)
{
	static const char *const keys[] = { "remote-vips", "local-vips" };
	const char *address = NULL;
	size_t i;

	for (i = 0; !address && i < ARRAY_SIZE(keys); i++)
		address = json_list_text(sa->ike, keys[i], 0);
	return address;
}

static void put_peer(struct config *c, const char *path,
		     const struct sa_list *sa, const char *why)
{
	struct item *item = item_add(c, menu_by_path(path), NULL);
	bool responder = !json_text(sa->ike, "initiator");
	uint64_t up = number(sa->ike, "established");
	struct use u = { .seen = up };

	item->dynamic = true;
	add_use(&u, sa, NULL);
	put_flag(c, item, "responder", responder);
	put_flag(c, item, "natt-peer", json_text(sa->ike, "nat-any"));
	put(c, item, "id", json_text(sa->ike, "remote-id"));
	put(c, item, "local-address", json_text(sa->ike, "local-host"));
	put(c, item, "port", json_text(sa->ike, "remote-port"));
	put(c, item, "remote-address", json_text(sa->ike, "remote-host"));
	put(c, item, "dynamic-address", given(sa));
	put(c, item, "state", "established");
	put(c, item, "side", responder ? "responder" : "initiator");
	put(c, item, "uptime", time_text(c->arena, up));
	put(c, item, "last-seen", time_text(c->arena, u.seen));
	put_number(c, item, "ph2-total", u.count);
	put_number(c, item, "rx-bytes", u.rx_bytes);
	put_number(c, item, "rx-packets", u.rx_packets);
	put_number(c, item, "tx-bytes", u.tx_bytes);
	put_number(c, item, "tx-packets", u.tx_packets);
	put(c, item, "comment", why);
}

/* list-sas; NULL: the daemon does not run. The caller's. */
static json_object *read_sas(struct machine *m, struct arena *a)
{
	struct vici *v = vici_open(machine_file(m, a, IKE_SOCKET));
	json_object *sas = v ? sa_list_read(v, LIST_MS) : NULL;

	vici_close(v);
	return sas;
}

/* While keys are made anew, which may take long, it is still in use. */
static bool is_established(const struct sa_list *sa)
{
	return sa_list_state(sa, "ESTABLISHED") ||
	       sa_list_state(sa, "REKEYING");
}

void ipsec_others_peers(struct machine *m, struct config *c)
{
	json_object *sas = read_sas(m, c->arena);
	json_object *state = sas ? ike_state_read(m, c->arena) : NULL;
	struct sa_list sa;
	const char *why;
	size_t i;

	for (i = 0; sas && i < json_object_array_length(sas); i++) {
		if (!sa_list_at(sas, i, &sa) || !is_established(&sa))
			continue;
		/* what the agent has found out */
		why = json_text(ike_conn_part(state, c->arena, sa.name), "why");
		put_peer(c, "ip ipsec active-peers", &sa, why);
		put_peer(c, "ip ipsec remote-peers", &sa, why);
	}
	json_object_put(state);
	json_object_put(sas);
}

static const char *outer(const struct sa_list *sa, bool src)
{
	return json_text(sa->ike, src ? "local-host" : "remote-host");
}

/* The addresses that it has now, where the script leaves that open. */
static void put_outer(struct config *c, struct item *item,
		      const struct ipsec_policy *p, const struct sa_list *sa)
{
	if (!p->tunnel)
		return;
	if (!item_has(item, "sa-src-address"))
		put(c, item, "sa-src-address",
		    sa->name ? outer(sa, true) : p->sa_src);
	if (!item_has(item, "sa-dst-address"))
		put(c, item, "sa-dst-address",
		    sa->name ? outer(sa, false) : p->sa_dst);
}

static void put_use(struct config *c, struct item *item, const struct use *u)
{
	put_number(c, item, "ph2-count", u->count);
	put(c, item, "ph2-state", u->count ? "established" :
	    u->ended ? "expired" : "no-phase2");
	put_number(c, item, "in-bytes", u->rx_bytes);
	put_number(c, item, "in-packets", u->rx_packets);
	put_number(c, item, "out-bytes", u->tx_bytes);
	put_number(c, item, "out-packets", u->tx_packets);
}

static void put_policy(struct config *c, struct item *item,
		       const struct ipsec_policy *p, json_object *sas)
{
	struct sa_list sa, with = { 0 };
	struct use u = { 0 };
	size_t i;

	/* without a peer it has none: that is disabled */
	for (i = 0; p->peer && sas && i < json_object_array_length(sas); i++) {
		unsigned int before = u.count;

		if (!sa_list_at(sas, i, &sa) ||
		    !sa_list_of_peer(sa.name, p->peer->name))
			continue;
		add_use(&u, &sa, p->child);
		if (u.count > before)
			with = sa;
	}
	put_outer(c, item, p, &with);
	put_use(c, item, &u);
}

/* RouterOS' name of what /etc/protocols calls so, or of a number */
static const char *protocol_of(struct arena *a, const char *word)
{
	static const struct rule rule = { .type = &type_carried };
	const struct protoent *entry = getprotobyname(word);
	char number_text[16], why[80];

	snprintf(number_text, sizeof(number_text), "%d",
		 entry ? entry->p_proto : 0);
	return rule_parse(a, &rule, entry ? number_text : word, why,
			  sizeof(why));
}

/* "TYPE(CODE)" of either selector: to the kernel source and destination port */
static void put_icmp(struct config *c, struct item *item, const char *text)
{
	unsigned int type, code;
	int n = sscanf(text, "%3u(%3u)", &type, &code);

	if (n > 0)
		put_number(c, item, "src-port", type);
	if (n > 1)
		put_number(c, item, "dst-port", code);
}

/* "PREFIX[PROTOCOL/PORT]" of the daemon, as our properties. */
static void put_selector(struct config *c, struct item *item, const char *text,
			 const char *address, const char *port)
{
	char prefix[64], protocol[32] = "", service[32] = "";
	const struct servent *s;
	const char *name;

	if (sscanf(text, "%63[^[][%31[^]/]/%31[^]]", prefix, protocol,
		   service) < 1)
		return;
	put(c, item, address, prefix);
	name = *protocol ? protocol_of(c->arena, protocol) : NULL;
	put(c, item, "protocol", name);
	if (name && !strncmp(name, "icmp", 4)) {
		put_icmp(c, item, service);
		return;
	}
	s = *service && strspn(service, "0123456789") != strlen(service) ?
	    getservbyname(service, protocol) : NULL;
	if (s)
		put_number(c, item, port, ntohs(s->s_port));
	else
		put(c, item, port, *service ? service : "any");
}

static void put_generated(struct config *c, const struct ipsec_policy *p,
			  const struct sa_list *sa, json_object *child,
			  const char *src, const char *dst)
{
	struct item *item = item_add(c, menu_by_path(POLICIES), NULL);
	json_object *one = json_object_new_object();
	struct sa_list only = *sa;
	struct use u = { 0 };

	item->dynamic = true;
	put_flag(c, item, "active", true);
	put_flag(c, item, "tunnel", json_is(child, "mode", "TUNNEL"));
	put_selector(c, item, src, "src-address", "src-port");
	put_selector(c, item, dst, "dst-address", "dst-port");
	put(c, item, "level", "unique");
	put(c, item, "ipsec-protocols",
	    json_is(child, "protocol", "AH") ? "ah" : "esp");
	put(c, item, "sa-src-address", outer(sa, true));
	put(c, item, "sa-dst-address", outer(sa, false));
	put(c, item, "proposal", item_get(p->item, "proposal"));
	json_object_object_add(one, "", json_object_get(child));
	only.children = one;
	add_use(&u, &only, NULL);
	put_use(c, item, &u);
	json_object_put(one);
}

/* What a peer has got by a template: one for each pair of selectors. */
static void put_pairs(struct config *c, const struct ipsec_policy *p,
		      const struct sa_list *sa, json_object *child)
{
	const char *src, *dst;
	size_t i, j;

	for (i = 0; (src = json_list_text(child, "local-ts", i)); i++)
		for (j = 0; (dst = json_list_text(child, "remote-ts", j)); j++)
			put_generated(c, p, sa, child, src, dst);
}

static void put_template(struct config *c, const struct ipsec_policy *p,
			 json_object *sas)
{
	struct sa_list sa;
	size_t i;

	for (i = 0; sas && i < json_object_array_length(sas); i++) {
		if (!sa_list_at(sas, i, &sa) || !sa.children)
			continue;
		json_object_object_foreach(sa.children, key, child) {
			(void)key;
			if (json_is(child, "name", p->child) &&
			    sa_list_installed(child))
				put_pairs(c, p, &sa, child);
		}
	}
}

void ipsec_others_policy(struct machine *m, struct config *c)
{
	const struct ipsec *ipsec = ipsec_shown(c->arena, c);
	json_object *sas = read_sas(m, c->arena);
	const struct ipsec_policy *p;
	struct item *item;

	/* those that are added stand behind, and are of no policy */
	for_each_item(item, c, POLICIES) {
		for (p = ipsec->policies; p && p->item != item; p = p->next)
			;
		if (!p || p->template)
			continue;
		put_flag(c, item, "active",
			 p->peer || p->action != IPSEC_ENCRYPT);
		if (p->action == IPSEC_ENCRYPT)
			put_policy(c, item, p, sas);
	}
	for (p = ipsec->policies; p; p = p->next)
		if (p->template)
			put_template(c, p, sas);
	json_object_put(sas);
}
