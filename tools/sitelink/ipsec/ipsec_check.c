// SPDX-License-Identifier: GPL-2.0-only
/* What only peers, profiles and policies together show to be a mistake. */
#include <string.h>
#include <sys/socket.h>

#include "diag.h"
#include "ip.h"
#include "ipsec_check.h"
#include "ipsec_private.h"

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* retransmit_tries of the daemon is one for all of IKEv2. */
static void check_failures(struct config *c, const struct ipsec_peer *peers,
			   const struct ipsec_peer *p)
{
	static const char failures[] = "dpd-maximum-failures";
	const struct ipsec_peer *q;

	for (q = peers; q != p; q = q->next) {
		if (!q->ike2 || !q->profile || !ipsec_has_dpd(q) ||
		    same(ipsec_phase1(q, failures), ipsec_phase1(p, failures)))
			continue;
		item_error(c, item_has(p->item, failures) ? p->item : p->profile,
			   failures,
			   "%s=%s, of peer %s: the daemon has one for all of IKEv2, and peer %s has %s",
			   failures, ipsec_phase1(p, failures), p->name,
			   q->name, ipsec_phase1(q, failures));
		return;
	}
}

/* RouterOS, too, tells peers at one address apart by exchange-mode only. */
static void check_double(struct config *c, const struct ipsec_peer *peers,
			 const struct ipsec_peer *p)
{
	static const char mode[] = "exchange-mode";
	const struct ipsec_peer *q;

	for (q = peers; q != p; q = q->next) {
		if (!same(q->remote, p->remote) || !same(q->local, p->local) ||
		    !same(item_get(q->item, mode), item_get(p->item, mode)))
			continue;
		item_error(c, p->item, "address",
			   "peer %s: peer %s has the same address, local-address and exchange-mode",
			   p->name, q->name);
		return;
	}
}

/* What an identity says, and the daemon does otherwise. */
static void note_identity(struct config *c, const struct item *item)
{
	if (same(item_get(item, "generate-policy"), "port-override"))
		diag_note(c->diag, item->at,
			  "generate-policy=port-override: as port-strict: the policies have the ports that the peer asks for");
	if (same(item_get(item, "remote-id"), "ignore") &&
	    same(item_get(item, "auth-method"), "digital-signature"))
		diag_note(c->diag, item->at,
			  "remote-id=ignore: as auto: the daemon looks for the name that the other end says in its certificate");
}

static void check_peer(struct config *c, const struct ipsec_peer *peers,
		       const struct ipsec_peer *p)
{
	const struct ipsec_identity *id;

	for (id = p->identities; id; id = id->next)
		note_identity(c, id->item);
	check_double(c, peers, p);
	if (p->ike2 && p->profile && ipsec_has_dpd(p))
		check_failures(c, peers, p);
}

static bool is_host(int family, const char *prefix)
{
	struct ip ip;

	return ip_parse(&ip, family, prefix) && ip.len == ip_bits(family);
}

/* Is @a, which may be a prefix, @b? */
static bool is_at(const char *a, const char *b)
{
	int family = strchr(b, ':') ? AF_INET6 : AF_INET;
	struct ip ip, other;

	return ip_parse(&ip, family, a) && ip_parse(&other, family, b) &&
	       ip_covers(&ip, &other);
}

/* Of transport mode: @own is an end's address, @end what SAs have there. */
static bool check_host(struct config *c, const struct ipsec_policy *p,
		       const char *prop, const char *own, const char *end)
{
	if (!own)
		return true;
	if (!is_host(p->family, own)) {
		item_error(c, p->item, prop,
			   "%s=%s: tunnel=no is for packets between the two ends themselves; networks need tunnel=yes",
			   prop, own);
		return false;
	}
	if (end && !is_at(own, end)) {
		item_error(c, p->item, prop,
			   "%s=%s: with tunnel=no it must be that end's own address, %s",
			   prop, own, end);
		return false;
	}
	return true;
}

/* An outer address that the policy and its peer say differently. */
static void check_end(struct config *c, const struct ipsec_policy *p,
		      const char *prop, const char *own, const char *peers)
{
	if (own && peers && !is_at(peers, own))
		item_error(c, p->item, prop, "%s=%s: peer %s has %s", prop, own,
			   p->peer->name, peers);
}

