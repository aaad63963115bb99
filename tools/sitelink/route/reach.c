// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which gateways can be reached: as the kernel finds out when it is given a
 * route, and before there is all that it would look at.
 */
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "route.h"

/* In a dry run, our addresses are those that will be. */
bool reach_init(struct reach *r, struct apply *ap, const struct config *c,
		const struct route *routes, const struct route *wanted)
{
	struct address *list;

	*r = (struct reach){
		.ap = ap, .config = c, .routes = routes, .wanted = wanted,
	};
	if (!address_read(ap->machine, ap->arena, &list))
		return false;
	if (ap->dry) {
		struct address **at, *ours;

		ours = c ? address_wanted(ap->arena, c) : NULL;
		for (at = &list; *at;)
			if ((*at)->ours || apply_is_gone(ap, (*at)->ifname))
				*at = (*at)->next;
			else
				at = &(*at)->next;
		*at = ours;
		for (; ours; ours = ours->next)
			address_complete(ap->machine, ours);
	}
	r->addresses = list;
	return true;
}

/* What the script says of it: 1 up, 0 down, -1 nothing */
static int will_be_up(const struct reach *r, const char *ifname)
{
	const struct item *item = interface_by_name(r->config, ifname);
	const struct address *addr;

	if (item && (item->stmt || (prop_index(item->menu, "disabled") >= 0 &&
				    item_has(item, "disabled"))))
		return !item_is(item, "disabled");
	/* one of the machine's is set up with its first address */
	for (addr = r->addresses; addr; addr = addr->next)
		if (addr->item && !strcmp(addr->ifname, ifname))
			return 1;
	return -1;
}

static bool is_up(const struct reach *r, const char *ifname)
{
	int will = r->ap->dry && r->config ? will_be_up(r, ifname) : -1;
	const struct iface *i = machine_iface(r->ap->machine, ifname);

	if (will >= 0)
		return will;
	return i && i->flags & IFF_UP && !apply_is_gone(r->ap, ifname);
}

bool reach_is_local(const struct reach *r, const struct ip *ip)
{
	const struct address *addr;

	for (addr = r->addresses; addr; addr = addr->next)
		if (ip_same(&addr->local, ip))
			return true;
	return false;
}

/**
 * struct best - the longest prefix that has a gateway in it
 * @only: the interface that is looked at; NULL: all
 * @len: its length; -1: none
 * @mine: the interface asked for has one of that length
 */
struct best {
	const char *only;
	int len;
	bool mine;
};

static void consider(const struct reach *r, struct best *b,
		     const struct ip *prefix, const struct ip *via,
		     const char *on, const char *ifname)
{
	if (!ip_covers(prefix, via) || prefix->len < b->len ||
	    (b->only && strcmp(b->only, on)) || !is_up(r, on))
		return;
	if (prefix->len > b->len)
		b->mine = false;
	b->len = prefix->len;
	b->mine = b->mine || !ifname || !strcmp(on, ifname);
}

/*
 * What an address brings along. In a dry run it counts only if such an address
 * stays; the kernel need not have made it: NetworkManager does for its own.
 */
static bool is_connected(const struct reach *r, const struct route *route)
{
	const struct address *addr;

	if (route->protocol != RTPROT_KERNEL || !route->hops ||
	    route->hops->via.family)
		return false;
	if (!r->ap->dry)
		return true;
	for (addr = r->addresses; addr; addr = addr->next)
		if (!addr->item && ip_covers(&route->dst, &addr->net) &&
		    !strcmp(addr->ifname, route->hops->ifname))
			return true;
	return false;
}

static void consider_routes(const struct reach *r, struct best *b,
			    const struct route *list, bool wanted,
			    const struct route *route, const struct ip *via,
			    const char *ifname)
{
	const struct nexthop *hop;

	for (; list; list = list->next) {
		bool ours = list->protocol == MARK_PROTO;

		if (list == route || list->dst.family != via->family ||
		    list->type != RTN_UNICAST ||
		    (list->table != RT_TABLE_MAIN &&
		     list->table != route->table) ||
		    wanted != ours ||
		    (list->protocol == RTPROT_KERNEL && !is_connected(r, list)))
			continue;
		for (hop = list->hops; hop; hop = hop->next)
			if (!hop->via.family)
				consider(r, b, &list->dst, via, hop->ifname,
					 ifname);
	}
}

bool reach_is_connected(const struct reach *r, const struct route *route)
{
	const struct address *addr;
	const struct route *other;

	for (addr = r->addresses; addr; addr = addr->next)
		if (addr->route && route->table == RT_TABLE_MAIN &&
		    ip_same(&addr->net, &route->dst) &&
		    addr->net.len == route->dst.len && is_up(r, addr->ifname))
			return true;
	for (other = r->routes; other; other = other->next)
		if (is_connected(r, other) && other->table == route->table &&
		    ip_same(&other->dst, &route->dst) &&
		    other->dst.len == route->dst.len)
			return true;
	return false;
}

static struct best find_best(const struct reach *r, const struct route *route,
			     const struct ip *via, const char *ifname,
			     const char *only)
{
	const struct address *addr;
	struct best b = { .only = only, .len = -1 };

	for (addr = r->addresses; addr; addr = addr->next)
		if (addr->route && addr->net.family == via->family)
			consider(r, &b, &addr->net, via, addr->ifname, ifname);
	consider_routes(r, &b, r->routes, false, route, via, ifname);
	consider_routes(r, &b, r->wanted, true, route, via, ifname);
	return b;
}

/* The gateway is on that link, whatever others there are. */
static bool is_on(const struct reach *r, const struct route *route,
		  const struct ip *via, const char *ifname)
{
	if (!is_up(r, ifname))
		return false;
	return ip_is_link_local6(via) ||
	       find_best(r, route, via, NULL, ifname).mine;
}

bool reach_hop(const struct reach *r, const struct route *route,
	       const struct nexthop *hop, const char *ifname)
{
	if (!hop->via.family)
		return is_up(r, hop->ifname);
	if (reach_is_local(r, &hop->via))
		return false;
	if (*hop->ifname)
		return is_on(r, route, &hop->via, hop->ifname);
	return find_best(r, route, &hop->via, ifname, NULL).mine;
}
