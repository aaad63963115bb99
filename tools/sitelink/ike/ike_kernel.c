// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the daemon has put into the kernel: whether it is still there, and its
 * removal when the daemon cannot do that any more.
 */
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <linux/xfrm.h>

#include "array.h"
#include "ike_private.h"
#include "ip.h"
#include "nl.h"
#include "xfrm.h"

static int take_spi(const struct nlmsghdr *nlh, void *data)
{
	const struct xfrm_usersa_info *sa = mnl_nlmsg_get_payload(nlh);
	struct ike_sad *sad = data;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*sa))
		return MNL_CB_OK;
	if (sad->count == sad->size) {
		size_t size = 2 * sad->size + 64;
		uint32_t *p = reallocarray(sad->spi, size, sizeof(*p));

		if (!p)
			return MNL_CB_ERROR;
		sad->spi = p;
		sad->size = size;
	}
	sad->spi[sad->count++] = ntohl(sa->id.spi);
	return MNL_CB_OK;
}

static void restart_spi(void *data)
{
	struct ike_sad *sad = data;

	sad->count = 0;
}

bool ike_sad_read(struct machine *m, struct ike_sad *sad)
{
	struct nlmsghdr *nlh = nl_xfrm(m, XFRM_MSG_GETSA, NLM_F_DUMP, 0);
	struct nl_error err;

	*sad = (struct ike_sad){ 0 };
	if (nlh && !nl_dump(m, nlh, take_spi, sad, restart_spi, &err))
		return true;
	free(sad->spi);
	return false;
}

bool ike_sad_has(const struct ike_sad *sad, const char *hex)
{
	unsigned long spi = hex ? strtoul(hex, NULL, 16) : 0;
	size_t i;

	for (i = 0; i < sad->count; i++)
		if (sad->spi[i] == spi)
			return true;
	return false;
}

/**
 * struct victim - to be deleted
 * @next: the one after it
 * @policy: by its index
 * @sa: by SPI and address
 * @mark: of it
 * @if_id: of it
 */
struct victim {
	struct victim *next;
	struct xfrm_userpolicy_id policy;
	struct xfrm_usersa_id sa;
	struct xfrm_mark mark;
	uint32_t if_id;
};

/**
 * struct wanted - SAs that a policy is for
 * @reqid: of them; others count from 1, too
 * @src: end, or where it is in transport mode
 * @dst: likewise
 */
struct wanted {
	uint32_t reqid;
	struct ip src, dst;
};

/**
 * struct sweep - what is looked for, and found
 * @parts: whose
 * @wanted: SAs of their policies
 * @count: of @wanted
 * @victims: of one dump
 */
struct sweep {
	json_object *parts;
	struct wanted wanted[4096];
	size_t count;
	struct victim *victims;
};

static struct ip to_ip(int family, const xfrm_address_t *addr, uint8_t len)
{
	struct ip ip = { .family = family, .len = len };

	memcpy(ip.octets, addr, ip_size(family));
	return ip;
}

static struct ip end_of(int family, const xfrm_address_t *addr)
{
	return to_ip(family, addr, ip_bits(family));
}

static void add_wanted(struct sweep *s, const struct xfrm_selector *sel,
		       const struct xfrm_user_tmpl *t)
{
	struct wanted *w = &s->wanted[s->count];

	if (!t->reqid || s->count == ARRAY_SIZE(s->wanted))
		return;
	s->count++;
	w->reqid = t->reqid;
	if (t->mode == XFRM_MODE_TRANSPORT) {
		w->src = to_ip(sel->family, &sel->saddr, sel->prefixlen_s);
		w->dst = to_ip(sel->family, &sel->daddr, sel->prefixlen_d);
	} else {
		w->src = end_of(t->family, &t->saddr);
		w->dst = end_of(t->family, &t->id.daddr);
	}
}

static bool is_wanted(const struct sweep *s, const struct xfrm_usersa_info *sa)
{
	const struct ip src = end_of(sa->family, &sa->saddr);
	const struct ip dst = end_of(sa->family, &sa->id.daddr);
	const struct wanted *w;

	for (w = s->wanted; w < s->wanted + s->count; w++)
		if (w->reqid == sa->reqid && ip_covers(&w->src, &src) &&
		    ip_covers(&w->dst, &dst))
			return true;
	return false;
}

static struct victim *add_victim(struct sweep *s, const struct nlattr **tb)
{
	struct victim *v = calloc(1, sizeof(*v));

