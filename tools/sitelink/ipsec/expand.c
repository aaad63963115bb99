// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "array.h"
#include "buffer.h"
#include "expand.h"
#include "ipsec.h"
#include "ipsec_check.h"
#include "notrack.h"

static const char peer_path[] = "ip ipsec peer";
static const char identity_path[] = "ip ipsec identity";
static const char policy_path[] = "ip ipsec policy";

/* Properties of identities that peers had. */
static const char *const identity_props[] = {
	"auth-method", "secret", "generate-policy", "policy-template-group",
	"certificate", "remote-certificate", "my-id", "mode-config",
	"notrack-chain", NULL
};

/**
 * struct kind - tunnels of a kind
 * @path: their menu
 * @protocol: what they send, of IP
 * @any: local-address that is none
 */
struct kind {
	const char *path, *protocol, *any;
};

static const struct kind kinds[] = {
	{ "interface eoip", "gre", "0.0.0.0" },
	{ "interface eoipv6", "etherip", "::" },
	{ "interface gre", "gre", "0.0.0.0" },
	{ "interface ipip", "ipencap", "0.0.0.0" },
	{ "interface 6to4", "ipv6-encap", "0.0.0.0" },
};

static void take_back(struct item *item, const char *name)
{
	int row = prop_index(item->menu, name);

	if (!item->args[row])
		item->values[row] = NULL;
}

static void drop(struct config *c, const char *path)
{
	struct item *item, *next;

	for (item = config_items(c, path)->first; item; item = next) {
		next = item->next;
		if (item->maker)
			item_remove(c, item);
	}
}

static void undo(struct config *c)
{
	struct item *item;

	drop(c, peer_path);
	drop(c, identity_path);
	drop(c, policy_path);
	for_each_item(item, c, peer_path)
		take_back(item, "responder");
	for_each_item(item, c, policy_path) {
		take_back(item, "invalid");
		if (item->builtin)
			continue;
		take_back(item, "src-address");
		take_back(item, "dst-address");
	}
}

static struct item *make(struct config *c, const char *path,
			 const struct item *maker, struct item *before)
{
	struct item *item = item_add(c, menu_by_path(path), before);

	item->dynamic = true;
	item->maker = maker;
	item->at = maker->at;
	item_put(c, item, "dynamic", "yes");
	return item;
}

/* The maker's, or that and the first number that is free. */
static void name_it(struct config *c, struct item *item, const char *name)
{
	const char *path = item->menu->path, *other = name;
	unsigned int n = 0;

	while (item_by_name(c, path, other))
		other = buffer_format(c->arena, "%s-%u", name, ++n);
	item_put(c, item, "name", other);
}

static void expand_peer(struct config *c, const struct item *peer)
{
	struct item *item = NULL;
	const char *const *name;

	for (name = identity_props; *name; name++) {
		if (!item_has(peer, *name))
			continue;
		if (!item) {
			item = make(c, identity_path, peer, NULL);
			item_put(c, item, "peer", item_get(peer, "name"));
		}
		item_put(c, item, *name, item_get(peer, *name));
	}
}

