// SPDX-License-Identifier: GPL-2.0-only
/*
 * The interfaces that we have made.
 */
#include <string.h>

#include "link.h"

bool link_is_own(const struct iface *iface)
{
	return iface->group == MARK_GROUP && link_kind_by_name(iface->kind);
}

/**
 * struct reading - interfaces that are being read
 * @ap: the run
 * @links: where to
 */
struct reading {
	struct apply *ap;
	struct links *links;
};

static int put_link(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[IFLA_MAX + 1], *info[IFLA_INFO_MAX + 1];
	struct reading *r = data;
	const struct iface *iface;
	struct link *l;

	if (nlh->nlmsg_type != RTM_NEWLINK ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(*ifi))
		return MNL_CB_OK;
	iface = machine_iface_at(r->ap->machine, ifi->ifi_index);
	if (!iface || !link_is_own(iface))
		return MNL_CB_OK;
	l = link_add(r->ap->arena, &r->links->own, iface->name);
	l->index = iface->index;
	l->kind = link_kind_by_name(iface->kind);
	link_get_common(r->ap->arena, l, l->kind->menu, iface);
	nl_attrs(nlh, sizeof(*ifi), tb, IFLA_MAX);
	if (!tb[IFLA_LINKINFO])
		return MNL_CB_OK;
	nl_nested(tb[IFLA_LINKINFO], info, IFLA_INFO_MAX);
	if (info[IFLA_INFO_DATA])
		link_get(r->ap->arena, l, info[IFLA_INFO_DATA]);
	if (info[IFLA_INFO_DATA] && !l->kind->family)
		bridge_get(r->ap->machine, l, info[IFLA_INFO_DATA]);
	return MNL_CB_OK;
}

static void restart(void *data)
{
	struct reading *r = data;

	r->links->own = NULL;
}

bool link_have_own(struct apply *ap, struct links *links)
{
	struct reading r = { ap, links };
	struct nlmsghdr *nlh;
	struct nl_error err;

	/* asked for in the dump */
	machine_ifaces(ap->machine);
	nlh = nl_route(ap->machine, RTM_GETLINK, NLM_F_DUMP,
		       sizeof(struct ifinfomsg));
	if (!nl_dump(ap->machine, nlh, put_link, &r, restart, &err))
		return true;
	apply_error(ap, NULL, "interfaces: %s", err.text);
	return false;
}