/* Between everywhere and everywhere are the IKE daemon's own packets, too. */
static void check_vti(struct config *c, const struct ipsec_policy *p)
{
	if (p->vti || !ipsec_is_all(p->src) || !ipsec_is_all(p->dst))
		return;
	if (p->protocol) {
		item_error(c, p->item, "protocol",
			   "protocol=%s: a policy from everywhere to everywhere has to be a VTI's, which is of all protocols; else say which networks",
			   item_get(p->item, "protocol"));
		return;
	}
	item_error(c, p->item, "dst-address",
		   "a policy of all packets has to be a VTI's: /interface vti add local-address=%s remote-address=%s is missing; else say which networks",
		   p->sa_src ? p->sa_src : "ADDRESS",
		   p->sa_dst ? p->sa_dst : "ADDRESS");
}

static void check_families(struct config *c, const struct ipsec_policy *p)
{
	if (p->src && p->dst && !strchr(p->src, ':') != !strchr(p->dst, ':'))
		item_error(c, p->item, "dst-address",
			   "dst-address=%s: src-address=%s is of the other family",
			   p->dst, p->src);
}

/* Ours that drops below the daemon's would be for the whole machine. */
static void note_clear(struct config *c, const struct ipsec_policy *p)
{
	if (!p->peer || !ipsec_is_everywhere(p))
		return;
	diag_note(c->diag, p->item->at,
		  "the addresses of peer %s are not known here: until there is an SA this policy's packets go in clear, unless %s is said",
		  p->peer->name, p->dst ? "src-address" :
		  p->src ? "dst-address" : "src-address or dst-address");
}

/* What ours lets pass must not be more than the policy is for. */
static bool check_use(struct config *c, const struct ipsec_policy *p)
{
	bool local = p->src || p->sa_src;

	if (!p->peer || p->level != IPSEC_USE ||
	    (local && (p->dst || p->sa_dst)))
		return true;
	item_error(c, p->item, "level",
		   "level=use: it needs %s: what goes in clear until there is an SA has to be known",
		   local ? "dst-address, or the peer's address" :
		   "src-address, or the peer's local-address");
	return false;
}

static void check_encrypt(struct config *c, const struct ipsec_policy *p)
{
	const char *peer = item_get(p->item, "peer");

	if (!p->peer && (!peer || !*peer)) {
		item_error(c, p->item, "sa-dst-address",
			   "a policy that encrypts needs peer=NAME, or sa-dst-address= of one that /ip ipsec peer has the address of");
		return;
	}
	if (p->peer && p->peer->family != AF_UNSPEC)
		check_end(c, p, "sa-dst-address", p->sa_dst, p->peer->remote);
	if (p->peer)
		check_end(c, p, "sa-src-address", p->sa_src, p->peer->local);
	check_families(c, p);
	if (!check_use(c, p))
		return;
	note_clear(c, p);
	if (p->tunnel)
		check_vti(c, p);
	else if (check_host(c, p, "src-address", p->src, p->sa_src))
		check_host(c, p, "dst-address", p->dst, p->sa_dst);
}

/* Without a connection there is no address for a selector that is not said. */
static void check_plain(struct config *c, const struct ipsec_policy *p)
{
	const char *missing = !p->src ? "src-address" :
			      !p->dst ? "dst-address" : NULL;

	if (missing)
		item_error(c, p->item, "action",
			   "action=%s: %s is missing; 0.0.0.0/0 is all",
			   item_get(p->item, "action"), missing);
	else
		check_families(c, p);
}

/* The template that is there by itself then takes nothing, as nobody has asked for it. */
static void check_proposal(struct config *c, const struct ipsec_policy *p)
{
	static const char proposal[] = "proposal";

	if (!p->proposal || !item_is(p->proposal, "disabled") ||
	    (p->item->builtin && !item_has(p->item, proposal)))
		return;
	item_error(c, p->item, proposal,
		   "proposal=%s: it is disabled; enable it, or name another one",
		   item_get(p->proposal, "name"));
}

void ipsec_check(struct config *c, const struct ipsec *ipsec)
{
	const struct ipsec_policy *policy;
	const struct ipsec_peer *peer;

	for (peer = ipsec->peers; peer; peer = peer->next)
		check_peer(c, ipsec->peers, peer);
	ipsec_check_secrets(c, ipsec);
	for (policy = ipsec->policies; policy; policy = policy->next) {
		check_proposal(c, policy);
		if (policy->template)
			continue;
		if (policy->action == IPSEC_ENCRYPT)
			check_encrypt(c, policy);
		else
			check_plain(c, policy);
	}
}
