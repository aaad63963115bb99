// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <stdio.h>

#include "conn.h"
#include "log.h"
#include "notrack.h"
#include "proposal.h"

void conn_put(json_object *o, const char *key, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	json_put_text(o, key, text);
}

void conn_put_list(json_object *o, const char *key, const char *value)
{
	json_object *list = json_object_new_array();

	json_add_text(list, value);
	json_object_object_add(o, key, list);
}

void conn_put_part(struct conn *conn, const char *kind, const char *name,
		   json_object *message)
{
	json_object *part = json_object_new_object();

	json_object_object_add(part, "message", message);
	json_object_object_add(conn->parts,
			       buffer_format(conn->ap->arena, "%s/%s", kind,
					     name), part);
}

const char *conn_algorithms(const struct conn *conn, const char *list,
			    const char *more)
{
	struct buffer all;
	char word[32];

	if (!conn->peer->item->dynamic)
		return list;
	buffer_init(&all, conn->ap->arena);
	buffer_add(&all, "%s", list);
	while (more && list_next(&more, word, sizeof(word)))
		if (!list_has(list, word))
			buffer_add(&all, ",%s", word);
	return all.p;
}

struct lifetime conn_lifetime(unsigned long long seconds)
{
	return (struct lifetime){
		.soft = seconds - seconds / 4, .hard = seconds,
		.random = seconds / 20,
	};
}

static void put_addresses(struct conn *conn)
{
	const struct ipsec_peer *p = conn->peer;
	const char *all = strstr(p->remote, "/0");
	const char *port = item_get(p->item, "port");

	conn_put_list(conn->message, "local_addrs", p->local ? p->local : "%any");
	conn_put_list(conn->message, "remote_addrs",
		      all && !all[2] ? "%any" : p->remote);
	if (strcmp(port, "500"))
		conn_put(conn->message, "remote_port", "%s", port);
}

static void put_times(struct conn *conn)
{
	const struct ipsec_peer *p = conn->peer;
	struct lifetime life;
	unsigned long long delay;

	life = conn_lifetime(time_seconds(ipsec_phase1(p, "lifetime")));
	conn_put(conn->message, "rekey_time", "%llu", life.soft);
	conn_put(conn->message, "over_time", "%llu", life.hard - life.soft);
	conn_put(conn->message, "rand_time", "%llu", life.random);
	if (!ipsec_has_dpd(p))
		return;
	delay = time_seconds(ipsec_phase1(p, "dpd-interval"));
	conn_put(conn->message, "dpd_delay", "%llu", delay);
	/* the daemon has one count for all of IKEv2, in its settings */
	if (!p->ike2)
		conn_put(conn->message, "dpd_timeout", "%llu",
			 delay * time_seconds(ipsec_phase1(p,
						"dpd-maximum-failures")));
}

static void put_proposals(struct conn *conn)
{
	const struct algorithms alg = {
		.enc = conn_algorithms(conn, ipsec_phase1(conn->peer,
						"enc-algorithm"),
				       "aes-256,3des"),
		.auth = conn_algorithms(conn, ipsec_phase1(conn->peer,
						"hash-algorithm"),
					"sha256"),
		.dh = conn_algorithms(conn, ipsec_phase1(conn->peer,
						"dh-group"),
				      "modp2048"),
		.one = !conn->peer->ike2,
	};
	json_object *list = proposals(conn->ap->arena, &alg);

	if (list)
		json_object_object_add(conn->message, "proposals", list);
	else
		item_error(conn->config, conn->peer->profile, NULL,
			   "/ip ipsec profile %s: IKEv1 negotiates each combination by itself, and there are more than %d; leave out algorithms",
			   item_get(conn->peer->profile, "name"), PROPOSALS_MAX);
}

static void put_settings(struct conn *conn)
{
	const struct ipsec_peer *p = conn->peer;
	bool contact = item_is(p->item, "send-initial-contact");

	conn_put(conn->message, "version", p->ike2 ? "2" : "1");
	if (!strcmp(item_get(p->item, "exchange-mode"), "aggressive"))
		conn_put(conn->message, "aggressive", "yes");
	/* addresses of sites stay, and a second one would float to port 4500 */
	conn_put(conn->message, "mobike", "no");
	conn_put(conn->message, "unique", contact ? "no" : "never");
	/* who begins anew, and when, is the agent's */
	conn_put(conn->message, "keyingtries", "1");
}

/* One for each identity: which it is shows when the other end says its name. */
static void put_conn(struct conn *conn)
{
	json_object *outer = json_object_new_object();
	const char *part = buffer_format(conn->ap->arena, "conn/%s",
					 conn->name);

	conn->part = json_object_new_object();
	conn->message = json_object_new_object();
	json_object_object_add(conn->parts, part, conn->part);
	json_object_object_add(conn->part, "message", outer);
	json_object_object_add(outer, conn->name, conn->message);
	if (conn->peer->local)
		conn_put(conn->part, "local", "%s", conn->peer->local);
	if (!conn->peer->any)
		conn_put(conn->part, "remote", "%s", conn->peer->remote);
	if (notrack_chain(conn->identity) && notrack_generates(conn->identity))
		conn_put(conn->part, "notrack", "%s",
			 notrack_chain(conn->identity));
	put_settings(conn);
	put_addresses(conn);
	put_proposals(conn);
	put_times(conn);
	conn_auth(conn);
	conn_mode_config(conn);
	conn_children(conn);
}

static void put_peer(struct conn *conn)
{
	const struct ipsec_peer *p = conn->peer;
	const struct ipsec_identity *id = p->identities;
	unsigned int n = 1;

	if (!id)
		diag_note(conn->config->diag, p->item->at,
			  "/ip ipsec peer %s has no identity, so nothing is negotiated with it",
			  p->name);
	for (; id; id = id->next, n++) {
		conn->identity = id->item;
		conn->first = n == 1;
		conn->name = n == 1 ? p->name :
			     buffer_format(conn->ap->arena, "%s" IKE_IDENTITY "%u",
					   p->name, n);
		put_conn(conn);
	}
}

/* How often a message is sent again; the menu's check sees to it that all agree. */
static unsigned int retries_of(const struct ipsec *ipsec)
{
	const struct ipsec_peer *p;

	for (p = ipsec->peers; p; p = p->next)
		if (p->ike2 && ipsec_has_dpd(p))
			return time_seconds(ipsec_phase1(p,
						"dpd-maximum-failures"));
	return 4;
}

json_object *ike_state(struct apply *ap, const struct config *c,
		       const struct ipsec *ipsec)
{
	json_object *state = json_object_new_object();
	json_object *order = json_object_new_object();
	struct conn conn = {
		.ap = ap, .config = c, .ipsec = ipsec,
		.parts = json_object_new_object(),
	};
	const struct ipsec_policy *p;

	json_object_object_add(state, "parts", conn.parts);
	json_object_object_add(state, "priorities", order);
	for (p = ipsec->policies; p; p = p->next)
		json_object_object_add(order, ipsec_key(ap->arena, p),
				       json_object_new_int(p->priority));
	for (conn.peer = ipsec->peers; conn.peer; conn.peer = conn.peer->next)
		put_peer(&conn);
	if (c)
		json_object_object_add(state, "log", ipsec_log_wanted(c));
	json_object_object_add(state, "retries",
			       json_object_new_int(retries_of(ipsec)));
	return state;
}