	if (!v)
		return NULL;
	if (tb[XFRMA_MARK] &&
	    mnl_attr_get_payload_len(tb[XFRMA_MARK]) >= sizeof(v->mark))
		memcpy(&v->mark, mnl_attr_get_payload(tb[XFRMA_MARK]),
		       sizeof(v->mark));
	if (tb[XFRMA_IF_ID] &&
	    mnl_attr_validate(tb[XFRMA_IF_ID], MNL_TYPE_U32) >= 0)
		v->if_id = mnl_attr_get_u32(tb[XFRMA_IF_ID]);
	v->next = s->victims;
	s->victims = v;
	return v;
}

/* Is a child's number in its message @key that one? */
static bool child_has(json_object *parts, const char *key, uint32_t number)
{
	json_object_object_foreach(parts, part_key, part) {
		json_object *children = ike_children(part);

		(void)part_key;
		if (!children)
			continue;
		json_object_object_foreach(children, name, child) {
			const char *text = json_text(child, key);

			(void)name;
			if (text && strtoul(text, NULL, 10) == number)
				return true;
		}
	}
	return false;
}

static int take_policy(const struct nlmsghdr *nlh, void *data)
{
	const struct xfrm_userpolicy_info *p = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[XFRMA_MAX + 1], *tmpl;
	struct sweep *s = data;
	struct victim *v;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*p) ||
	    p->sel.user >> 16 == XFRM_OURS)
		return MNL_CB_OK;
	nl_attrs(nlh, sizeof(*p), tb, XFRMA_MAX);
	tmpl = tb[XFRMA_TMPL];
	if (!tmpl ||
	    mnl_attr_get_payload_len(tmpl) < sizeof(struct xfrm_user_tmpl) ||
	    !child_has(s->parts, "priority", p->priority))
		return MNL_CB_OK;
	add_wanted(s, &p->sel, mnl_attr_get_payload(tmpl));
	v = add_victim(s, tb);
	if (!v)
		return MNL_CB_ERROR;
	v->policy.index = p->index;
	v->policy.dir = p->dir;
	return MNL_CB_OK;
}

static int take_sa(const struct nlmsghdr *nlh, void *data)
{
	const struct xfrm_usersa_info *sa = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[XFRMA_MAX + 1];
	struct sweep *s = data;
	struct victim *v;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*sa) ||
	    (!is_wanted(s, sa) && !child_has(s->parts, "reqid", sa->reqid)))
		return MNL_CB_OK;
	nl_attrs(nlh, sizeof(*sa), tb, XFRMA_MAX);
	v = add_victim(s, tb);
	if (!v)
		return MNL_CB_ERROR;
	v->sa = (struct xfrm_usersa_id){
		.daddr = sa->id.daddr, .spi = sa->id.spi,
		.family = sa->family, .proto = sa->id.proto,
	};
	return MNL_CB_OK;
}

static void forget(void *data)
{
	struct sweep *s = data;
	struct victim *v;

	while ((v = s->victims)) {
		s->victims = v->next;
		free(v);
	}
}

/* All of them; one that is gone by itself is no failure. */
static void remove_all(struct machine *m, struct sweep *s, uint16_t type)
{
	bool policy = type == XFRM_MSG_DELPOLICY;
	const struct victim *v;

	for (v = s->victims; v; v = v->next) {
		size_t size = policy ? sizeof(v->policy) : sizeof(v->sa);
		struct nlmsghdr *nlh = nl_xfrm(m, type, 0, size);
		struct nl_error err;

		if (!nlh)
			break;
		memcpy(mnl_nlmsg_get_payload(nlh),
		       policy ? (const void *)&v->policy : &v->sa, size);
		if (v->mark.v || v->mark.m)
			mnl_attr_put(nlh, XFRMA_MARK, sizeof(v->mark),
				     &v->mark);
		if (v->if_id)
			mnl_attr_put_u32(nlh, XFRMA_IF_ID, v->if_id);
		nl_talk(m, nlh, &err);
	}
	forget(s);
}

static void sweep(struct machine *m, struct sweep *s, uint16_t get,
		  uint16_t del, mnl_cb_t fn)
{
	struct nlmsghdr *nlh = nl_xfrm(m, get, NLM_F_DUMP, 0);
	struct nl_error err;

	if (nlh && !nl_dump(m, nlh, fn, s, forget, &err))
		remove_all(m, s, del);
	forget(s);
}

void ike_sweep(struct machine *m, json_object *parts)
{
	struct sweep *s = calloc(1, sizeof(*s));

	if (!s)
		return;
	s->parts = parts;
	sweep(m, s, XFRM_MSG_GETPOLICY, XFRM_MSG_DELPOLICY, take_policy);
	sweep(m, s, XFRM_MSG_GETSA, XFRM_MSG_DELSA, take_sa);
	free(s);
}
