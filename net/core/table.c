// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tables of a namespace: which configuration takes a received packet.
 */
#include <linux/hash.h>
#include <linux/if_tunnel.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "sitelink.h"

static u32 hash_id(u32 id)
{
	return hash_32(id, SITELINK_HASH_BITS);
}

/*
 * What a packet carries: 4,096 tunnels that differ in one of the three only
 * shall not share a bucket. The rotation brings the octets that differ in a
 * subnet down to where the multiplication spreads them.
 */
static u32 hash_key4(__be32 remote, __be32 local, u32 id)
{
	id ^= rol32((__force u32)local, 16);
	return hash_32((__force u32)remote ^ (id * GOLDEN_RATIO_32),
		       SITELINK_HASH_BITS);
}

static __be32 fold(const struct in6_addr *a)
{
	return a->s6_addr32[0] ^ a->s6_addr32[1] ^ a->s6_addr32[2] ^
	       a->s6_addr32[3];
}

static u32 hash_key6(const struct in6_addr *remote,
		     const struct in6_addr *local, u32 id)
{
	return hash_key4(fold(remote), fold(local), id);
}

static u32 hash_params(const struct sitelink_kind *kind,
		       const struct sitelink_params *p)
{
	if (kind->family == AF_INET) {
		/* packets to a group do not tell our address */
		if (ipv4_is_multicast(p->remote.v4))
			return hash_key4(p->remote.v4, 0, p->id);
		return hash_key4(p->remote.v4, p->local.v4, p->id);
	}
	return hash_key6(&p->remote.v6, &p->local.v6, p->id);
}

/**
 * sitelink_lookup4() - find the tunnel of a received IPv4 packet
 * @sn: underlay namespace
 * @kind: kind of the packet
 * @remote: its source
 * @local: its destination
 * @id: its tunnel-id
 *
 * A tunnel with @local as its local address is preferred to one without.
 *
 * Context: RCU read side, at least one tunnel of @kind was added to @sn.
 * Return: the configuration or NULL.
 */
const struct sitelink_cfg *
sitelink_lookup4(const struct sitelink_net *sn,
		 const struct sitelink_kind *kind,
		 __be32 remote, __be32 local, u32 id)
{
	const struct sitelink_cfg *cfg;
	u32 hash;

	for (;; local = 0) {
		hash = hash_key4(remote, local, id);
		hlist_for_each_entry_rcu(cfg, &sn->table[hash], node)
			if (cfg->p.remote.v4 == remote && cfg->p.id == id &&
			    cfg->p.local.v4 == local && cfg->kind == kind)
				return cfg;
		if (!local)
			return NULL;
	}
}
EXPORT_SYMBOL_GPL(sitelink_lookup4);

/* The best of one bucket; *second is the first that names another link. */
static const struct sitelink_cfg *
lookup4_in(const struct sitelink_net *sn, const struct sitelink_kind *kind,
	   __be32 remote, __be32 local, u32 id, __be16 keyed, int link,
	   const struct sitelink_cfg **second)
{
	u32 hash = hash_key4(remote, local, id);
	const struct sitelink_cfg *cfg;

	hlist_for_each_entry_rcu(cfg, &sn->table[hash], node) {
		const struct sitelink_params *p = &cfg->p;

		if (p->remote.v4 != remote || p->id != id ||
		    (p->local.v4 != local && !ipv4_is_multicast(remote)) ||
		    cfg->kind != kind || (p->iflags & GRE_KEY) != keyed ||
		    !(cfg->tun->dev->flags & IFF_UP))
			continue;
		if (p->link == link)
			return cfg;
		if (!*second)
			*second = cfg;
	}
	return NULL;
}

/**
 * sitelink_lookup4_any() - find the tunnel of a received IPv4 packet where
 *	remote and local may be missing
 * @sn: underlay namespace
 * @kind: kind of the packet
 * @remote: its source
 * @local: its destination
 * @id: its key, 0 without
 * @keyed: GRE_KEY when it has a key, else 0
 * @link: ifindex that it came by
 *
 * As the in-tree kinds: both addresses, the remote, the local one or a group
 * that the packet was sent to, none; of these one that names the link before
 * the first other one; the fallback device. Who is down does not count.
 *
 * Context: RCU read side.
 * Return: the configuration or NULL.
 */
