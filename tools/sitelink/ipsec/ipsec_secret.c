// SPDX-License-Identifier: GPL-2.0-only
/*
 * Secrets that the daemon could take for one another. It looks one up by the name that
 * the other end has, which is its address unless remote-id says more; and whoever
 * answers tries all secrets that the name fits.
 */
#include <string.h>
#include <sys/socket.h>

#include "ipsec_check.h"
#include "ipsec_private.h"

bool ipsec_is_anywhere(const struct ipsec_peer *p)
{
	return p->any || p->family == AF_UNSPEC;
}

static bool is_main(const struct ipsec_peer *p)
{
	return !strcmp(item_get(p->item, "exchange-mode"), "main");
}

bool ipsec_by_address(const struct ipsec_peer *p, const struct item *identity)
{
	/* in main mode the secret is needed before the name is said */
	return is_main(p) || !strchr(item_get(identity, "remote-id"), ':');
}

static const char *secret_of(const struct item *identity)
{
	return strcmp(item_get(identity, "auth-method"), "pre-shared-key") ?
	       NULL : item_get(identity, "secret");
}

static bool same_place(const struct ipsec_peer *a, const struct ipsec_peer *b)
{
	return ipsec_is_anywhere(a) ? ipsec_is_anywhere(b) :
	       !ipsec_is_anywhere(b) && !strcmp(a->remote, b->remote);
}

/* Two that only an address is known of, and that is the same. */
static void refuse_double(struct config *c, const struct ipsec_peer *p,
			  const struct item *item, const struct ipsec_peer *other)
{
	const char *how = is_main(p) && is_main(other) ?
		"main mode tells them apart by address only" :
		"the daemon tells them apart by remote-id only";

	if (p == other)
		item_error(c, item, "secret",
			   "peer %s: another identity of it has another secret; %s",
			   p->name, how);
	else if (ipsec_is_anywhere(p))
		item_error(c, item, "secret",
			   "peer %s: peer %s, too, may have any address, and has another secret; %s",
			   p->name, other->name, how);
	else
		item_error(c, item, "secret",
			   "peer %s: peer %s has the same address and another secret; %s",
			   p->name, other->name, how);
}

/* With the one before it, or, of one that has a name, with one that is for any. */
static void check_identity(struct config *c, const struct ipsec_peer *peers,
			   const struct ipsec_peer *p, const struct item *item)
{
	const char *secret = secret_of(item), *other;
	bool by_address = ipsec_by_address(p, item), before = true;
	const struct ipsec_identity *id;
	const struct ipsec_peer *q;

	for (q = secret ? peers : NULL; q; q = q->next)
		for (id = q->identities; id; id = id->next) {
			other = secret_of(id->item);
			if (id->item == item)
				before = false;
			if (!other || !strcmp(other, secret) ||
			    !ipsec_by_address(q, id->item))
				continue;
			if (by_address && before && same_place(p, q)) {
				refuse_double(c, p, item, q);
				return;
			}
			if (!by_address && p->any && ipsec_is_anywhere(q)) {
				item_error(c, item, "remote-id",
					   "remote-id=%s: who has the other secret, of peer %s, could say this name, too: that identity needs a remote-id%s",
					   item_get(item, "remote-id"), q->name,
					   is_main(q) ? ", and exchange-mode=ike2" : "");
				return;
			}
		}
}

void ipsec_check_secrets(struct config *c, const struct ipsec *ipsec)
{
	const struct ipsec_identity *id;
	const struct ipsec_peer *p;

	for (p = ipsec->peers; p; p = p->next)
		for (id = p->identities; id; id = id->next)
			check_identity(c, ipsec->peers, p, id->item);
}
