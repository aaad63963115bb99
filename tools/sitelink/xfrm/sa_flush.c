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
#include "sa_list.h"

/* of <net/xfrm.h>: AH, ESP and IPComp */
#define PROTO_ANY	255

/* of an answer of the daemon's, in ms */
#define WAIT		5000

/* Begins to; the other side may not answer. */
static void end(struct vici *v, const char *key, json_object *sa)
{
	json_object *request = json_object_new_object();
	const char *id = json_text(sa, "uniqueid");

	if (id) {
		json_put_text(request, key, id);
		json_put_text(request, "timeout", "-1");
		/* one that has just gone is no mistake */
		json_object_put(vici_call(v, "terminate", request, WAIT));
	}
	json_object_put(request);
}

static void end_children(struct vici *v, const struct sa_list *sa)
{
	if (!sa->children)
		return;
	json_object_object_foreach(sa->children, key, child) {
		(void)key;
		end(v, "child-id", child);
	}
}

static void end_peer(struct vici *v, const struct sa_list *sa)
{
	end(v, "ike-id", sa->ike);
}

/* Of each IKE_SA what @fn ends */
static const char *end_all(struct machine *m,
			   void (*fn)(struct vici *v, const struct sa_list *sa))
{
	struct vici *v = vici_open(machine_file(m, m->arena, IKE_SOCKET));
	const char *why = NULL;
	struct sa_list sa;
	json_object *sas;
	size_t i;

	if (!v)
		return NULL; /* it does not run */
	sas = sa_list_read(v, WAIT);
	if (!sas)
		why = buffer_format(m->arena, "IKE daemon: %s", vici_error(v));
	for (i = 0; sas && i < json_object_array_length(sas); i++)
		if (sa_list_at(sas, i, &sa))
			fn(v, &sa);
	json_object_put(sas);
	vici_close(v);
	return why;
}

const char *ipsec_kill_connections(struct machine *m)
{
	return end_all(m, end_peer);
}

const char *ipsec_flush(struct machine *m)
{
	const char *why = end_all(m, end_children);
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