const struct sitelink_cfg *
sitelink_lookup4_any(const struct sitelink_net *sn,
		     const struct sitelink_kind *kind,
		     __be32 remote, __be32 local, u32 id, __be16 keyed,
		     int link)
{
	const struct sitelink_cfg *cfg, *second = NULL;

	/* pairs with the release in sitelink_table_alloc() */
	if (unlikely(!smp_load_acquire(&sn->table)))
		return sitelink_fallback(sn, kind);
	cfg = lookup4_in(sn, kind, remote, local, id, keyed, link, &second);
	if (likely(cfg))
		return cfg;
	if (likely(second && !second->p.link))
		return second;
	cfg = lookup4_in(sn, kind, remote, 0, id, keyed, link, &second);
	if (cfg)
		return cfg;
	if (ipv4_is_multicast(local))
		cfg = lookup4_in(sn, kind, local, 0, id, keyed, link, &second);
	else
		cfg = lookup4_in(sn, kind, 0, local, id, keyed, link, &second);
	if (cfg)
		return cfg;
	cfg = lookup4_in(sn, kind, 0, 0, id, keyed, link, &second);
	return cfg ?: second ?: sitelink_fallback(sn, kind);
}
EXPORT_SYMBOL_GPL(sitelink_lookup4_any);

/**
 * sitelink_bare_lookup() - find the tunnel of a kind that has no header
 * @kind: the kind
 * @skb: packet, or ICMP error about one
 * @remote: IPv4 address of the other end in it
 * @local: IPv4 address of our end
 *
 * Context: RCU read side.
 * Return: the configuration or NULL.
 */
const struct sitelink_cfg *
sitelink_bare_lookup(const struct sitelink_kind *kind,
		     const struct sk_buff *skb, __be32 remote, __be32 local)
{
	return sitelink_lookup4_any(sitelink_net(dev_net(skb->dev)), kind,
				    remote, local, 0, 0, skb->dev->ifindex);
}
EXPORT_SYMBOL_GPL(sitelink_bare_lookup);

/**
 * sitelink_lookup6() - find the tunnel of a received IPv6 packet
 * @sn: underlay namespace
 * @kind: kind of the packet
 * @remote: its source
 * @local: its destination
 * @id: its tunnel-id
 *
 * As sitelink_lookup4(), but @sn may have no tunnel yet.
 *
 * Context: RCU read side.
 * Return: the configuration or NULL.
 */
const struct sitelink_cfg *
sitelink_lookup6(const struct sitelink_net *sn,
		 const struct sitelink_kind *kind,
		 const struct in6_addr *remote, const struct in6_addr *local,
		 u32 id)
{
	/* pairs with the release in sitelink_table_alloc() */
	const struct hlist_head *table = smp_load_acquire(&sn->table);
	const struct sitelink_cfg *cfg;
	u32 hash;

	if (!table)
		return NULL;
	for (;; local = &in6addr_any) {
		hash = hash_key6(remote, local, id);
		hlist_for_each_entry_rcu(cfg, &table[hash], node)
			if (cfg->p.id == id && cfg->kind == kind &&
			    ipv6_addr_equal(&cfg->p.remote.v6, remote) &&
			    ipv6_addr_equal(&cfg->p.local.v6, local))
				return cfg;
		if (local == &in6addr_any)
			return NULL;
	}
}
EXPORT_SYMBOL_GPL(sitelink_lookup6);

/**
 * sitelink_count_unmatched() - count a packet that no tunnel takes
 * @sn: underlay namespace
 * @kind: kind of the packet
 * @id: its tunnel-id
 *
 * Context: RCU read side.
 */
