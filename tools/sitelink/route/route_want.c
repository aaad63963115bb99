// SPDX-License-Identifier: GPL-2.0-only
/* The routes that a configuration asks for. */
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "route.h"
#include "table.h"

/* of a route; where one has more, `ip -6 route` shows none at all */
#define HOPS_MAX	128

static bool check_count(const struct config *c, const struct item *item,
			unsigned int count)
{
	if (count <= HOPS_MAX)
		return true;
	item_error(c, item, "gateway",
		   "gateway: %u for the same destination and distance; there may be %u",
		   count, HOPS_MAX);
	return false;
}

void route_check(struct config *c, const struct item *item)
{
	const char *gateways = item_get(item, "gateway");
	const char *type = item_get(item, "type");
	unsigned int count = 0;
	char gateway[96];
	struct ip ip;

	if (!gateways || !*gateways) {
		if (!item_is(item, "blackhole") && !strcmp(type, "unicast"))
			item_error(c, item, NULL,
				   "gateway is missing: an address, an interface, or blackhole=yes");
		return;
	}
	while (gateways && list_next(&gateways, gateway, sizeof(gateway))) {
		const char *name = strchr(gateway, '%');

		count++;
		name = name ? name + 1 : gateway;
		/* for the type of the property, it could be an interface */
		if (!strcmp(item->menu->path, "ipv6 route") &&
		    ip_parse(&ip, AF_INET, name)) {
			item_error(c, item, "gateway",
				   "gateway=%s: an address of IPv6, or an interface, is expected",
				   gateway);
			continue;
		}
		if (c->any_interface || ip_parse(&ip, AF_INET, name) ||
		    ip_parse(&ip, AF_INET6, name) ||
		    interface_by_name(c, name))
			continue;
		item_error(c, item, "gateway",
			   "gateway=%s: there is no interface %s", gateway,
			   name);
	}
	check_count(c, item, count);
}

static uint8_t want_type(const struct item *item)
{
	static const struct {
		const char *word;
		uint8_t type;
	} types[] = {
		{ "blackhole", RTN_BLACKHOLE },
		{ "unreachable", RTN_UNREACHABLE },
		{ "prohibit", RTN_PROHIBIT },
	};
	const char *word = item_is(item, "blackhole") ? "blackhole" :
						      item_get(item, "type");
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].word, word))
			return types[i].type;
	return RTN_UNICAST;
}

/* One more way; one that is there already has a larger share. */
static void add_hop(struct nexthop **list, struct nexthop *hop)
{
	for (; *list; list = &(*list)->next) {
		if (ip_same(&(*list)->via, &hop->via) &&
		    !strcmp((*list)->ifname, hop->ifname)) {
			(*list)->share += hop->share;
			return;
		}
	}
	hop->next = NULL;
	*list = hop;
}

static struct nexthop *want_hops(struct arena *a, const struct item *item,
				 int family)
{
	const char *gateways = item_get(item, "gateway");
	struct nexthop *first = NULL;
	char gateway[96];

	while (gateways && list_next(&gateways, gateway, sizeof(gateway))) {
		struct nexthop *hop = arena_alloc(a, sizeof(*hop));
		char *ifname = strchr(gateway, '%');

		if (ifname)
			*ifname++ = '\0';
		if (!ip_parse(&hop->via, family, gateway)) {
			hop->via.family = 0;
			ifname = gateway;
		}
		if (ifname)
			snprintf(hop->ifname, sizeof(hop->ifname), "%.15s",
				 ifname);
		hop->share = 1;
		add_hop(&first, hop);
	}
	return first;
}

struct route *route_of_item(struct arena *a, const struct item *item,
			    int family)
{
	const char *dst = item_get(item, "dst-address");
	const char *src = item_get(item, "pref-src");
	const char *table = item_get(item, "routing-mark");
	struct route *route;

	if (item->dynamic || item_is(item, "disabled"))
		return NULL;
	route = arena_alloc(a, sizeof(*route));
	if (!ip_parse(&route->dst, family, dst))
		return NULL;
	route->table = table_number(table && *table ? table :
				    item_get(item, "routing-table"));
	route->metric = strtoul(item_get(item, "distance"), NULL, 10);
	route->type = want_type(item);
	route->protocol = MARK_PROTO;
	if (src && *src)
		ip_parse(&route->src, family, src);
	if (route->type == RTN_UNICAST)
		route->hops = want_hops(a, item, family);
	route->item = item;
	return route;
}

/* More ways for a route that there is; false: it is another one. */
static bool merge(const struct config *c, struct route *list,
		  struct route *route)
{
	struct nexthop *hop, *next;
	unsigned int count = 0;

	while (list && !route_same_key(list, route))
		list = list->next;
	if (!list)
		return false;
	if (list->type != RTN_UNICAST || route->type != RTN_UNICAST ||
	    !ip_same(&list->src, &route->src)) {
		item_error(c, route->item, "distance",
			   "the route of line %u has the same destination and distance; another type or pref-src needs another distance",
			   list->item->at.line);
		return true;
	}
	for (hop = list->hops; hop; hop = hop->next)
		count += hop->share;
	for (hop = route->hops; hop; hop = hop->next)
		count += hop->share;
	if (!check_count(c, route->item, count))
		return true;
	for (hop = route->hops; hop; hop = next) {
		next = hop->next;
		add_hop(&list->hops, hop);
	}
	return true;
}

struct route *route_wanted(struct arena *a, const struct config *c)
{
	static const struct {
		const char *path;
		int family;
	} paths[] = { { "ip route", AF_INET }, { "ipv6 route", AF_INET6 } };
	struct route *first = NULL, **last = &first, *route;
	const struct item *item;
	size_t i;

	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		for_each_item(item, c, paths[i].path) {
			route = route_of_item(a, item, paths[i].family);
			if (!route || merge(c, first, route))
				continue;
			*last = route;
			last = &route->next;
		}
	}
	return first;
}
