// SPDX-License-Identifier: GPL-2.0-only
/*
 * What only the machine knows of a connection: the mark of a VTI interface, whether
 * the device below its address takes ESP, and whose turn it is.
 */
#include <stdio.h>
#include <string.h>
#include <linux/sitelink.h>

#include "address.h"
#include "ike_private.h"
#include "nl.h"

/**
 * struct marks - of an interface
 * @name: of it
 * @in: of what comes in by it
 * @out: of what goes out
 * @found: they are known
 */
struct marks {
	const char *name;
	uint32_t in, out;
	bool found;
};

static int take_marks(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[SITELINK_A_TUNNEL_MAX + 1];
	const struct nlattr *name, *in, *out;
	struct marks *m = data;

	nl_attrs(nlh, GENL_HDRLEN, tb, SITELINK_A_TUNNEL_MAX);
	name = tb[SITELINK_A_TUNNEL_IFNAME];
	in = tb[SITELINK_A_TUNNEL_MARK_IN];
	out = tb[SITELINK_A_TUNNEL_MARK_OUT];
	if (!name || mnl_attr_validate(name, MNL_TYPE_NUL_STRING) < 0 ||
	    strcmp(mnl_attr_get_str(name), m->name) ||
	    !in || mnl_attr_validate(in, MNL_TYPE_U32) < 0 ||
	    !out || mnl_attr_validate(out, MNL_TYPE_U32) < 0)
		return MNL_CB_OK;
	m->in = mnl_attr_get_u32(in);
	m->out = mnl_attr_get_u32(out);
	m->found = true;
	return MNL_CB_OK;
}

static void put_mark(json_object *child, const char *key, uint32_t mark)
{
	char text[16];

	snprintf(text, sizeof(text), "0x%08x", mark);
	json_put_text(child, key, text);
}

static bool put_marks(struct apply *ap, const char *key, const char *ifname,
		      json_object *child)
{
	struct nlmsghdr *nlh = nl_tunnel(ap->machine, SITELINK_CMD_TUNNEL_GET,
					 NLM_F_DUMP);
	struct marks m = { .name = ifname };
	struct nl_error err;

	if (nlh && !nl_dump(ap->machine, nlh, take_marks, &m, NULL, &err) &&
	    m.found) {
		put_mark(child, "mark_in", m.in);
		put_mark(child, "mark_out", m.out);
		return true;
	}
	/* it is made by a step before this one */
	if (ap->dry)
		return true;
	apply_error(ap, NULL, "%s: the VTI interface %s has no mark", key,
		    ifname);
	return false;
}

static bool resolve_vti(struct apply *ap, const char *key, json_object *part)
{
	json_object *vti = json_section(part, "vti");

	if (!vti)
		return true;
	json_object_object_foreach(vti, name, ifname) {
		json_object *child = json_section(ike_children(part), name);

		if (child &&
		    !put_marks(ap, key, json_object_get_string(ifname), child))
			return false;
	}
	return true;
}

/* The ESP device that has the address, or, @local NULL, any; NULL: none. */
static const char *espdev_of(struct apply *ap, const struct address *list,
			     const struct ip *local)
{
	const struct iface *i;

	for (; list; list = list->next) {
		if (local && !ip_same(&list->local, local))
			continue;
		i = machine_iface(ap->machine, list->ifname);
		if (i && !strcmp(i->kind, "espdev"))
			return i->name;
	}
	return NULL;
}

/* Its SAs could be on the device, if it were known that they are of its address. */
static void note_local(struct apply *ap, const struct config *c, const char *key,
		       const char *espdev)
{
	const char *name = ike_name(&ike_kinds[IKE_CONN], key);
	const struct item *peer = NULL;

	/* the peer's own, not that of a further identity */
	if (c && espdev && name && !name[ike_peer_len(name)])
		peer = item_by_name(c, "ip ipsec peer", name);
	if (peer)
		diag_note(ap->diag, peer->at,
			  "peer %s: say local-address, so that its SAs can be offered to %s",
			  name, espdev);
}

void ike_put_offload(json_object *part, const char *value)
{
	json_object *children = ike_children(part);

	if (!children)
		return;
	json_object_object_foreach(children, name, child) {
		(void)name;
		/* a file may have anything */
		if (json_object_is_type(child, json_type_object))
			json_put_text(child, "hw_offload", value);
	}
}

/* The agent has found that the kernel cannot: that holds for this connection. */
static bool keep_refusal(json_object *part, json_object *old)
{
	const char *why = json_text(old, "why");

	if (!why || !json_text(old, "offload"))
		return false;
	ike_put_offload(part, "no");
	if (json_object_equal(json_section(part, "message"),
			      json_section(old, "message"))) {
		json_put_text(part, "offload", "no");
		json_put_text(part, "why", why);
		return true;
	}
	return false;
}

bool ike_resolve(struct apply *ap, const struct config *c, json_object *parts,
		 json_object *have)
{
	struct address *list = NULL;
	struct ip local;

	if (!address_read(ap->machine, ap->arena, &list)) {
		apply_error(ap, NULL, "the addresses could not be read");
		return false;
	}
	json_object_object_foreach(parts, key, part) {
		if (!resolve_vti(ap, key, part))
			return false;
		if (!ike_local(part, &local)) {
			note_local(ap, c, key, espdev_of(ap, list, NULL));
			continue;
		}
		ike_put_turn(ap->arena, part, &local);
		/* what a roll-back wants has been the agent's word before */
		if (!ike_children(part) || json_text(part, "why") ||
		    !espdev_of(ap, list, &local))
			continue;
		if (!keep_refusal(part, json_section(have, key)))
			ike_put_offload(part, "yes");
	}
	return true;
}
