// SPDX-License-Identifier: GPL-2.0-only
/* Policies as CHILD_SAs. */
#include <string.h>
#include <stdio.h>

#include "conn.h"
#include "proposal.h"

/* RouterOS' window; the daemon's own is 32. */
#define REPLAY_WINDOW	"128"

#define ANY	"any"

/* "PREFIX[PROTOCOL/PORT]"; @prefix NULL: the address the connection has */
static void put_selector(json_object *o, const char *key, const char *prefix,
			 unsigned int protocol, const char *port)
{
	char text[128];
	int len;

	len = snprintf(text, sizeof(text), "%s", prefix ? prefix : "dynamic");
	if (protocol && strcmp(port, ANY))
		snprintf(text + len, sizeof(text) - len, "[%u/%s]", protocol,
			 port);
	else if (protocol)
		snprintf(text + len, sizeof(text) - len, "[%u]", protocol);
	conn_put_list(o, key, text);
}

/* The template that is there by itself takes both families. */
static void put_template_selector(json_object *o, const char *key,
				  const char *prefix, unsigned int protocol)
{
	if (prefix && strcmp(prefix, "::/0")) {
		put_selector(o, key, prefix, protocol, ANY);
		return;
	}
	put_selector(o, key, "0.0.0.0/0", protocol, ANY);
	json_add_text(json_list(o, key), "::/0");
}

static void put_proposals(struct conn *conn, const struct ipsec_policy *p,
			  json_object *child)
{
	const struct algorithms alg = {
		.enc = p->ah ? NULL :
		       conn_algorithms(conn, item_get(p->proposal,
						      "enc-algorithms"),
				       "aes-256-cbc,aes-128-cbc"),
		.auth = conn_algorithms(conn, item_get(p->proposal,
						       "auth-algorithms"),
					"sha256"),
		.dh = conn_algorithms(conn, item_get(p->proposal, "pfs-group"),
				      "modp2048"),
		.one = !conn->peer->ike2,
	};
	json_object *list = proposals(conn->ap->arena, &alg);

	if (list)
		json_object_object_add(child, p->ah ? "ah_proposals" :
				       "esp_proposals", list);
	else
		item_error(conn->config, p->proposal, NULL,
			   "/ip ipsec proposal %s: IKEv1 negotiates each combination by itself, and there are more than %d; leave out algorithms",
			   item_get(p->proposal, "name"), PROPOSALS_MAX);
}

static void put_lifetime(const struct ipsec_policy *p, json_object *child)
{
	struct lifetime life;

	life = conn_lifetime(time_seconds(item_get(p->proposal, "lifetime")));
	conn_put(child, "rekey_time", "%llu", life.soft);
	conn_put(child, "life_time", "%llu", life.hard);
	conn_put(child, "rand_time", "%llu", life.random);
}

/* "up", "vti": lists of children in the part */
static json_object *list_of(struct conn *conn, const char *key,
			    json_object *(*make)(void))
{
	json_object *list;

	if (!json_object_object_get_ex(conn->part, key, &list)) {
		list = make();
		json_object_object_add(conn->part, key, list);
	}
	return list;
}

static void keep_up(struct conn *conn, const struct ipsec_policy *p)
{
	json_add_text(list_of(conn, "up", json_object_new_array), p->child);
}

static void put_policy(struct conn *conn, const struct ipsec_policy *p,
		       json_object *child)
{
	bool begins = conn->first && !conn->peer->passive;

	put_selector(child, "local_ts", p->src, p->protocol, p->src_port);
	put_selector(child, "remote_ts", p->dst, p->protocol, p->dst_port);
	conn_put(child, "mode", p->tunnel ? "tunnel" : "transport");
	if (p->vti)
		conn_put(list_of(conn, "vti", json_object_new_object),
			 p->child, "%s", p->vti);
	if (p->level == IPSEC_USE && !p->tunnel) {
		/* the kernel's policy is ours, and finds the SA by this */
		conn_put(child, "policies", "no");
		conn_put(child, "reqid", "%u", p->priority);
	}
	if (p->level != IPSEC_USE && begins)
		conn_put(child, "start_action", "trap");
	if (begins)
		keep_up(conn, p);
}

/*
 * Who asks for an address begins, and what it gets is its end of the selector. Who
 * answers takes either mode: with "transport" the daemon compares what is asked for
 * with the addresses of IKE, whatever the selectors say.
 */
static void put_template(struct conn *conn, const struct ipsec_policy *p,
			 json_object *child)
{
	bool asks = conn_is_asking(conn);

	if (asks)
		put_selector(child, "local_ts", NULL, p->protocol, ANY);
	else
		put_template_selector(child, "local_ts", p->src, p->protocol);
	put_template_selector(child, "remote_ts", p->dst, p->protocol);
	conn_put(child, "mode", asks ? "tunnel" : "transport_proxy");
	if (asks && conn->first && !conn->peer->passive)
		keep_up(conn, p);
}

static void put_child(struct conn *conn, const struct ipsec_policy *p,
		      json_object *children)
{
	json_object *child = json_object_new_object();

	json_object_object_add(children, p->child, child);
	if (p->template)
		put_template(conn, p, child);
	else
		put_policy(conn, p, child);
	put_proposals(conn, p, child);
	put_lifetime(p, child);
	conn_put(child, "priority", "%u", p->priority);
	conn_put(child, "replay_window", REPLAY_WINDOW);
	conn_put(child, "dpd_action", "clear");
	conn_put(child, "close_action", "none");
}

static bool generates(const struct conn *conn, const struct ipsec_policy *p)
{
	return p->template && !item_is(p->proposal, "disabled") &&
	       strcmp(item_get(conn->identity, "generate-policy"), "no") &&
	       !strcmp(item_get(conn->identity, "policy-template-group"),
		       p->group);
}

void conn_children(struct conn *conn)
{
	json_object *children = json_object_new_object();
	const struct ipsec_policy *p;

	json_object_object_add(conn->message, "children", children);
	for (p = conn->ipsec->policies; p; p = p->next)
		if (p->action == IPSEC_ENCRYPT &&
		    (p->peer == conn->peer || generates(conn, p)))
			put_child(conn, p, children);
}
