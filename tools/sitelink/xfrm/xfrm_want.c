// SPDX-License-Identifier: GPL-2.0-only
/* From policies to those that the kernel gets from us. */
#include <arpa/inet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "ip.h"
#include "xfrm_want.h"

/* before all others */
#define PRIORITY_NEIGHBOUR	1

/**
 * struct side - of a selector
 * @ip: prefix
 * @port: network order
 * @mask: 0: any port
 */
struct side {
	struct ip ip;
	uint16_t port, mask;
};

/* One that nothing is known of is all addresses. */
static void set_side(struct side *s, int family, const char *prefix,
		     const char *address, const char *port)
{
	memset(s, 0, sizeof(*s));
	if ((!prefix || !ip_parse(&s->ip, family, prefix)) &&
	    (!address || !ip_parse(&s->ip, family, address))) {
		memset(&s->ip, 0, sizeof(s->ip));
		s->ip.family = family;
	}
	s->ip = ip_network(&s->ip);
	if (strcmp(port, "any")) {
		s->port = htons(strtoul(port, NULL, 10));
		s->mask = UINT16_MAX;
	}
}

static void set_selector(struct xfrm_selector *sel, enum xfrm_kind kind,
			 unsigned int protocol, const struct side *src,
			 const struct side *dst)
{
	unsigned int size = ip_size(src->ip.family);

	memset(sel, 0, sizeof(*sel));
	sel->family = src->ip.family;
	sel->user = xfrm_rule_user(kind);
	sel->proto = protocol;
	memcpy(&sel->saddr, src->ip.octets, size);
	memcpy(&sel->daddr, dst->ip.octets, size);
	sel->prefixlen_s = src->ip.len;
	sel->prefixlen_d = dst->ip.len;
	sel->sport = src->port;
	sel->sport_mask = src->mask;
	sel->dport = dst->port;
	sel->dport_mask = dst->mask;
}

/* @r in each direction. There are no ports of ICMP, its type and code: see check_port(). */
static void add_directions(struct arena *a, struct xfrm_rules *all,
			   struct xfrm_rule *r, unsigned int protocol,
			   const struct side *local, const struct side *remote)
{
	static const uint8_t dirs[] = {
		XFRM_POLICY_OUT, XFRM_POLICY_IN, XFRM_POLICY_FWD
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dirs); i++) {
		bool out = dirs[i] == XFRM_POLICY_OUT;

		r->dir = dirs[i];
		set_selector(&r->sel, r->kind, protocol,
			     out ? local : remote, out ? remote : local);
		if (!xfrm_rule_find(all, r))
			xfrm_rule_add(a, all, r);
	}
}

/* The SA is known by the number that the daemon gives it. */
static void set_template(struct xfrm_user_tmpl *t, const struct ipsec_policy *p)
{
	t->id.proto = p->ah ? IPPROTO_AH : IPPROTO_ESP;
	t->family = p->family;
	t->reqid = p->priority;
	t->mode = XFRM_MODE_TRANSPORT;
	t->optional = 1;
	t->aalgos = UINT32_MAX;
	t->ealgos = UINT32_MAX;
	t->calgos = UINT32_MAX;
}

/*
 * The kernel refuses an optional SA of tunnel mode for what goes out: there the
 * daemon's policy is in force as long as there is an SA, and behind it ours.
 */
static void set_use(struct xfrm_rule *r, const struct ipsec_policy *p)
{
	r->kind = XFRM_USE;
	r->priority = p->priority + p->tunnel;
	if (!p->tunnel)
		set_template(&r->tmpl, p);
}

static void add_policy(struct arena *a, struct xfrm_rules *all,
		       const struct ipsec_policy *p)
{
	struct xfrm_rule r = { .item = p->item, .priority = p->priority };
	struct side local, remote;

	if (ipsec_is_everywhere(p))
		return;
	set_side(&local, p->family, p->src, p->sa_src, p->src_port);
	set_side(&remote, p->family, p->dst, p->sa_dst, p->dst_port);
	if (p->action == IPSEC_NONE) {
		r.kind = XFRM_NONE;
	} else if (p->action == IPSEC_DISCARD) {
		r.kind = XFRM_DISCARD;
	} else if (p->level == IPSEC_USE) {
		set_use(&r, p);
	} else {
		r.kind = XFRM_GUARD;
		r.priority = p->priority + 1;
	}
	add_directions(a, all, &r, p->protocol, &local, &remote);
}

/*
 * Without neighbours there is no IKE either. Solicitations and advertisements of
 * routers and neighbours; what is forwarded is none of them.
 */
static void add_neighbours(struct arena *a, struct xfrm_rules *all,
			   const struct item *item)
{
	struct xfrm_rule r = {
		.item = item, .kind = XFRM_NEIGHBOUR,
		.priority = PRIORITY_NEIGHBOUR,
	};
	struct side src = { .ip.family = AF_INET6, .mask = UINT16_MAX };
	struct side dst = { .ip.family = AF_INET6 };
	unsigned int type;

	for (type = ND_ROUTER_SOLICIT; type <= ND_NEIGHBOR_ADVERT; type++) {
		src.port = htons(type);
		set_selector(&r.sel, r.kind, IPPROTO_ICMPV6, &src, &dst);
		r.dir = XFRM_POLICY_OUT;
		xfrm_rule_add(a, all, &r);
		r.dir = XFRM_POLICY_IN;
		xfrm_rule_add(a, all, &r);
	}
}

static bool takes_neighbours(const struct ipsec_policy *p)
{
	return p->family == AF_INET6 && p->action != IPSEC_NONE &&
	       (!p->protocol || p->protocol == IPPROTO_ICMPV6);
}

void xfrm_rules_wanted(struct arena *a, const struct ipsec *ipsec,
		       struct xfrm_rules *all)
{
	const struct item *item = NULL;
	const struct ipsec_policy *p;

	xfrm_rules_init(all);
	for (p = ipsec->policies; p; p = p->next) {
		if (p->template || p->vti)
			continue;
		add_policy(a, all, p);
		if (!item && takes_neighbours(p))
			item = p->item;
	}
	if (item)
		add_neighbours(a, all, item);
}
