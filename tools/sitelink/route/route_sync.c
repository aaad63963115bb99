// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "nl.h"
#include "route.h"

/**
 * struct routes - those that are there, or wanted
 * @first: of them
 * @config: what wants them
 */
struct routes {
	struct route *first;
	const struct config *config;
};

static void *want(struct apply *ap, const struct config *c)
{
	struct routes *all = arena_alloc(ap->arena, sizeof(*all));

	all->config = c;
	all->first = c ? route_wanted(ap->arena, c) : NULL;
	return all;
}

static void *have(struct apply *ap)
{
	struct routes *all = arena_alloc(ap->arena, sizeof(*all));

	return route_read(ap->machine, ap->arena, &all->first) ? all : NULL;
}

/* Its ways, for people; @buf of @size octets. */
static const char *hops_text(const struct route *r, char *buf, size_t size)
{
	const struct nexthop *hop;
	char ip[IP_TEXT];
	size_t n = 0;

	*buf = '\0';
	if (r->type != RTN_UNICAST)
		snprintf(buf, size, " %s",
			 r->type == RTN_BLACKHOLE ? "blackhole" :
			 r->type == RTN_PROHIBIT ? "prohibit" : "unreachable");
	for (hop = r->hops; hop && n < size; hop = hop->next)
		n += snprintf(buf + n, size - n, "%s%s%s%s", n ? "," : " via ",
			      hop->via.family ? ip_text(&hop->via, ip) : "",
			      hop->via.family && *hop->ifname ? "%" : "",
			      hop->ifname);
	return buf;
}

static void put_gateway(struct nlmsghdr *nlh, const struct nexthop *hop)
{
	if (hop->via.family)
		mnl_attr_put(nlh, RTA_GATEWAY, ip_size(hop->via.family),
			     hop->via.octets);
}

static uint32_t index_of(struct apply *ap, const struct nexthop *hop)
{
	const struct iface *i = *hop->ifname ?
				machine_iface(ap->machine, hop->ifname) : NULL;

	return i ? i->index : 0;
}

/* a way in RTA_MULTIPATH, with a gateway of IPv6 */
#define HOP_SIZE	(NLMSG_ALIGN(sizeof(struct rtnexthop)) + MNL_ATTR_HDRLEN + 16)

/* false: they are too many for a request. */
static bool put_hops(struct apply *ap, struct nlmsghdr *nlh,
		     const struct route *r)
{
	const struct nexthop *hop = r->hops;
	struct nlattr *multi;

	if (!hop)
		return true;
	if (!hop->next) {
		put_gateway(nlh, hop);
		if (*hop->ifname)
			mnl_attr_put_u32(nlh, RTA_OIF, index_of(ap, hop));
		return true;
	}
	multi = mnl_attr_nest_start(nlh, RTA_MULTIPATH);
	for (; hop; hop = hop->next) {
		struct rtnexthop *rtnh = mnl_nlmsg_get_payload_tail(nlh);

		if (!nl_has_room(nlh, HOP_SIZE))
			return false;
		memset(rtnh, 0, sizeof(*rtnh));
		rtnh->rtnh_ifindex = index_of(ap, hop);
		rtnh->rtnh_hops = hop->share - 1;
		nlh->nlmsg_len += NLMSG_ALIGN(sizeof(*rtnh));
		put_gateway(nlh, hop);
		rtnh->rtnh_len = (char *)mnl_nlmsg_get_payload_tail(nlh) -
				 (char *)rtnh;
	}
	mnl_attr_nest_end(nlh, multi);
	return true;
}

static struct nlmsghdr *request(struct apply *ap, uint16_t type,
				uint16_t flags, const struct route *r)
{
	struct nlmsghdr *nlh = nl_route(ap->machine, type, flags,
					sizeof(struct rtmsg));
	struct rtmsg *rtm = mnl_nlmsg_get_payload(nlh);

	rtm->rtm_family = r->dst.family;
	rtm->rtm_dst_len = r->dst.len;
	rtm->rtm_protocol = MARK_PROTO;
	if (r->dst.len)
		mnl_attr_put(nlh, RTA_DST, ip_size(r->dst.family),
			     r->dst.octets);
	mnl_attr_put_u32(nlh, RTA_TABLE, r->table);
	mnl_attr_put_u32(nlh, RTA_PRIORITY, r->metric);
	return nlh;
}

