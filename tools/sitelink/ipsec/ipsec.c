// SPDX-License-Identifier: GPL-2.0-only
/*
 * From items to peers and policies. What the menus' checks have refused does not
 * come here.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "apply.h"
#include "buffer.h"
#include "fw_type.h"
#include "ip.h"
#include "ipsec.h"
#include "ipsec_private.h"

/* An address that says nothing: as if the property were not there. */
static const char *address_of(const struct item *item, const char *name)
{
	const char *text = item_get(item, name);
	struct ip ip;
	size_t i;

	if (!text || (!ip_parse(&ip, AF_INET, text) &&
		      !ip_parse(&ip, AF_INET6, text)))
		return NULL;
	for (i = 0; i < ip_size(ip.family); i++)
		if (ip.octets[i])
			return text;
	return NULL;
}

static int family_of(const char *text)
{
	struct ip ip;

	if (ip_parse(&ip, AF_INET, text) || ip_parse(&ip, AF_INET6, text))
		return ip.family;
	return AF_UNSPEC;
}

static struct ipsec_identity *identities_of(struct arena *a,
					    const struct config *c,
					    const char *peer)
{
	struct ipsec_identity *first = NULL, **last = &first;
	const struct item *item;

	for_each_item(item, c, "ip ipsec identity") {
		const char *name = item_get(item, "peer");

		if (item_is(item, "disabled") || !name || strcmp(name, peer))
			continue;
		*last = arena_alloc(a, sizeof(**last));
		(*last)->item = item;
		last = &(*last)->next;
	}
	return first;
}

/* The address of a peer, without the length of a prefix that has but one. */
static void set_remote(struct arena *a, struct ipsec_peer *p, const char *text)
{
	char buf[IP_TEXT];
	struct ip ip;

	p->remote = text;
	p->family = family_of(text);
	if (p->family == AF_UNSPEC)
		return;
	ip_parse(&ip, p->family, text);
	p->any = ip.len < ip_bits(p->family);
	if (p->any)
		return;
	ip_text(&ip, buf);
	p->remote = arena_strndup(a, buf, strlen(buf));
}

static struct ipsec_peer *peer_of(struct arena *a, const struct config *c,
				  const struct item *item)
{
	struct ipsec_peer *p = arena_alloc(a, sizeof(*p));

	p->item = item;
	p->name = item_get(item, "name");
	p->profile = item_by_name(c, "ip ipsec profile",
				  item_get(item, "profile"));
	set_remote(a, p, item_get(item, "address"));
	p->local = address_of(item, "local-address");
	p->ike2 = !strcmp(item_get(item, "exchange-mode"), "ike2");
	p->passive = p->any || item_is(item, "passive");
	p->identities = identities_of(a, c, p->name);
	return p;
}

const char *ipsec_phase1(const struct ipsec_peer *p, const char *name)
{
	/* RouterOS 6 had the profile's properties on the peer */
	if (prop_index(p->item->menu, name) >= 0 && item_has(p->item, name))
		return item_get(p->item, name);
	return item_get(p->profile, name);
}

bool ipsec_has_dpd(const struct ipsec_peer *p)
{
	return strcmp(ipsec_phase1(p, "dpd-interval"), "disable-dpd");
}

/*
 * Whose address has @text in it: of several the one that says most, and of these the
 * one with the local-address @own.
 */
static struct ipsec_peer *peer_at(const struct ipsec *ipsec, const char *text,
				  const char *own)
{
	struct ipsec_peer *p, *best = NULL;
	struct ip ip, prefix;
	int rank, most = -1;

	if (!text)
		return NULL;
	for (p = ipsec->peers; p; p = p->next) {
		if (p->family == AF_UNSPEC || !ip_parse(&ip, p->family, text))
			continue;
		ip_parse(&prefix, p->family, p->remote);
		rank = 2 * prefix.len + (own && p->local && !strcmp(own, p->local));
		if (!ip_covers(&prefix, &ip) || rank <= most)
			continue;
		best = p;
		most = rank;
	}
	return best;
}

static struct ipsec_peer *peer_by_name(const struct ipsec *ipsec,
				       const char *name)
{
	struct ipsec_peer *p;

	for (p = ipsec->peers; p; p = p->next)
		if (!strcmp(p->name, name))
			return p;
	return NULL;
}

