// SPDX-License-Identifier: GPL-2.0-only
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "nl.h"
#include "route.h"

/**
 * struct reading - routes that are being read
 * @m: where from
 * @arena: where to
 * @first: list
 * @last: where the next one is linked
 */
struct reading {
	struct machine *m;
	struct arena *arena;
	struct route *first, **last;
};

static uint32_t u32(const struct nlattr *attr, uint32_t otherwise)
{
	return attr ? mnl_attr_get_u32(attr) : otherwise;
}

static struct nexthop **put_hop(struct reading *r, int family, uint32_t index,
				const struct nlattr *via, uint8_t flags,
				uint8_t hops, struct nexthop **last)
{
	struct nexthop *hop = arena_alloc(r->arena, sizeof(*hop));
	const struct iface *i = machine_iface_at(r->m, index);

	ip_attr(&hop->via, family, via);
	if (i)
		memcpy(hop->ifname, i->name, sizeof(hop->ifname));
	hop->share = hops + 1;
	hop->down = flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN);
	*last = hop;
	return &hop->next;
}

static void put_hops(struct reading *r, struct route *route,
		     const struct rtmsg *rtm, const struct nlattr *const *tb)
{
	const struct nlattr *multi = tb[RTA_MULTIPATH];
	struct nexthop **last = &route->hops;
	const struct rtnexthop *hop;
	int len;

	if (!multi) {
		put_hop(r, rtm->rtm_family, u32(tb[RTA_OIF], 0),
			tb[RTA_GATEWAY], rtm->rtm_flags, 0, last);
		return;
	}
	hop = mnl_attr_get_payload(multi);
	len = mnl_attr_get_payload_len(multi);
	while (RTNH_OK(hop, len)) {
		const struct nlattr *via = NULL, *attr;

		mnl_attr_for_each_payload((void *)RTNH_DATA(hop),
					  hop->rtnh_len - sizeof(*hop))
			if (mnl_attr_get_type(attr) == RTA_GATEWAY)
				via = attr;
		last = put_hop(r, rtm->rtm_family, hop->rtnh_ifindex, via,
			       hop->rtnh_flags, hop->rtnh_hops, last);
		len -= RTNH_ALIGN(hop->rtnh_len);
		hop = RTNH_NEXT(hop);
	}
}

static int put_route(const struct nlmsghdr *nlh, void *data)
{
	const struct rtmsg *rtm = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[RTA_MAX + 1];
	struct reading *r = data;
	struct route *route;

	if (nlh->nlmsg_type != RTM_NEWROUTE || rtm->rtm_flags & RTM_F_CLONED ||
	    (rtm->rtm_family != AF_INET && rtm->rtm_family != AF_INET6))
		return MNL_CB_OK;
	nl_attrs(nlh, sizeof(*rtm), tb, RTA_MAX);
	route = arena_alloc(r->arena, sizeof(*route));
	route->table = u32(tb[RTA_TABLE], rtm->rtm_table);
	route->type = rtm->rtm_type;
	if (route->table == RT_TABLE_LOCAL || rtm->rtm_type == RTN_MULTICAST ||
	    rtm->rtm_type == RTN_LOCAL || rtm->rtm_type == RTN_BROADCAST ||
	    rtm->rtm_type == RTN_ANYCAST)
		return MNL_CB_OK;
	ip_attr(&route->dst, rtm->rtm_family, tb[RTA_DST]);
	route->dst.family = rtm->rtm_family;
	route->dst.len = rtm->rtm_dst_len;
	route->metric = u32(tb[RTA_PRIORITY], 0);
	route->scope = rtm->rtm_scope;
	route->protocol = rtm->rtm_protocol;
	ip_attr(&route->src, rtm->rtm_family, tb[RTA_PREFSRC]);
	if (route->type == RTN_UNICAST)
		put_hops(r, route, rtm, tb);
	*r->last = route;
	r->last = &route->next;
	return MNL_CB_OK;
}

static void restart(void *data)
{
	struct reading *r = data;

	r->first = NULL;
	r->last = &r->first;
}

bool route_read(struct machine *m, struct arena *a, struct route **list)
{
	struct reading r = { .m = m, .arena = a };
	struct nlmsghdr *nlh;
	struct nl_error err;

	restart(&r);
	nlh = nl_route(m, RTM_GETROUTE, NLM_F_DUMP, sizeof(struct rtmsg));
	if (nl_dump(m, nlh, put_route, &r, restart, &err))
		return false;
	*list = r.first;
	return true;
}

bool route_same_key(const struct route *a, const struct route *b)
{
	return ip_same(&a->dst, &b->dst) && a->dst.len == b->dst.len &&
	       a->table == b->table && a->metric == b->metric;
}

const char *route_text(const struct route *r, char *buf)
{
	size_t n;

	ip_prefix_text(&r->dst, buf);
	n = strlen(buf);
	if (r->table != RT_TABLE_MAIN)
		snprintf(buf + n, ROUTE_TEXT - n, " table %u", r->table);
	return buf;
}
