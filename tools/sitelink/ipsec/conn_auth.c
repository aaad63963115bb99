// SPDX-License-Identifier: GPL-2.0-only
/* Who both ends are, and how they prove it. */
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "conn.h"
#include "conn_cert.h"

/* RouterOS' KIND:VALUE as the daemon writes it; NULL: the daemon's own choice. */
static const char *id_text(struct arena *a, const char *text)
{
	static const struct {
		const char *kind, *prefix;
	} kinds[] = {
		{ "address:", "" }, { "fqdn:", "fqdn:" },
		{ "user-fqdn:", "userfqdn:" }, { "key-id:", "keyid:" },
		{ "dn:", "" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t len = strlen(kinds[i].kind);

		if (!strncmp(text, kinds[i].kind, len))
			return buffer_format(a, "%s%s", kinds[i].prefix,
					     text + len);
	}
	return NULL;
}

/* The octets of a secret: its text, or what that is the hexadecimal form of. */
static json_object *secret_value(struct arena *a, const char *text)
{
	size_t len = strlen(text), i;
	char *octets;

	if (strncmp(text, "0x", 2) || len < 4 || len % 2 ||
	    strspn(text + 2, "0123456789abcdefABCDEF") != len - 2)
		return json_object_new_string(text);
	octets = arena_alloc(a, len);
	for (i = 2; i < len; i += 2) {
		const char digits[] = { text[i], text[i + 1], 0 };

		octets[i / 2 - 1] = strtoul(digits, NULL, 16);
	}
	return json_object_new_string_len(octets, len / 2 - 1);
}

/* Does any other peer have a secret that is not this one? */
static bool only_secret(const struct conn *conn, const char *secret)
{
	const struct ipsec_peer *p;
	const struct ipsec_identity *id;

	for (p = conn->ipsec->peers; p; p = p->next)
		for (id = p->identities; id; id = id->next) {
			const char *other = item_get(id->item, "secret");

			if (other && strcmp(other, secret))
				return false;
		}
	return true;
}

/*
 * The daemon looks a secret up by the name the other end has; in main mode, before
 * that is said, by its address. If either may be any, it is not bound to one where no
 * other peer's secret could be meant: one behind NAT calls itself by an address that
 * nobody here knows.
 */
static void put_owners(const struct conn *conn, json_object *message,
		       const char *secret)
{
	const char *id = id_text(conn->ap->arena,
				 item_get(conn->identity, "remote-id"));
	json_object *owners = json_object_new_array();

	if (id)
		json_add_text(owners, id);
	if (ipsec_by_address(conn->peer, conn->identity)) {
		if (!conn->peer->any)
			json_add_text(owners, conn->peer->remote);
		if (ipsec_is_anywhere(conn->peer) || only_secret(conn, secret))
			json_add_text(owners, "%any");
	}
	json_object_object_add(message, "owners", owners);
}

/*
 * Who begins with a secret must know the other end's name before it is said, or
 * which secret is meant; where there is but one, any name will do.
 */
static const char *expected(const struct conn *conn)
{
	const char *secret = item_get(conn->identity, "secret");

	return ipsec_is_anywhere(conn->peer) || !secret ||
	       only_secret(conn, secret) ? NULL : conn->peer->remote;
}

static void put_secret(struct conn *conn)
{
	const char *secret = item_get(conn->identity, "secret");
	json_object *message = json_object_new_object();

	if (!secret)
		secret = "";
	conn_put(message, "id", "%s", conn->name);
	conn_put(message, "type", "ike");
	json_object_object_add(message, "data",
			       secret_value(conn->ap->arena, secret));
	put_owners(conn, message, secret);
	conn_put_part(conn, "shared", conn->name, message);
}

static bool by_certificate(const struct conn *conn)
{
	return !strcmp(item_get(conn->identity, "match-by"), "certificate");
}

void conn_auth(struct conn *conn)
{
	struct arena *a = conn->ap->arena;
	const char *method = item_get(conn->identity, "auth-method");
	const char *id = id_text(a, item_get(conn->identity, "my-id"));
	json_object *local = json_object_new_object();
	json_object *remote = json_object_new_object();
	bool psk = !strcmp(method, "pre-shared-key");

	json_object_object_add(conn->message, "local", local);
	json_object_object_add(conn->message, "remote", remote);
	conn_put(local, "auth", psk ? "psk" : "pubkey");
	conn_put(remote, "auth", psk ? "psk" : "pubkey");
	if (psk)
		put_secret(conn);
	else
		conn_certificates(conn, local, remote, &id);
	if (id)
		conn_put(local, "id", "%s", id);
	/* this very certificate says enough */
	id = !psk && by_certificate(conn) ? NULL :
	     id_text(a, item_get(conn->identity, "remote-id"));
	if (!id && psk)
		id = expected(conn);
	conn_put(remote, "id", "%s", id ? id : "%any");
}
