// SPDX-License-Identifier: GPL-2.0-only
/* /ip ipsec installed-sa flush, active-peers kill-connections */
#include <errno.h>
#include <linux/xfrm.h>
#include <string.h>

#include "buffer.h"
#include "ike.h"
#include "ipsec_live.h"
#include "json.h"
#include "machine_private.h"
#include "nl.h"
#include "vici.h"

/* of <net/xfrm.h>: AH, ESP and IPComp */
#define PROTO_ANY	255

/* of an answer of the daemon's, in ms */
#define WAIT		5000

/* Keep the number of @sa in a list of them. */
static void note(json_object *ids, json_object *sa)
{
	const char *id = json_text(sa, "uniqueid");

	if (id)
		json_add_text(ids, id);
}

static void note_peer(json_object *message, void *ids)
{
	json_object_object_foreach(message, name, ike) {
		(void)name;
		note(ids, ike);
	}
}

/* An IKE_SA's CHILD_SAs */
static void note_children(json_object *message, void *ids)
{
	json_object_object_foreach(message, name, ike) {
		json_object *children = json_section(ike, "child-sas");

		(void)name;
		if (!children)
			continue;
		json_object_object_foreach(children, key, child) {
			(void)key;
			note(ids, child);
		}
	}
}

/* Begins to; the other side may not answer. */
static void end(struct vici *v, const char *key, json_object *id)
{
	json_object *request = json_object_new_object();

	json_object_object_add(request, key, json_object_get(id));
	json_put_text(request, "timeout", "-1");
	/* one that has just gone is no mistake */
	json_object_put(vici_call(v, "terminate", request, WAIT));
	json_object_put(request);
}

/* All that @take notes of what the daemon has; @key: what their numbers are called */
static const char *end_all(struct machine *m, const char *key,
			   void (*take)(json_object *message, void *ids))
{
	struct vici *v = vici_open(machine_file(m, m->arena, IKE_SOCKET));
	json_object *ids;
	const char *why = NULL;
	size_t i;

	if (!v)
		return NULL; /* it does not run */
	ids = json_object_new_array();
	if (vici_stream(v, "list-sas", NULL, "list-sa", take, ids, WAIT))
		why = buffer_format(m->arena, "IKE daemon: %s", vici_error(v));
	for (i = 0; i < json_object_array_length(ids); i++)
		end(v, key, json_object_array_get_idx(ids, i));
	json_object_put(ids);
	vici_close(v);
	return why;
}

const char *ipsec_kill_connections(struct machine *m)
{
	return end_all(m, "ike-id", note_peer);
}

const char *ipsec_flush(struct machine *m)
{
	const char *why = end_all(m, "child-id", note_children);
	struct xfrm_usersa_flush *flush;
	struct nlmsghdr *nlh;
	struct nl_error err;

	nlh = nl_xfrm(m, XFRM_MSG_FLUSHSA, 0, sizeof(*flush));
	if (!nlh)
		return buffer_format(m->arena, "no IPsec in this kernel: %s",
				     strerror(errno));
	flush = mnl_nlmsg_get_payload(nlh);
	flush->proto = PROTO_ANY;
	/* older kernels say so when there is none */
	if (nl_talk(m, nlh, &err) && err.code != ESRCH)
		return buffer_format(m->arena, "%s", err.text);
	return why;
}
