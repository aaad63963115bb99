// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ports that there are.
 */
#include <stdio.h>
#include <string.h>

#include "link.h"
#include "port.h"

const struct port_place port_places[PORT_PROPS] = {
	[PORT_PRIORITY] = { "priority", IFLA_BRPORT_PRIORITY,
		&codec_priority },
	[PORT_PATH_COST] = { "path-cost", IFLA_BRPORT_COST, &codec_number32 },
	[PORT_LEARN] = { "learn", IFLA_BRPORT_LEARNING, &codec_yes_no },
	[PORT_HORIZON] = { "horizon", IFLA_BRPORT_ISOLATED, &codec_horizon },
	[PORT_BPDU_GUARD] = { "bpdu-guard", IFLA_BRPORT_GUARD, &codec_yes_no },
	[PORT_RESTRICTED_ROLE] = { "restricted-role", IFLA_BRPORT_PROTECT,
		&codec_yes_no },
	[PORT_FAST_LEAVE] = { "fast-leave", IFLA_BRPORT_FAST_LEAVE,
		&codec_yes_no },
	[PORT_UNICAST_FLOOD] = { "unknown-unicast-flood",
		IFLA_BRPORT_UNICAST_FLOOD, &codec_yes_no },
	[PORT_MULTICAST_FLOOD] = { "unknown-multicast-flood",
		IFLA_BRPORT_MCAST_FLOOD, &codec_yes_no },
	[PORT_BROADCAST_FLOOD] = { "broadcast-flood", IFLA_BRPORT_BCAST_FLOOD,
		&codec_yes_no },
};

struct port *port_add(struct apply *ap, struct ports *ports, const char *name)
{
	struct port *p = arena_alloc(ap->arena, sizeof(*p)), **last;

	p->name = arena_strndup(ap->arena, name, strlen(name));
	for (last = &ports->first; *last; last = &(*last)->next)
		;
	*last = p;
	return p;
}

const char *port_key(char *key, const char *ifname)
{
	snprintf(key, PORT_KEY_SIZE, "link %s master", ifname);
	return key;
}

const char *port_old_master(struct machine *m, const char *ifname)
{
	char key[PORT_KEY_SIZE];

	return undo_get(m, port_key(key, ifname));
}

static void get_values(struct apply *ap, struct port *p,
		       const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[IFLA_MAX + 1], *info[IFLA_INFO_MAX + 1];
	const struct nlattr *data[IFLA_BRPORT_MAX + 1];
	char text[CODEC_SIZE];
	unsigned int i;

	nl_attrs(nlh, sizeof(struct ifinfomsg), tb, IFLA_MAX);
	if (!tb[IFLA_LINKINFO])
		return;
	nl_nested(tb[IFLA_LINKINFO], info, IFLA_INFO_MAX);
	if (!info[IFLA_INFO_SLAVE_DATA])
		return;
	nl_nested(info[IFLA_INFO_SLAVE_DATA], data, IFLA_BRPORT_MAX);
	for (i = 0; i < PORT_PROPS; i++) {
		const struct nlattr *a = data[port_places[i].attr];

		if (a && port_places[i].codec->get(a, text))
			p->value[i] = arena_strndup(ap->arena, text,
						    strlen(text));
	}
}

/**
 * struct reading - ports that are being read
 * @ap: the run
 * @ports: where to
 */
struct reading {
	struct apply *ap;
	struct ports *ports;
};

/* Ours: what we made, in whatever bridge; and of others what is noted. */
static int put_port(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	const struct iface *iface, *master;
	struct reading *r = data;
	struct machine *m = r->ap->machine;
	struct port *p;
	bool own;

	if (nlh->nlmsg_type != RTM_NEWLINK ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(*ifi))
		return MNL_CB_OK;
	iface = machine_iface_at(m, ifi->ifi_index);
	if (!iface)
		return MNL_CB_OK;
	master = iface->master ? machine_iface_at(m, iface->master) : NULL;
	own = link_is_own(iface) && master && !strcmp(master->kind, "bridge");
	if (!own && !port_old_master(m, iface->name))
		return MNL_CB_OK;
	p = port_add(r->ap, r->ports, iface->name);
	if (!master)
		return MNL_CB_OK;
	p->bridge = arena_strndup(r->ap->arena, master->name,
				  strlen(master->name));
	if (!strcmp(master->kind, "bridge"))
		get_values(r->ap, p, nlh);
	return MNL_CB_OK;
}

static void restart(void *data)
{
	struct reading *r = data;

	r->ports->first = NULL;
}

void *port_have(struct apply *ap)
{
	struct reading r = { ap, arena_alloc(ap->arena, sizeof(*r.ports)) };
	struct nlmsghdr *nlh;
	struct nl_error err;

	/* asked for in the dump */
	machine_ifaces(ap->machine);
	nlh = nl_route(ap->machine, RTM_GETLINK, NLM_F_DUMP,
		       sizeof(struct ifinfomsg));
	if (!nl_dump(ap->machine, nlh, put_port, &r, restart, &err))
		return r.ports;
	apply_error(ap, NULL, "bridge ports: %s", err.text);
	return NULL;
}
