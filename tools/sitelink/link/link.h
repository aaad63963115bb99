/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interfaces: those that we make, and what we change of others. Both what is
 * wanted and what is there is text, by property, in the canonical form of the
 * menus, so that it compares, is shown, and is put back alike.
 */
#ifndef SITELINK_LINK_H
#define SITELINK_LINK_H

#include "apply.h"
#include "nl.h"

enum link_prop {
	LINK_COMMENT,
	LINK_DISABLED,
	LINK_MTU,
	LINK_MAC,
	LINK_ARP,
	LINK_ARP_TIMEOUT,
	LINK_LOCAL,
	LINK_REMOTE,
	LINK_TUNNEL_ID,
	LINK_KEEPALIVE,
	LINK_DSCP,
	LINK_CLAMP_TCP_MSS,
	LINK_DONT_FRAGMENT,
	LINK_ALLOW_FAST_PATH,
	LINK_LOOP_PROTECT,
	LINK_LOOP_SEND_INTERVAL,
	LINK_LOOP_DISABLE_TIME,
	LINK_PROTOCOL_MODE,
	LINK_FORWARD_DELAY,
	LINK_PRIORITY,
	LINK_AGEING_TIME,
	LINK_MAX_MESSAGE_AGE,
	LINK_IGMP_SNOOPING,
	LINK_PROPS
};

/**
 * struct link_kind - a kind of interface that we make
 * @name: of IFLA_INFO_KIND
 * @menu: where it is configured
 * @module: where it comes from; NULL: the kernel finds it
 * @twin: the kernel's own module of the kind, or NULL
 * @family: of the outer addresses; 0: a bridge
 * @local: number of the attribute in IFLA_INFO_DATA
 * @remote: likewise
 * @tunnel_id: likewise, 0: has none
 */
struct link_kind {
	const char *name, *menu, *module, *twin;
	int family;
	uint16_t local, remote, tunnel_id;
};

extern const struct link_kind link_kinds[];
extern const unsigned int link_kind_count;

/* NULL: none of ours */
const struct link_kind *link_kind_by_name(const char *name);

/**
 * struct link - an interface
 * @next: the one behind it
 * @item: that wants it; NULL: none is to blame
 * @kind: NULL: not made by us
 * @name: of it
 * @index: 0: not known, the name will do
 * @remove: it must go, in sync
 * @value: by property; NULL: of no interest
 */
struct link {
	struct link *next;
	const struct item *item;
	const struct link_kind *kind;
	const char *name;
	uint32_t index;
	bool remove;
	const char *value[LINK_PROPS];
};

struct link *link_find(struct link *list, const char *name);

/* A new one at the list's end. */
struct link *link_add(struct arena *a, struct link **list, const char *name);

/* Name of the property in the menus. */
const char *link_prop_name(enum link_prop p);

/*
 * Put the attributes for all properties that have a value; with @create those
 * that only a new interface has, too.
 */
void link_put(struct nlmsghdr *nlh, const struct link *l, bool create);

/* What IFLA_INFO_DATA says. */
void link_get(struct arena *a, struct link *l, const struct nlattr *data);

/* The value in the form of the property of the kind's menu; NULL: has none. */
const char *link_canonical(struct arena *a, const char *menu,
			   enum link_prop p, const char *text);

/* What the machine says of any interface, but for what only its kind has. */
void link_get_common(struct arena *a, struct link *l, const char *menu,
		     const struct iface *iface);

/* link_arp.c: properties that are sysctls of the interface */
const char *arp_get(const struct iface *iface);
const char *arp_timeout_get(struct arena *a, const char *ifname);
bool arp_set(const char *ifname, const char *mode);
/* What the default is cannot be told from "auto" once it is set. */
const char *arp_timeout_want(const char *value);
bool arp_timeout_set(const char *ifname, const char *value);

/* link_bridge.c: what must be noted of bridges; false: it could not be */
bool bridge_note(struct machine *m, const struct link *l);
void bridge_forget(struct machine *m, const char *ifname);

/* Mend what was read of a bridge by what was noted. */
void bridge_get(struct machine *m, struct link *l, const struct nlattr *data);

/* Of a bridge: there is no way back to an mtu or address by the ports. */
bool bridge_must_go(const struct link *have, const struct link *want);

/*
 * Make properties of an interface that is there what @l says, where it says
 * something.
 */
int link_set(struct apply *ap, const struct link *l);

/* Note what the kernel will not tell of what is set. */
int link_note(struct apply *ap, const struct link *l);

/*
 * What @want has that @have has not: in @diff, which is a copy of @want, all
 * else is NULL. The text of the step is in @text. false: they are the same.
 */
bool link_diff(const struct link *have, const struct link *want,
	       struct link *diff, char *text, size_t size);

/**
 * struct links - of a configuration, or of the machine
 * @own: made by us
 * @foreign: not made by us, with the values that are changed
 */
struct links {
	struct link *own, *foreign;
};

/* Did we make it? */
bool link_is_own(const struct iface *iface);

/* What we make: of a configuration, and of the machine; false: it was said. */
void link_want_own(struct apply *ap, const struct config *c,
		   struct links *links);
bool link_have_own(struct apply *ap, struct links *links);

/* What we change of others, likewise. */
void foreign_want(struct apply *ap, const struct config *c,
		  struct links *links);
void foreign_have(struct apply *ap, struct links *links);
int foreign_sync(struct apply *ap, struct links *have, struct links *want);

#endif /* SITELINK_LINK_H */
