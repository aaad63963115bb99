// SPDX-License-Identifier: GPL-2.0-only
/* Policies of ours: lists of them, and to and from the kernel. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "ip.h"
#include "xfrm.h"
#include "xfrm_rule.h"

void xfrm_rules_init(struct xfrm_rules *all)
{
	all->first = NULL;
	all->last = &all->first;
}

uint32_t xfrm_rule_user(enum xfrm_kind kind)
{
	return (uint32_t)XFRM_OURS << 16 | kind;
}

struct xfrm_rule *xfrm_rule_add(struct arena *a, struct xfrm_rules *all,
				const struct xfrm_rule *r)
{
	struct xfrm_rule *copy = arena_alloc(a, sizeof(*copy));

	*copy = *r;
	copy->next = NULL;
	*all->last = copy;
	all->last = &copy->next;
	return copy;
}

const struct xfrm_rule *xfrm_rule_find(const struct xfrm_rules *all,
				       const struct xfrm_rule *like)
{
	const struct xfrm_rule *r;

	for (r = all->first; r; r = r->next)
		if (r->dir == like->dir &&
		    !memcmp(&r->sel, &like->sel, sizeof(r->sel)))
			return r;
	return NULL;
}

bool xfrm_rule_blocks(const struct xfrm_rule *r)
{
	return r->kind == XFRM_GUARD || r->kind == XFRM_DISCARD;
}

static void put_side(struct buffer *t, int family, const xfrm_address_t *addr,
		     uint8_t len, uint16_t port, uint16_t mask)
{
	struct ip ip = { .family = family, .len = len };
	char buf[IP_TEXT];

	memcpy(ip.octets, addr, ip_size(family));
	buffer_add(t, "%s", ip_prefix_text(&ip, buf));
	if (mask)
		buffer_add(t, " port %u", ntohs(port));
}

const char *xfrm_rule_text(struct arena *a, const struct xfrm_rule *r)
{
	static const char *const what[] = {
		[XFRM_GUARD] = "discard in clear",
		[XFRM_DISCARD] = "discard",
		[XFRM_NONE] = "no IPsec",
		[XFRM_USE] = "IPsec if there is an SA",
	};
	const struct xfrm_selector *s = &r->sel;
	bool out = r->dir == XFRM_POLICY_OUT;
	struct buffer t;

	if (r->kind == XFRM_NEIGHBOUR)
		return "no IPsec: IPv6 neighbour discovery";
	buffer_init(&t, a);
	buffer_add(&t, "%s: ", what[r->kind]);
	put_side(&t, s->family, out ? &s->saddr : &s->daddr,
		 out ? s->prefixlen_s : s->prefixlen_d,
		 out ? s->sport : s->dport, out ? s->sport_mask : s->dport_mask);
	buffer_add(&t, " to ");
	put_side(&t, s->family, out ? &s->daddr : &s->saddr,
		 out ? s->prefixlen_d : s->prefixlen_s,
		 out ? s->dport : s->sport, out ? s->dport_mask : s->sport_mask);
	if (s->proto)
		buffer_add(&t, " protocol %u", s->proto);
	return t.p;
}

/**
 * struct reading - a dump
 * @arena: where to
 * @all: likewise
 */
struct reading {
	struct arena *arena;
	struct xfrm_rules *all;
};

static bool is_ours(const struct xfrm_userpolicy_info *p,
		    const struct nlattr *const *tb)
{
	uint32_t kind = p->sel.user & 0xffff;
	unsigned int bits = p->sel.family == AF_INET6 ? 128 : 32;

	/* of the main kind, and without marks: we make no others */
	if (tb[XFRMA_MARK] || tb[XFRMA_IF_ID] ||
	    (tb[XFRMA_POLICY_TYPE] &&
	     mnl_attr_get_payload_len(tb[XFRMA_POLICY_TYPE]) &&
	     *(const uint8_t *)mnl_attr_get_payload(tb[XFRMA_POLICY_TYPE]) !=
	     XFRM_POLICY_TYPE_MAIN))
		return false;
	return p->sel.user >> 16 == XFRM_OURS && kind >= XFRM_GUARD &&
	       kind <= XFRM_NEIGHBOUR && p->dir < XFRM_POLICY_MAX &&
	       (p->sel.family == AF_INET || p->sel.family == AF_INET6) &&
	       p->sel.prefixlen_s <= bits && p->sel.prefixlen_d <= bits;
}

