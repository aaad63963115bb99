/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the menus below /ip ipsec ask for, resolved: which policy goes with which
 * peer, which peer with which profile and identities. Made once per run; the IKE
 * daemon's connections, our own kernel policies and the firewall go by it.
 */
#ifndef SITELINK_IPSEC_H
#define SITELINK_IPSEC_H

#include "config.h"

struct apply;

/**
 * struct ipsec_identity - one way to authenticate a peer
 * @next: of the same peer
 * @item: of /ip ipsec identity
 */
struct ipsec_identity {
	struct ipsec_identity *next;
	const struct item *item;
};

/**
 * struct ipsec_peer - a peer that is not disabled
 * @next: in the order of the menu
 * @item: of /ip ipsec peer
 * @profile: its item
 * @name: of it; its connection in the daemon has that name, too
 * @family: AF_INET, AF_INET6, AF_UNSPEC: a DNS name
 * @local: address, its own or the first of its policies that says one; NULL: by the
 *	route
 * @remote: address, prefix or DNS name, without /32 and /128
 * @any: @remote is a prefix of more than one address
 * @ike2: exchange-mode=ike2
 * @passive: never begins by itself: passive=yes, or @any
 * @identities: in the order of the menu
 */
struct ipsec_peer {
	struct ipsec_peer *next;
	const struct item *item, *profile;
	const char *name;
	int family;
	const char *local, *remote;
	bool any, ike2, passive;
	struct ipsec_identity *identities;
};

enum ipsec_action { IPSEC_ENCRYPT, IPSEC_NONE, IPSEC_DISCARD };
enum ipsec_level { IPSEC_REQUIRE, IPSEC_UNIQUE, IPSEC_USE };

/**
 * struct ipsec_policy - a policy that is neither disabled nor invalid
 * @next: in the order of the menu, which is that of matching
 * @item: of /ip ipsec policy
 * @peer: NULL: a template, or no encryption
 * @proposal: its item; NULL: no encryption
 * @action: what is done
 * @level: what is done without SA
 * @template: of @group, for what the peer asks for
 * @tunnel: not transport mode
 * @ah: not ESP
 * @group: name of the policy group, of a template
 * @family: AF_INET or AF_INET6
 * @src: prefix; NULL: the address that the connection has ("dynamic")
 * @dst: likewise
 * @src_port: "any" or a number
 * @dst_port: likewise
 * @protocol: number of it, 0: all
 * @sa_src: outer address, NULL: by the peer or the route
 * @sa_dst: likewise
 * @child: name of the CHILD_SA's configuration in the daemon, below @peer's
 *	connection; it stays the same as long as the selectors do
 * @priority: of the kernel policies that the daemon makes of it; ours that stand
 *	below have one more
 * @vti: name of the VTI interface that it is bound to, by its mark; NULL: none
 */
struct ipsec_policy {
	struct ipsec_policy *next;
	const struct item *item;
	const struct ipsec_peer *peer;
	const struct item *proposal;
	enum ipsec_action action;
	enum ipsec_level level;
	bool template, tunnel, ah;
	const char *group;
	int family;
	const char *src, *dst, *src_port, *dst_port;
	unsigned int protocol;
	const char *sa_src, *sa_dst;
	const char *child;
	unsigned int priority;
	const char *vti;
};

/**
 * struct ipsec - all of it
 * @peers: in the order of their menu
 * @policies: likewise
 */
struct ipsec {
	struct ipsec_peer *peers;
	struct ipsec_policy *policies;
};

/* Is it all addresses of its family? */
bool ipsec_is_all(const char *prefix);

/*
 * Is nothing known of one end, and of the other no more than that it may be all? What
 * was made of that would be for the whole machine.
 */
bool ipsec_is_everywhere(const struct ipsec_policy *p);

/*
 * Of @c, in the run's arena; the same one for each backend that asks in that run.
 * Mistakes go to item_error(). NULL config: an empty one.
 */
const struct ipsec *ipsec_of(struct apply *ap, const struct config *c);

/*
 * The same outside of a run, for print: @names of children and peers are those that
 * the daemon knows them by; priorities are not filled in.
 */
const struct ipsec *ipsec_shown(struct arena *a, const struct config *c);

#endif /* SITELINK_IPSEC_H */