/* Whose policy it is. */
static struct ipsec_peer *peer_for(const struct ipsec *ipsec,
				   const struct item *policy)
{
	const char *name = item_get(policy, "peer");

	return name && *name ? peer_by_name(ipsec, name) :
	       peer_at(ipsec, item_get(policy, "sa-dst-address"),
		       address_of(policy, "sa-src-address"));
}

static enum ipsec_action action_of(const struct item *item)
{
	const char *word = item_get(item, "action");

	if (!strcmp(word, "encrypt"))
		return IPSEC_ENCRYPT;
	return strcmp(word, "none") ? IPSEC_DISCARD : IPSEC_NONE;
}

static enum ipsec_level level_of(const struct item *item)
{
	const char *word = item_get(item, "level");

	if (!strcmp(word, "require"))
		return IPSEC_REQUIRE;
	return strcmp(word, "use") ? IPSEC_UNIQUE : IPSEC_USE;
}

/* A selector's prefix; the default, one address of zeros, is none. */
static const char *selector_of(const struct item *item, const char *name)
{
	const char *text = item_get(item, name);
	struct ip ip;

	if (!text || !family_of(text))
		return NULL;
	ip_parse(&ip, family_of(text), text);
	return ip.len == ip_bits(ip.family) ? address_of(item, name) : text;
}

static void set_selectors(struct ipsec_policy *p)
{
	const char *protocol = item_get(p->item, "protocol");

	p->src = selector_of(p->item, "src-address");
	p->dst = selector_of(p->item, "dst-address");
	p->src_port = item_get(p->item, "src-port");
	p->dst_port = item_get(p->item, "dst-port");
	if (strcmp(protocol, "all"))
		p->protocol = protocol_number(protocol);
	p->family = p->src ? family_of(p->src) :
		    p->dst ? family_of(p->dst) : AF_INET;
}

/* Where SAs go: what the policy says, else what the peer says. */
static void set_ends(struct ipsec_policy *p)
{
	p->sa_src = address_of(p->item, "sa-src-address");
	p->sa_dst = address_of(p->item, "sa-dst-address");
	if (!p->peer)
		return;
	if (!p->sa_src)
		p->sa_src = p->peer->local;
	if (!p->sa_dst && !p->peer->any && p->peer->family != AF_UNSPEC)
		p->sa_dst = p->peer->remote;
}

/* Transport mode has no other selectors than the ends. */
static void set_hosts(struct ipsec_policy *p)
{
	if (p->tunnel || p->template || p->action != IPSEC_ENCRYPT)
		return;
	if (!p->src)
		p->src = p->sa_src;
	if (!p->dst)
		p->dst = p->sa_dst;
	if (p->src || p->dst)
		p->family = family_of(p->src ? p->src : p->dst);
}

bool ipsec_is_all(const char *prefix)
{
	size_t len = prefix ? strlen(prefix) : 0;

	return len > 2 && !strcmp(prefix + len - 2, "/0");
}

bool ipsec_is_everywhere(const struct ipsec_policy *p)
{
	bool local = p->src || p->sa_src, remote = p->dst || p->sa_dst;

	return (!local && (!remote || ipsec_is_all(p->dst))) ||
	       (!remote && ipsec_is_all(p->src));
}

static bool is_end(const struct item *vti, const char *name, const char *address)
{
	const char *own = address_of(vti, name);

	return !own || (address && !strcmp(own, address));
}

/* The VTI interface between the same two addresses, for what takes everything. */
static const char *vti_of(const struct config *c, const struct ipsec_policy *p)
{
	const struct item *item;

	if (p->template || !p->tunnel || p->action != IPSEC_ENCRYPT ||
	    !ipsec_is_all(p->src) || !ipsec_is_all(p->dst) || p->protocol)
		return NULL;
	for_each_item(item, c, "interface vti")
		if (is_end(item, "local-address", p->sa_src) &&
		    is_end(item, "remote-address", p->sa_dst))
			return item_get(item, "name");
	return NULL;
}

static const char *end_text(const char *prefix)
{
	return prefix ? prefix : "dynamic";
}

