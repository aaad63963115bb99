// SPDX-License-Identifier: GPL-2.0-only
/*
 * The interfaces that a configuration asks for.
 */
#include <string.h>
#include <sys/socket.h>

#include "link.h"

/* RSTP's ports forward at once; the kernel's STP waits this long, twice. */
#define STP_DELAY_MIN	"2s"

static void want_bridge(struct link *l)
{
	const struct item *item = l->item;
	const char *mode = item_get(item, "protocol-mode");

	/* the machine chooses one by its ports */
	l->value[LINK_MAC] = item_is(item, "auto-mac") ? NULL :
			     item_get(item, "admin-mac");
	if (!strcmp(item_get(item, "mtu"), "auto"))
		l->value[LINK_MTU] = NULL;
	if (!strcmp(mode, "rstp") && !item_has(item, "forward-delay"))
		l->value[LINK_FORWARD_DELAY] = STP_DELAY_MIN;
	if (strcmp(mode, "none"))
		l->value[LINK_PROTOCOL_MODE] = "stp";
}

static void want_tunnel(struct link *l)
{
	const char *any = l->kind->family == AF_INET ? "0.0.0.0" : "::";
	const char *keepalive = l->value[LINK_KEEPALIVE];

	if (!l->value[LINK_LOCAL])
		l->value[LINK_LOCAL] = any;
	if (!l->value[LINK_REMOTE])
		l->value[LINK_REMOTE] = any;
	/* "!keepalive" */
	if (keepalive && !*keepalive)
		l->value[LINK_KEEPALIVE] = "0s,0";
	if (l->value[LINK_LOOP_PROTECT] &&
	    !strcmp(l->value[LINK_LOOP_PROTECT], "default"))
		l->value[LINK_LOOP_PROTECT] = "off";
}

/* What the menu has of the properties. */
static void want_values(struct link *l)
{
	unsigned int p;

	for (p = 0; p < LINK_PROPS; p++)
		if (prop_index(l->item->menu, link_prop_name(p)) >= 0)
			l->value[p] = item_get(l->item, link_prop_name(p));
	if (!l->value[LINK_COMMENT])
		l->value[LINK_COMMENT] = "";
	if (l->value[LINK_ARP_TIMEOUT])
		l->value[LINK_ARP_TIMEOUT] =
			arp_timeout_want(l->value[LINK_ARP_TIMEOUT]);
}

static void want_one(struct apply *ap, const struct config *c,
		     const struct item *item, const struct link_kind *kind,
		     struct links *links)
{
	const char *name = item_get(item, "name");
	const struct iface *there = machine_iface(ap->machine, name);
	struct link *l;

	if (there && !link_is_own(there)) {
		item_error(c, item, "name",
			   "%s: there is such an interface, and sitelink did not make it; choose another name, or remove it first",
			   name);
		return;
	}
	l = link_add(ap->arena, &links->own, name);
	l->item = item;
	l->kind = kind;
	want_values(l);
	if (kind->family)
		want_tunnel(l);
	else
		want_bridge(l);
}

void link_want_own(struct apply *ap, const struct config *c,
		   struct links *links)
{
	const struct item *item;
	unsigned int i;

	for (i = 0; i < link_kind_count; i++)
		for_each_item(item, c, link_kinds[i].menu)
			if (!item->dynamic)
				want_one(ap, c, item, &link_kinds[i], links);
}