static int read_policy(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[XFRMA_MAX + 1];
	struct xfrm_userpolicy_info p;
	struct reading *reading = data;
	struct xfrm_rule r = { 0 };

	if (nlh->nlmsg_type != XFRM_MSG_NEWPOLICY ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(p))
		return MNL_CB_OK;
	memcpy(&p, mnl_nlmsg_get_payload(nlh), sizeof(p));
	nl_attrs(nlh, sizeof(p), tb, XFRMA_MAX);
	if (!is_ours(&p, tb))
		return MNL_CB_OK;
	r.sel = p.sel;
	r.kind = p.sel.user & 0xffff;
	r.dir = p.dir;
	r.priority = p.priority;
	if (tb[XFRMA_TMPL] &&
	    mnl_attr_get_payload_len(tb[XFRMA_TMPL]) == sizeof(r.tmpl))
		memcpy(&r.tmpl, mnl_attr_get_payload(tb[XFRMA_TMPL]),
		       sizeof(r.tmpl));
	xfrm_rule_add(reading->arena, reading->all, &r);
	return MNL_CB_OK;
}

static void read_anew(void *data)
{
	struct reading *reading = data;

	xfrm_rules_init(reading->all);
}

int xfrm_rules_read(struct machine *m, struct arena *a, struct xfrm_rules *all,
		    struct nl_error *err)
{
	struct nlmsghdr *nlh = nl_xfrm(m, XFRM_MSG_GETPOLICY, NLM_F_DUMP, 0);
	struct reading reading = { a, all };

	xfrm_rules_init(all);
	return nlh ? nl_dump(m, nlh, read_policy, &reading, read_anew, err) : 0;
}

static int no_ipsec(struct nl_error *err)
{
	err->code = errno;
	snprintf(err->text, sizeof(err->text), "no IPsec in this kernel: %s",
		 strerror(errno));
	return -1;
}

int xfrm_rule_put(struct machine *m, const struct xfrm_rule *r,
		  struct nl_error *err)
{
	struct xfrm_userpolicy_info *p;
	struct nlmsghdr *nlh;

	nlh = nl_xfrm(m, XFRM_MSG_UPDPOLICY, 0, sizeof(*p));
	if (!nlh)
		return no_ipsec(err);
	p = mnl_nlmsg_get_payload(nlh);
	p->sel = r->sel;
	p->lft.soft_byte_limit = XFRM_INF;
	p->lft.hard_byte_limit = XFRM_INF;
	p->lft.soft_packet_limit = XFRM_INF;
	p->lft.hard_packet_limit = XFRM_INF;
	p->priority = r->priority;
	p->dir = r->dir;
	p->action = xfrm_rule_blocks(r) ? XFRM_POLICY_BLOCK : XFRM_POLICY_ALLOW;
	p->share = XFRM_SHARE_ANY;
	if (r->tmpl.family)
		mnl_attr_put(nlh, XFRMA_TMPL, sizeof(r->tmpl), &r->tmpl);
	return nl_talk(m, nlh, err);
}

int xfrm_rule_remove(struct machine *m, const struct xfrm_rule *r,
		     struct nl_error *err)
{
	struct xfrm_userpolicy_id *id;
	struct nlmsghdr *nlh;

	nlh = nl_xfrm(m, XFRM_MSG_DELPOLICY, 0, sizeof(*id));
	if (!nlh)
		return no_ipsec(err);
	id = mnl_nlmsg_get_payload(nlh);
	id->sel = r->sel;
	id->dir = r->dir;
	/* somebody else may have been faster */
	return nl_talk(m, nlh, err) && err->code != ENOENT ? -1 : 0;
}
