/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Addresses of interfaces, both families'. What is ours has IFA_PROTO MARK_PROTO;
 * an address that another program has set, even a wanted one, is left alone.
 */
#ifndef SITELINK_ADDRESS_H
#define SITELINK_ADDRESS_H

#include "config.h"
#include "ip.h"
#include "machine.h"

/**
 * struct address - an address of an interface
 * @next: the one behind it
 * @local: it
 * @net: prefix that is reached by the interface
 * @ifname: interface
 * @item: what wants it; NULL: it is there
 * @ours: of the ones that are there
 * @route: the kernel makes a route to @net
 * @no_dad: it is used without a look for others that have it
 * @eui64: the host part of @local is to be made of the interface's own address
 */
struct address {
	struct address *next;
	struct ip local, net;
	char ifname[16];
	const struct item *item;
	bool ours, route, no_dad, eui64;
};

/* All that there are, in the order of the kernel; false: could not be read. */
bool address_read(struct machine *m, struct arena *a, struct address **list);

/* All that a configuration wants. */
struct address *address_wanted(struct arena *a, const struct config *c);

/* What one item wants; NULL: nothing, it is disabled. */
struct address *address_of_item(struct arena *a, const struct item *item,
				int family);

/*
 * The host part, if it depends on the interface; false: that is not there, or has
 * no address of its own.
 */
bool address_complete(struct machine *m, struct address *addr);

/* Is it there, our own or not? */
const struct address *address_find(const struct address *list,
				   const struct address *addr);

/* others() of the menus: what the machine says of all items, and has beside. */
void address_others(struct machine *m, struct config *c);
void address6_others(struct machine *m, struct config *c);

#endif /* SITELINK_ADDRESS_H */
