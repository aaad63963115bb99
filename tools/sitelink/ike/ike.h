/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The IKE daemon, strongSwan's charon-systemd, one of our own for a network
 * namespace, and what is loaded into it by VICI.
 *
 * What shall be loaded is the state, a JSON object:
 *
 *	{ "settings": "TEXT of strongswan.conf",
 *	  "log": { "level": 1, "lines": 1000, ... },
 *	  "priorities": { "PEER/CHILD": N, ... },	of policies
 *	  "parts": { "conn/NAME": PART, "shared/NAME": PART, "cert/NAME": ...,
 *		     "key/NAME", "pool/NAME" } }
 *
 * A PART is
 *	{ "message": what VICI's load-conn, load-shared, ... takes,
 *	  "up": ["CHILD", ...]		children that are kept up by us
 *	  "vti": { "CHILD": "IFNAME" }	whose mark the child gets when it is loaded
 *	  "local", "remote": "ADDRESS"	what the offload device is looked up by
 *	  "second": true		the other end begins, and renews keys
 *	  "offload": "no"		reason in "why": not offloaded though it could
 *	  "notrack": "CHAIN" }
 *
 * It is kept in /run/sitelink/COOKIE.ike (mode 0600: it has the secrets), is what the
 * agent loads whenever the daemon has begun anew, and what apply compares with.
 */
#ifndef SITELINK_IKE_H
#define SITELINK_IKE_H

#include <json-c/json.h>

#include "apply.h"

/* files below /run/sitelink, after machine_file() */
#define IKE_STATE	"ike"		/* the state */
#define IKE_SOCKET	"vici"		/* of the daemon */
#define IKE_SETTINGS	"strongswan.conf"
#define IKE_LOG		"ipsec.log"	/* what /log print says */
#define IKE_AGENT	"ike.pid"	/* argument by which the agent is known */

/*
 * A peer's connection has its name; of another identity than the first it is
 * "NAME identity N", which nobody calls a peer ("NAME#N" somebody does).
 */
#define IKE_IDENTITY	" identity "

struct ipsec;

/* What is loaded, as the file has it; an empty state if there is none. The caller's. */
json_object *ike_state_read(struct machine *m, struct arena *a);

/* What is written there: whole or not at all; false: errno says why not. */
bool ike_state_write(struct machine *m, struct arena *a, json_object *state);

/* The state that a configuration asks for; the caller's. */
json_object *ike_state(struct apply *ap, const struct config *c,
		       const struct ipsec *ipsec);

/* Its agent, if it runs, reads the state again and fills the chains notrack-CHAIN. */
void ike_tell_agent(struct apply *ap);

extern const struct backend ike_backend;

#endif /* SITELINK_IKE_H */
