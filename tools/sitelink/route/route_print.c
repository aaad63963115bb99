// SPDX-License-Identifier: GPL-2.0-only
/* What print shows of routes beside what is configured. */
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "buffer.h"
#include "route.h"
#include "table.h"

static bool hop_is_up(const struct route *there, const struct nexthop *hop)
{
	const struct nexthop *other;

	for (other = there->hops; other; other = other->next)
		if (!other->down && ip_same(&other->via, &hop->via) &&
		    (!*hop->ifname || !strcmp(hop->ifname, other->ifname)))
			return true;
	return false;
}

static bool any_is_up(const struct route *there, const struct nexthop *hop)
{
	if (there->type != RTN_UNICAST)
		return true;
	for (; hop; hop = hop->next)
		if (hop_is_up(there, hop))
			return true;
	return false;
}

/* Is there no nearer one that can be used? */
static bool is_best(const struct route *list, const struct route *r)
{
	for (; list; list = list->next)
		if (ip_same(&list->dst, &r->dst) &&
		    list->dst.len == r->dst.len && list->table == r->table &&
		    list->metric < r->metric && any_is_up(list, list->hops))
			return false;
	return true;
}

/* The kernel's one for an item, which another program may have made. */
static struct route *find(struct route *list, const struct route *r)
{
	for (; list; list = list->next)
		if (route_same_key(list, r) && list->type == r->type &&
		    (list->protocol == MARK_PROTO || any_is_up(list, r->hops)))
			return list;
	return NULL;
}

static void put_hops(struct config *c, struct item *item, const char *prop,
		     const struct route *r, bool whole)
{
	const struct nexthop *hop;
	struct buffer text;
	char ip[IP_TEXT];

	buffer_init(&text, c->arena);
	for (hop = r->hops; hop; hop = hop->next) {
		bool both = whole && hop->via.family;

		buffer_add(&text, "%s%s%s%s", text.used ? "," : "",
			   hop->via.family ? ip_text(&hop->via, ip) : "",
			   both ? "%" : "",
			   both || !hop->via.family ? hop->ifname : "");
	}
	if (text.used)
		item_put(c, item, prop, text.p);
}

static void put_type(struct config *c, struct item *item, uint8_t type)
{
	const char *flag = type == RTN_BLACKHOLE ? "blackhole" :
			   type == RTN_UNREACHABLE ? "unreachable" :
			   type == RTN_PROHIBIT ? "prohibit" : NULL;

	if (flag)
		item_put(c, item, flag, "yes");
}

static void put_state(struct config *c, struct item *item,
		      const struct route *list, const struct route *there,
		      const struct nexthop *hops)
{
	put_hops(c, item, "immediate-gw", there, true);
	if (any_is_up(there, hops) && is_best(list, there))
		item_put(c, item, "active", "yes");
}

/* The name that the configuration has for a table, or its number. */
static void put_table(struct config *c, struct item *item, uint32_t table)
{
	const struct item *named;

	for_each_item(named, c, "routing table") {
		const char *name = item_get(named, "name");

		if (name && table_number(name) == table) {
			item_put(c, item, "routing-table", name);
			return;
		}
	}
	item_putf(c, item, "routing-table", "%u", table);
}

static void add_other(struct config *c, const struct menu *menu,
		      const struct route *list, const struct route *r)
{
	struct item *item = item_add(c, menu, NULL);
	bool connect = r->protocol == RTPROT_KERNEL;
	bool ospf = r->protocol == RTPROT_OSPF || r->protocol == RTPROT_ZEBRA;
	char text[IP_TEXT];

	item->dynamic = true;
	item_put(c, item, "dynamic", "yes");
	item_put(c, item, connect ? "connect" : ospf ? "ospf" : "static",
		 "yes");
	item_put(c, item, "dst-address", ip_prefix_text(&r->dst, text));
	if (r->src.family)
		item_put(c, item, "pref-src", ip_text(&r->src, text));
	item_putf(c, item, "distance", "%u", connect ? 0 : r->metric);
	put_table(c, item, r->table);
	put_type(c, item, r->type);
	put_hops(c, item, "gateway", r, ip_is_link_local6(&r->dst));
	put_state(c, item, list, r, r->hops);
}

static bool is_on_lo(const struct route *r)
{
	return r->type == RTN_UNICAST && r->hops &&
	       !strcmp(r->hops->ifname, "lo");
}

static void show(struct machine *m, struct config *c, const char *path,
		 int family)
{
	const struct menu *menu = menu_by_path(path);
	struct route *list, *r;
	struct item *item;

	if (!route_read(m, c->arena, &list))
		return;
	for (item = config_items(c, path)->first; item; item = item->next) {
		struct route *wanted, *there;

		item_put(c, item, "static", "yes");
		wanted = route_of_item(c->arena, item, family);
		if (!wanted)
			continue;
		put_type(c, item, wanted->type);
		there = find(list, wanted);
		if (!there)
			continue;
		put_state(c, item, list, there, wanted->hops);
		/* it is this item's */
		there->item = item;
	}
	for (r = list; r; r = r->next)
		if (r->dst.family == family && !r->item && !is_on_lo(r))
			add_other(c, menu, list, r);
}

void route_others(struct machine *m, struct config *c)
{
	show(m, c, "ip route", AF_INET);
}

void route6_others(struct machine *m, struct config *c)
{
	show(m, c, "ipv6 route", AF_INET6);
}