static uint8_t scope_of(const struct route *r)
{
	const struct nexthop *hop;

	for (hop = r->hops; hop; hop = hop->next)
		if (hop->via.family)
			return RT_SCOPE_UNIVERSE;
	return r->hops && r->dst.family == AF_INET ? RT_SCOPE_LINK :
						     RT_SCOPE_UNIVERSE;
}

static void say_inactive(struct apply *ap, const struct route *r,
			 const char *why)
{
	if (r->item && !ap->dry) {
		char text[ROUTE_TEXT], hops[256];

		diag_note(ap->diag, r->item->at, "route %s%s is inactive: %s",
			  route_text(r, text),
			  hops_text(r, hops, sizeof(hops)), why);
	}
}

/* What only the state of links decides, and may change with it. */
static bool is_unreachable(int code)
{
	return code == ENETUNREACH || code == EHOSTUNREACH ||
	       code == ENETDOWN || code == ENODEV;
}

static int install(struct apply *ap, const struct route *r, bool replace)
{
	char text[ROUTE_TEXT], hops[256];
	struct nlmsghdr *nlh;
	struct rtmsg *rtm;
	struct nl_error err;

	if (!apply_step(ap, "%s route %s%s distance %u",
			replace ? "set" : "add", route_text(r, text),
			hops_text(r, hops, sizeof(hops)), r->metric))
		return 0;
	nlh = request(ap, RTM_NEWROUTE,
		      NLM_F_CREATE | (replace ? NLM_F_REPLACE : NLM_F_EXCL), r);
	rtm = mnl_nlmsg_get_payload(nlh);
	rtm->rtm_type = r->type;
	rtm->rtm_scope = scope_of(r);
	if (r->src.family)
		mnl_attr_put(nlh, RTA_PREFSRC, ip_size(r->src.family),
			     r->src.octets);
	if (!put_hops(ap, nlh, r)) {
		apply_error(ap, r->item, "route %s: it has too many gateways",
			    text);
		return -1;
	}
	if (!nl_talk(ap->machine, nlh, &err))
		return 0;
	if (r->item && !replace && is_unreachable(err.code)) {
		say_inactive(ap, r, err.text);
		return 0;
	}
	apply_error(ap, r->item, "route %s%s: %s", text, hops, err.text);
	return -1;
}

/* All that have its key: of IPv6, each way may be a route of its own. */
static int delete(struct apply *ap, const struct route *r)
{
	char text[ROUTE_TEXT], hops[256];
	struct nlmsghdr *nlh;
	struct nl_error err;

	if (!apply_step(ap, "remove route %s%s distance %u",
			route_text(r, text),
			hops_text(r, hops, sizeof(hops)), r->metric))
		return 0;
	do {
		struct rtmsg *rtm;

		nlh = request(ap, RTM_DELROUTE, 0, r);
		rtm = mnl_nlmsg_get_payload(nlh);
		rtm->rtm_scope = RT_SCOPE_NOWHERE;
	} while (!nl_talk(ap->machine, nlh, &err));
	/* none is left, or it has gone with its interface */
	if (err.code == ESRCH || err.code == ENOENT)
		return 0;
	apply_error(ap, NULL, "route %s: %s", text, err.text);
	return -1;
}

static bool has_hop(const struct reach *reach, const struct route *there,
		    const struct route *r, const struct nexthop *hop)
{
	const struct nexthop *other;

	for (other = there->hops; other; other = other->next) {
		if (!ip_same(&other->via, &hop->via) ||
		    other->share != hop->share)
			continue;
		if (*hop->ifname ? !strcmp(hop->ifname, other->ifname) :
				   reach_hop(reach, r, hop, other->ifname))
			return true;
	}
	return false;
}

static bool equal(const struct reach *reach, const struct route *there,
		  const struct route *r)
{
	const struct nexthop *a = there->hops, *b;

	if (there->type != r->type || !ip_same(&there->src, &r->src))
		return false;
	for (b = r->hops; a && b; a = a->next, b = b->next)
		if (!has_hop(reach, there, r, b))
			return false;
	return !a && !b;
}