/* The tunnel's own address, NULL: none. */
static const char *local_of(const struct item *tunnel, const struct kind *k)
{
	const char *local = item_get(tunnel, "local-address");

	return local && strcmp(local, k->any) ? local : NULL;
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The peer of a tunnel before this one, between the same two addresses. */
static struct item *shared_peer(struct config *c, const char *address,
				const char *local)
{
	struct item *item;

	for_each_item(item, c, peer_path)
		if (item->maker && item->maker->menu != item->menu &&
		    same(item_get(item, "address"), address) &&
		    same(item_get(item, "local-address"), local))
			return item;
	return NULL;
}

static bool has_policy(struct config *c, const char *peer, const char *protocol)
{
	struct item *item;

	for_each_item(item, c, policy_path)
		if (item->maker && same(item_get(item, "peer"), peer) &&
		    same(item_get(item, "protocol"), protocol))
			return true;
	return false;
}

static void add_peer(struct config *c, const struct item *tunnel,
		     const char *address, const char *local, const char **name)
{
	struct item *peer = make(c, peer_path, tunnel, NULL), *identity;

	item_put(c, peer, "address", address);
	if (local)
		item_put(c, peer, "local-address", local);
	name_it(c, peer, item_get(tunnel, "name"));
	*name = item_get(peer, "name");
	identity = make(c, identity_path, tunnel, NULL);
	item_put(c, identity, "peer", *name);
	item_put(c, identity, "secret", item_get(tunnel, "ipsec-secret"));
}

static void add_policy(struct config *c, const struct item *tunnel,
		       const struct kind *k, const char *local,
		       const char *address, const char *peer,
		       struct item *before)
{
	const char *remote = item_get(tunnel, "remote-address");
	struct item *item;

	if (has_policy(c, peer, k->protocol))
		return;
	item = make(c, policy_path, tunnel, before);
	item_put(c, item, "peer", peer);
	item_put(c, item, "protocol", k->protocol);
	item_put(c, item, "dst-address", address);
	item_put(c, item, "sa-dst-address", remote);
	if (!local)
		return;
	item_putf(c, item, "src-address", "%s/%d", local,
		  strchr(local, ':') ? 128 : 32);
	item_put(c, item, "sa-src-address", local);
}

/* RouterOS wants it off, and has it on if nothing is said. */
static void note_fast_path(struct config *c, const struct item *tunnel)
{
	int row = prop_index(tunnel->menu, "allow-fast-path");
	const struct arg *arg = row < 0 ? NULL : tunnel->args[row];

	if (arg && item_is(tunnel, "allow-fast-path"))
		diag_note(c->diag, arg->at,
			  "allow-fast-path=yes: RouterOS does not take it with ipsec-secret; here IPsec goes before it");
}

static void expand_tunnel(struct config *c, const struct item *tunnel,
			  const struct kind *k, struct item *before)
{
	const char *secret = item_get(tunnel, "ipsec-secret"), *name;
	const char *remote = item_get(tunnel, "remote-address");
	const char *local = local_of(tunnel, k), *address;
	struct item *peer;

	if (!secret || !*secret || item_is(tunnel, "disabled"))
		return;
	if (!remote) {
		item_error(c, tunnel, "ipsec-secret",
			   "ipsec-secret: there is no remote-address to share it with");
		return;
	}
	note_fast_path(c, tunnel);
	address = buffer_format(c->arena, "%s/%d", remote,
				strchr(remote, ':') ? 128 : 32);
	peer = shared_peer(c, address, local);
	if (!peer) {
		add_peer(c, tunnel, address, local, &name);
	} else if (same(item_get(peer->maker, "ipsec-secret"), secret)) {
		name = item_get(peer, "name");
	} else {
		item_error(c, tunnel, "ipsec-secret",
			   "ipsec-secret: another than that of /%s %s, which has the same two addresses: they share one peer",
			   peer->maker->menu->path, item_label(c, peer->maker));
		return;
	}
	add_policy(c, tunnel, k, local, address, name, before);
}

static void expand_template(struct config *c, struct item *item)
{
	static const char *const names[] = { "src-address", "dst-address" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!item_has(item, names[i]))
			item_put(c, item, names[i], "::/0");
}

/* What the model makes of it; an item of a list is one that it has taken. */
static void mark(struct config *c, const struct ipsec *ipsec)
{
	const struct ipsec_policy *policy = ipsec->policies;
	const struct ipsec_peer *peer;
	struct item *item;

	for (peer = ipsec->peers; peer; peer = peer->next)
		if (peer->passive)
			item_put(c, (struct item *)peer->item, "responder",
				 "yes");
	for_each_item(item, c, policy_path) {
		if (policy && policy->item == item)
			policy = policy->next;
		else if (!item_is(item, "disabled"))
			item_put(c, item, "invalid", "yes");
	}
}

void ipsec_expand(struct config *c)
{
	struct item *item, *before = NULL;
	const struct ipsec *ipsec;
	size_t i;

	undo(c);
	for_each_item(item, c, policy_path) {
		if (item->builtin)
			before = item->next;
		else if (item_is(item, "template"))
			expand_template(c, item);
	}
	for_each_item(item, c, peer_path)
		if (!item_is(item, "disabled"))
			expand_peer(c, item);
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		for_each_item(item, c, kinds[i].path)
			expand_tunnel(c, item, &kinds[i], before);
	ipsec = ipsec_shown(c->arena, c);
	mark(c, ipsec);
	ipsec_check(c, ipsec);
	notrack_expand(c, ipsec);
}