/* By it the daemon knows the policy: what it says, so that it lasts. */
static const char *child_name(struct arena *a, const struct ipsec_policy *p)
{
	struct buffer name;

	buffer_init(&name, a);
	if (p->template)
		buffer_add(&name, "%s:", p->group);
	buffer_add(&name, "%s-%s", end_text(p->src), end_text(p->dst));
	if (p->protocol)
		buffer_add(&name, ":%s", item_get(p->item, "protocol"));
	if (strcmp(p->src_port, "any") || strcmp(p->dst_port, "any"))
		buffer_add(&name, ":%s-%s", p->src_port, p->dst_port);
	return name.p;
}

static struct ipsec_policy *policy_of(struct arena *a, const struct config *c,
				      const struct ipsec *ipsec,
				      const struct item *item)
{
	struct ipsec_policy *p = arena_alloc(a, sizeof(*p));

	p->item = item;
	p->action = action_of(item);
	p->level = level_of(item);
	p->template = item_is(item, "template");
	p->tunnel = item_is(item, "tunnel");
	p->ah = !strcmp(item_get(item, "ipsec-protocols"), "ah");
	p->group = item_get(item, "group");
	set_selectors(p);
	if (p->action == IPSEC_ENCRYPT) {
		p->proposal = item_by_name(c, "ip ipsec proposal",
					   item_get(item, "proposal"));
		if (!p->template)
			p->peer = peer_for(ipsec, item);
	}
	set_ends(p);
	set_hosts(p);
	p->vti = vti_of(c, p);
	p->child = child_name(a, p);
	return p;
}

/* The address of this side where only a policy says it. */
static void set_locals(const struct ipsec *ipsec, const struct config *c)
{
	const struct item *item;

	for_each_item(item, c, "ip ipsec policy") {
		const char *own = address_of(item, "sa-src-address");
		struct ipsec_peer *p;

		if (!own || item_is(item, "disabled") ||
		    item_is(item, "template") || action_of(item) != IPSEC_ENCRYPT)
			continue;
		p = peer_for(ipsec, item);
		if (p && !p->local)
			p->local = own;
	}
}

static bool same_vti(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* An end that nobody knows yet, since the peer has a name, is not that of another. */
static bool same_ends(const struct ipsec_policy *a, const struct ipsec_policy *b)
{
	return a->peer == b->peer || (a->src && a->dst);
}

/* Is it one that an earlier one takes all packets of? */
static bool is_double(const struct ipsec *ipsec, const struct ipsec_policy *p)
{
	const struct ipsec_policy *q;

	for (q = ipsec->policies; q; q = q->next)
		if (q->template == p->template && !strcmp(q->child, p->child) &&
		    same_vti(q->vti, p->vti) && same_ends(q, p))
			return true;
	return false;
}

const struct ipsec *ipsec_shown(struct arena *a, const struct config *c)
{
	struct ipsec *ipsec = arena_alloc(a, sizeof(*ipsec));
	struct ipsec_policy **policy = &ipsec->policies;
	struct ipsec_peer **peer = &ipsec->peers;
	const struct item *item;

	if (!c)
		return ipsec;
	for_each_item(item, c, "ip ipsec peer") {
		if (item_is(item, "disabled"))
			continue;
		*peer = peer_of(a, c, item);
		peer = &(*peer)->next;
	}
	set_locals(ipsec, c);
	for_each_item(item, c, "ip ipsec policy") {
		struct ipsec_policy *p;

		if (item_is(item, "disabled"))
			continue;
		p = policy_of(a, c, ipsec, item);
		/* its peer may be disabled; that is no reason to send in clear */
		if (is_double(ipsec, p))
			continue;
		*policy = p;
		policy = &p->next;
	}
	return ipsec;
}

const struct ipsec *ipsec_of(struct apply *ap, const struct config *c)
{
	struct ipsec *ipsec = ap->ipsec;

	if (ipsec && ap->ipsec_config == c)
		return ipsec;
	ipsec = (struct ipsec *)ipsec_shown(ap->arena, c);
	ipsec_order(ap, ipsec);
	ap->ipsec = ipsec;
	ap->ipsec_config = c;
	return ipsec;
}
