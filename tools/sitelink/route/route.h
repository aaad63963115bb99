/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Routes of both families. What is ours has rtm_protocol MARK_PROTO. A route whose
 * gateways cannot be reached is kept in the configuration and not in the kernel:
 * it is inactive, as in RouterOS.
 */
#ifndef SITELINK_ROUTE_H
#define SITELINK_ROUTE_H

#include "address.h"
#include "apply.h"

/**
 * struct nexthop - one way of a route
 * @next: the one behind it
 * @via: gateway; without family: the destination is on the link
 * @ifname: interface; "": the one that reaches the gateway
 * @share: how many times it is named: so much of the traffic takes it, 1 to 256
 * @down: it is there and cannot be used: no carrier
 */
struct nexthop {
	struct nexthop *next;
	struct ip via;
	char ifname[16];
	unsigned int share;
	bool down;
};

/**
 * struct route - a route
 * @next: the one behind it
 * @dst: destination
 * @table: number
 * @metric: distance
 * @type: RTN_UNICAST, RTN_BLACKHOLE, ...
 * @scope: RT_SCOPE_*
 * @protocol: RTPROT_*
 * @src: pref-src, or without family
 * @hops: ways; more than one: each has its share
 * @item: what wants it; NULL: it is there
 */
struct route {
	struct route *next;
	struct ip dst;
	uint32_t table, metric;
	uint8_t type, scope, protocol;
	struct ip src;
	struct nexthop *hops;
	const struct item *item;
};

/*
 * Both families', those of table local and of the kernel's own multicast left
 * out; false: could not be read.
 */
bool route_read(struct machine *m, struct arena *a, struct route **list);

/*
 * All that a configuration wants, reachable or not. Items for the same
 * destination with the same distance are one route with more ways.
 */
struct route *route_wanted(struct arena *a, const struct config *c);

/* What one item wants; NULL: nothing, it is disabled. */
struct route *route_of_item(struct arena *a, const struct item *item,
			    int family);

/* The same destination, table and distance: the kernel has one of them. */
bool route_same_key(const struct route *a, const struct route *b);

/* "" and "10.0.0.0/8", or "10.0.0.0/8 table 100"; @buf of ROUTE_TEXT octets */
#define ROUTE_TEXT	(IP_TEXT + 24)
const char *route_text(const struct route *r, char *buf);

/**
 * struct reach - what gateways can be reached by
 * @ap: run
 * @config: what will be there; NULL: what is
 * @addresses: all that are there, or will be
 * @routes: likewise
 * @wanted: likewise
 */
struct reach {
	struct apply *ap;
	const struct config *config;
	const struct address *addresses;
	const struct route *routes, *wanted;
};

bool reach_init(struct reach *r, struct apply *ap, const struct config *c,
		const struct route *routes, const struct route *wanted);

/*
 * Can a way of @route be used? @ifname: by that interface, of which it says
 * nothing itself; NULL: by any.
 */
bool reach_hop(const struct reach *r, const struct route *route,
	       const struct nexthop *hop, const char *ifname);

/* Is there such an address, as pref-src must be? */
bool reach_is_local(const struct reach *r, const struct ip *ip);

/* Is its destination the network of an interface? */
bool reach_is_connected(const struct reach *r, const struct route *route);

/* check() and others() of the menus. */
void route_check(struct config *c, const struct item *item);
void route_others(struct machine *m, struct config *c);
void route6_others(struct machine *m, struct config *c);

#endif /* SITELINK_ROUTE_H */
