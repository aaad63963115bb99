/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the IKE daemon is told of a peer: VICI's load-conn, in pieces.
 */
#ifndef SITELINK_CONN_H
#define SITELINK_CONN_H

#include "apply.h"
#include "buffer.h"
#include "ike.h"
#include "ipsec_private.h"
#include "json.h"

/**
 * struct conn - a connection that is being written
 * @ap: the run
 * @config: of it
 * @ipsec: all policies and peers
 * @peer: whose
 * @identity: how it proves who it is
 * @name: of the connection
 * @first: of the peer's connections; the others only answer
 * @parts: of the state
 * @part: this one
 * @message: of @part, what stands below the connection's name
 */
struct conn {
	struct apply *ap;
	const struct config *config;
	const struct ipsec *ipsec;
	const struct ipsec_peer *peer;
	const struct item *identity;
	const char *name;
	bool first;
	json_object *parts, *part, *message;
};

/* Add to an object; a list of one for _list. */
void conn_put(json_object *o, const char *key, const char *format, ...)
	CHECKED((format(printf, 3, 4)));
void conn_put_list(json_object *o, const char *key, const char *value);

/*
 * Something beside the connection that the daemon must have for it: @kind "shared",
 * "cert", "key", "pool".
 */
void conn_put_part(struct conn *conn, const char *kind, const char *name,
		   json_object *message);

/*
 * The algorithms in @list, and, for what an ipsec-secret has made, those in @more
 * behind them: it has no profile of its own, and the other end may take none of the
 * defaults.
 */
const char *conn_algorithms(const struct conn *conn, const char *list,
			    const char *more);

/**
 * struct lifetime - of keys, in seconds
 * @soft: when new ones are negotiated
 * @hard: when they end
 * @random: a part of @soft that is left to chance: both ends shall not begin at once
 */
struct lifetime {
	unsigned long long soft, hard, random;
};

/* What becomes of a lifetime of RouterOS. */
struct lifetime conn_lifetime(unsigned long long seconds);

/* Both ends' authentication, with secrets and certificates as parts of their own. */
void conn_auth(struct conn *conn);

/* The policies of the peer, and the templates of the identity. */
void conn_children(struct conn *conn);

/* Addresses that are given out or asked for: mode-config. */
void conn_mode_config(struct conn *conn);

/* The mode-config item of the identity; NULL: none. */
const struct item *conn_mode_config_of(const struct conn *conn);
bool conn_is_asking(const struct conn *conn);

#endif /* SITELINK_CONN_H */