static bool is_gone(struct apply *ap, const struct route *r)
{
	const struct nexthop *hop;

	for (hop = r->hops; hop; hop = hop->next)
		if (apply_is_gone(ap, hop->ifname))
			return true;
	return false;
}

static bool is_ours(const struct route *r)
{
	return r->protocol == MARK_PROTO;
}

static struct route *find(struct apply *ap, struct route *list,
			  const struct route *r, bool ours)
{
	for (; list; list = list->next)
		if (ours == is_ours(list) &&
		    route_same_key(list, r) && !is_gone(ap, list))
			return list;
	return NULL;
}

/* Leave out the ways that cannot be used; false: none is left. */
static bool usable(struct apply *ap, const struct reach *reach,
		   struct route *r)
{
	struct nexthop *first = NULL, **last = &first;
	const struct nexthop *hop;

	if (!r->item)
		return true;	/* was there */
	if (r->src.family && !reach_is_local(reach, &r->src)) {
		say_inactive(ap, r, "no interface has its pref-src");
		return false;
	}
	/* RouterOS has it at distance 0, the kernel behind ours: at metric 256 */
	if (r->dst.family == AF_INET6 && reach_is_connected(reach, r)) {
		say_inactive(ap, r, "an interface has that network itself");
		return false;
	}
	for (hop = r->hops; hop; hop = hop->next) {
		if (!reach_hop(reach, r, hop, NULL))
			continue;
		*last = arena_alloc(ap->arena, sizeof(**last));
		**last = *hop;
		(*last)->next = NULL;
		last = &(*last)->next;
	}
	/* whose share would be of what? */
	if (first && !first->next)
		first->share = 1;
	if (first || r->type != RTN_UNICAST) {
		r->hops = first;
		return true;
	}
	say_inactive(ap, r,
		     "no interface that is up reaches the gateway");
	return false;
}

/* What can be in the kernel, of what is wanted. */
static struct route *installable(struct apply *ap, const struct reach *reach,
				 struct route *list)
{
	struct route *first = NULL, **last = &first, *copy;

	for (; list; list = list->next) {
		if (!is_ours(list))
			continue;
		copy = arena_alloc(ap->arena, sizeof(*copy));
		*copy = *list;
		copy->next = NULL;
		if (!usable(ap, reach, copy))
			continue;
		*last = copy;
		last = &copy->next;
	}
	return first;
}

static int sync_one(struct apply *ap, const struct reach *reach,
		    struct route *there, const struct route *r)
{
	const struct route *own = find(ap, there, r, true);
	const struct route *other = find(ap, there, r, false);
	char text[ROUTE_TEXT];

	if (own && equal(reach, own, r))
		return 0;
	if (!other)
		return install(ap, r, own);
	if (!own && equal(reach, other, r))
		return 0;
	apply_error(ap, r->item,
		    "route %s: another program has one with metric %u; give another distance",
		    route_text(r, text), r->metric);
	return -1;
}

/* Routes to links are first: those to gateways may lead over them. */
static int sync_all(struct apply *ap, const struct reach *reach,
		    struct route *there, const struct route *wanted,
		    bool gateways)
{
	for (; wanted; wanted = wanted->next)
		if ((wanted->hops && wanted->hops->via.family) == gateways &&
		    sync_one(ap, reach, there, wanted))
			return -1;
	return 0;
}

static int sync_routes(struct apply *ap, void *have_data, void *want_data)
{
	struct route *there = ((struct routes *)have_data)->first;
	const struct routes *want_all = want_data;
	struct route *wanted, *r;
	struct reach reach;

	if (!reach_init(&reach, ap, want_all->config, there,
			want_all->first)) {
		apply_error(ap, NULL, "the addresses could not be read");
		return -1;
	}
	wanted = installable(ap, &reach, want_all->first);
	for (r = there; r; r = r->next)
		if (is_ours(r) && !is_gone(ap, r) &&
		    !find(ap, wanted, r, true) && delete(ap, r))
			return -1;
	return sync_all(ap, &reach, there, wanted, false) ||
	       sync_all(ap, &reach, there, wanted, true) ? -1 : 0;
}

const struct backend route_backend = {
	.name = "routes", .want = want, .have = have, .sync = sync_routes,
};
