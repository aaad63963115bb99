// SPDX-License-Identifier: GPL-2.0-only
/* notrack-chain: rules of configured policies */
#include <string.h>
#include <sys/socket.h>

#include "buffer.h"
#include "ipsec.h"
#include "notrack.h"

#define RAW	"ip firewall raw"

const char *notrack_chain(const struct item *identity)
{
	const char *chain = item_get(identity, "notrack-chain");

	return chain && *chain && !item_is(identity, "disabled") ? chain : NULL;
}

bool notrack_generates(const struct item *identity)
{
	return strcmp(item_get(identity, "generate-policy"), "no");
}

/**
 * struct side - of a policy
 * @prefix: NULL: any
 * @port: "any" or a number
 */
struct side {
	const char *prefix, *port;
};

static void put_side(struct config *c, struct item *rule, const char *address,
		     const char *port, const struct side *s)
{
	size_t len = s->prefix ? strlen(s->prefix) : 0;

	/* as the type has a single address */
	if (len > 3 && !strcmp(s->prefix + len - 3, "/32"))
		len -= 3;
	if (s->prefix)
		item_putf(c, rule, address, "%.*s", (int)len, s->prefix);
	if (strcmp(s->port, "any"))
		item_put(c, rule, port, s->port);
}

static void add_rule(struct config *c, const struct item *identity,
		     const struct ipsec_policy *p, const char *chain,
		     const struct side *src, const struct side *dst)
{
	struct item *rule = item_add(c, menu_by_path(RAW), NULL);
	const char *protocol = item_get(p->item, "protocol");

	rule->dynamic = true;
	rule->maker = identity;
	rule->at = identity->at;
	item_put(c, rule, "dynamic", "yes");
	item_put(c, rule, "chain", chain);
	item_put(c, rule, "action", "notrack");
	put_side(c, rule, "src-address", "src-port", src);
	put_side(c, rule, "dst-address", "dst-port", dst);
	if (strcmp(protocol, "all"))
		item_put(c, rule, "protocol", protocol);
}

static void add_identity(struct config *c, const struct ipsec *ipsec,
			 const struct ipsec_peer *peer,
			 const struct item *identity)
{
	const char *chain = notrack_chain(identity);
	const struct ipsec_policy *p;

	for (p = chain ? ipsec->policies : NULL; p; p = p->next) {
		struct side local = { p->src ? p->src : p->sa_src, p->src_port };
		struct side remote = { p->dst ? p->dst : p->sa_dst, p->dst_port };

		/* the table is of IPv4, and a VTI takes what is routed to it */
		if (p->peer != peer || p->template || p->vti ||
		    p->family != AF_INET || ipsec_is_everywhere(p))
			continue;
		add_rule(c, identity, p, chain, &local, &remote);
		add_rule(c, identity, p, chain, &remote, &local);
	}
}

void notrack_expand(struct config *c, const struct ipsec *ipsec)
{
	const struct ipsec_identity *id;
	const struct ipsec_peer *p;
	struct item *rule, *next;

	for (rule = config_items(c, RAW)->first; rule; rule = next) {
		next = rule->next;
		if (rule->maker)
			item_remove(c, rule);
	}
	for (p = ipsec->peers; p; p = p->next)
		for (id = p->identities; id; id = id->next)
			add_identity(c, ipsec, p, id->item);
}