void sitelink_count_unmatched(const struct sitelink_net *sn,
			      const struct sitelink_kind *kind, u32 id)
{
	/* pairs with the release in sitelink_table_alloc() */
	const struct hlist_head *by_id = smp_load_acquire(&sn->by_id);
	const struct sitelink_cfg *cfg;

	if (by_id)
		hlist_for_each_entry_rcu(cfg, &by_id[hash_id(id)], id_node)
			if (cfg->p.id == id && cfg->kind == kind) {
				sitelink_net_count(sn, RX_WRONG_SOURCE);
				return;
			}
	sitelink_net_count(sn, RX_UNKNOWN_ID);
}
EXPORT_SYMBOL_GPL(sitelink_count_unmatched);

/* Would the two receive the same packets? */
static bool same_key(const struct sitelink_kind *kind,
		     const struct sitelink_params *a,
		     const struct sitelink_params *b)
{
	return a->id == b->id && !((a->iflags ^ b->iflags) & GRE_KEY) &&
	       (a->link == b->link || !kind->twin) &&
	       ipv6_addr_equal(&a->remote.v6, &b->remote.v6) &&
	       ipv6_addr_equal(&a->local.v6, &b->local.v6);
}

/**
 * sitelink_tunnel_find() - find the tunnel that is configured to receive
 * @sn: underlay namespace
 * @kind: its kind
 * @p: by addresses, link, id and whether there is a key
 *
 * Context: RTNL.
 * Return: the tunnel or NULL.
 */
struct sitelink_tunnel *sitelink_tunnel_find(const struct sitelink_net *sn,
					     const struct sitelink_kind *kind,
					     const struct sitelink_params *p)
{
	const struct sitelink_cfg *c;
	struct sitelink_tunnel *t;

	list_for_each_entry(t, &sn->fallbacks, list) {
		c = rtnl_dereference(t->cfg);
		if (c->kind == kind && same_key(kind, &c->p, p))
			return t;
	}
	if (!sn->table)
		return NULL;
	hlist_for_each_entry(c, &sn->table[hash_params(kind, p)], node)
		if (c->kind == kind && same_key(kind, &c->p, p))
			return c->tun;
	return NULL;
}

/**
 * sitelink_table_alloc() - allocate the tables for a first tunnel
 * @sn: underlay namespace; nothing happens when it has them
 *
 * Context: RTNL.
 * Return: 0 or -ENOMEM.
 */
int sitelink_table_alloc(struct sitelink_net *sn)
{
	struct hlist_head *table, *by_id;

	if (sn->table)
		return 0;
	table = kvcalloc(1 << SITELINK_HASH_BITS, sizeof(*table), GFP_KERNEL);
	by_id = kvcalloc(1 << SITELINK_HASH_BITS, sizeof(*by_id), GFP_KERNEL);
	if (!table || !by_id) {
		kvfree(table);
		kvfree(by_id);
		return -ENOMEM;
	}
	/* eoip6 receives in every namespace and looks at once */
	smp_store_release(&sn->by_id, by_id);
	/* last: who sees the first table finds the other one, too */
	smp_store_release(&sn->table, table);
	return 0;
}

/**
 * sitelink_table_free() - undo sitelink_table_alloc()
 * @sn: underlay namespace, in which nobody looks any more
 */
void sitelink_table_free(struct sitelink_net *sn)
{
	kvfree(sn->table);
	kvfree(sn->by_id);
}

/**
 * sitelink_table_insert() - let packets find a configuration
 * @sn: underlay namespace
 * @cfg: the configuration
 *
 * Context: RTNL.
 */
void sitelink_table_insert(struct sitelink_net *sn, struct sitelink_cfg *cfg)
{
	if (cfg->tun->fallback)
		return;
	hlist_add_head_rcu(&cfg->node,
			   &sn->table[hash_params(cfg->kind, &cfg->p)]);
	hlist_add_head_rcu(&cfg->id_node, &sn->by_id[hash_id(cfg->p.id)]);
}

/**
 * sitelink_table_remove() - undo sitelink_table_insert()
 * @cfg: the configuration; who has found it sees it until a grace period has
 *	passed
 *
 * Context: RTNL.
 */
void sitelink_table_remove(struct sitelink_cfg *cfg)
{
	if (cfg->tun->fallback)
		return;
	hlist_del_rcu(&cfg->node);
	hlist_del_rcu(&cfg->id_node);
}
