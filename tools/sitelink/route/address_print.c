// SPDX-License-Identifier: GPL-2.0-only
/* What print shows of addresses beside what is configured. */
#include <string.h>
#include <sys/socket.h>

#include "address.h"

static void put_interface(struct machine *m, struct config *c,
			  struct item *item)
{
	const char *name = item_get(item, "interface");

	if (name && machine_iface(m, name))
		item_put(c, item, "actual-interface", name);
	else
		item_put(c, item, "invalid", "yes");
}

static void put_address(struct config *c, struct item *item,
			const struct address *addr)
{
	char text[IP_TEXT];
	bool local = ip_is_link_local6(&addr->local);

	item_put(c, item, "address", ip_prefix_text(&addr->local, text));
	if (addr->local.family == AF_INET)
		item_put(c, item, "network", ip_text(&addr->net, text));
	else
		item_put(c, item, local ? "link-local" : "global", "yes");
}

static void add_other(struct machine *m, struct config *c,
		      const struct menu *menu, const struct address *addr)
{
	struct item *item = item_add(c, menu, NULL);

	item->dynamic = true;
	item_put(c, item, "dynamic", "yes");
	item_put(c, item, "interface", addr->ifname);
	if (addr->local.family == AF_INET6)
		item_put(c, item, "advertise", "no");
	put_address(c, item, addr);
	put_interface(m, c, item);
}

static void show(struct machine *m, struct config *c, const char *path,
		 int family)
{
	const struct menu *menu = menu_by_path(path);
	struct address *first = NULL, **last = &first, *addr;
	struct address *there;
	struct item *item;

	for (item = config_items(c, path)->first; item; item = item->next) {
		addr = address_of_item(c->arena, item, family);
		put_interface(m, c, item);
		if (!addr)
			continue;
		if (address_complete(m, addr))
			put_address(c, item, addr);
		*last = addr;
		last = &addr->next;
	}
	if (!address_read(m, c->arena, &there))
		return;
	for (; there; there = there->next)
		if (there->local.family == family &&
		    strcmp(there->ifname, "lo") && !address_find(first, there))
			add_other(m, c, menu, there);
}

void address_others(struct machine *m, struct config *c)
{
	show(m, c, "ip address", AF_INET);
}

void address6_others(struct machine *m, struct config *c)
{
	show(m, c, "ipv6 address", AF_INET6);
}
