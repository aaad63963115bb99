// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/if_addr.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "address.h"
#include "apply.h"
#include "nl.h"
#include "sysctl.h"

/**
 * struct addresses - those that are there, or wanted
 * @first: of them
 */
struct addresses {
	struct address *first;
};

static void *want(struct apply *ap, const struct config *c)
{
	struct addresses *all = arena_alloc(ap->arena, sizeof(*all));

	all->first = c ? address_wanted(ap->arena, c) : NULL;
	return all;
}

static void *have(struct apply *ap)
{
	struct addresses *all = arena_alloc(ap->arena, sizeof(*all));

	return address_read(ap->machine, ap->arena, &all->first) ? all : NULL;
}

static struct nlmsghdr *request(struct machine *m, uint16_t type,
				uint16_t flags, const struct address *addr,
				const struct iface *i)
{
	struct nlmsghdr *nlh = nl_route(m, type, flags,
					sizeof(struct ifaddrmsg));
	struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(nlh);
	unsigned int size = ip_size(addr->local.family);
	struct ip net = ip_network(&addr->local);
	bool peer = !ip_same(&net, &addr->net);

	ifa->ifa_family = addr->local.family;
	ifa->ifa_prefixlen = addr->local.len;
	ifa->ifa_index = i->index;
	mnl_attr_put(nlh, IFA_LOCAL, size, addr->local.octets);
	mnl_attr_put(nlh, IFA_ADDRESS, size,
		     peer ? addr->net.octets : addr->local.octets);
	return nlh;
}

static void put_broadcast(struct nlmsghdr *nlh, const struct address *addr)
{
	struct ip last = addr->net;
	unsigned int i;

	if (last.family != AF_INET || last.len > 30)
		return;
	for (i = last.len; i < ip_bits(AF_INET); i++)
		last.octets[i / 8] |= 0x80 >> i % 8;
	mnl_attr_put(nlh, IFA_BROADCAST, ip_size(AF_INET), last.octets);
}

static int add_address(struct apply *ap, struct address *addr)
{
	struct machine *m = ap->machine;
	const struct iface *i = machine_iface(m, addr->ifname);
	char text[IP_TEXT];
	struct nlmsghdr *nlh;
	struct nl_error err;

	ip_prefix_text(&addr->local, text);
	if (!apply_step(ap, "add address %s to %s", text, addr->ifname))
		return 0;
	if (!i) {
		apply_error(ap, addr->item, "address %s: no interface %s", text,
			    addr->ifname);
		return -1;
	}
	nlh = request(m, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, addr, i);
	mnl_attr_put_u8(nlh, IFA_PROTO, MARK_PROTO);
	if (addr->no_dad)
		mnl_attr_put_u32(nlh, IFA_FLAGS, IFA_F_NODAD);
	put_broadcast(nlh, addr);
	if (!nl_talk(m, nlh, &err))
		return 0;
	apply_error(ap, addr->item, "address %s on %s: %s", text, addr->ifname,
		    err.text);
	return -1;
}

static int delete(struct apply *ap, const struct address *addr,
		  const struct iface *i)
{
	struct nlmsghdr *nlh = request(ap->machine, RTM_DELADDR, 0, addr, i);
	char text[IP_TEXT];
	struct nl_error err;

	if (!nl_talk(ap->machine, nlh, &err) || err.code == EADDRNOTAVAIL)
		return 0;
	apply_error(ap, NULL, "address %s on %s: %s",
		    ip_prefix_text(&addr->local, text), addr->ifname, err.text);
	return -1;
}

/*
 * The first address of a subnet takes the others with it, whose ever they are,
 * unless promote_secondaries is on.
 */
static int drop(struct apply *ap, const struct address *addr)
{
	const struct iface *i = machine_iface(ap->machine, addr->ifname);
	char text[IP_TEXT], path[SYSCTL_PATH];
	int ret;

	if (!apply_step(ap, "remove address %s from %s",
			ip_prefix_text(&addr->local, text), addr->ifname) || !i)
		return 0;
	if (addr->local.family != AF_INET)
		return delete(ap, addr, i);
	snprintf(path, sizeof(path), "net/ipv4/conf/%s/promote_secondaries",
		 addr->ifname);
	if (!sysctl_borrow(ap, path, "1"))
		return -1;
	ret = delete(ap, addr, i);
	return sysctl_give_back(ap, path) ? ret : -1;
}

/* Of the wanted ones: also those whose host part depends on the interface. */
static bool complete(struct apply *ap, struct address *list)
{
	for (; list; list = list->next) {
		if (address_complete(ap->machine, list) || ap->dry)
			continue;
		apply_error(ap, list->item,
			    "eui-64=yes: %s has no link-layer address to make a host part of; give a whole address",
			    list->ifname);
		return false;
	}
	return true;
}

/*
 * Must it go before the new ones come? IPv6 takes no address in two forms, and one
 * that moves shall not be on two interfaces. All others go last: with the last IPv4
 * address of an interface the kernel takes all routes, whose ever they are.
 */
static bool is_in_way(const struct address *addr, const struct address *wanted)
{
	if (addr->local.family != AF_INET)
		return true;
	for (; wanted; wanted = wanted->next)
		if (ip_same(&wanted->local, &addr->local) &&
		    strcmp(wanted->ifname, addr->ifname))
			return true;
	return false;
}

static int drop_old(struct apply *ap, const struct addresses *there,
		    const struct addresses *wanted, bool in_way)
{
	const struct address *addr;

	for (addr = there->first; addr; addr = addr->next) {
		if (!addr->ours || apply_is_gone(ap, addr->ifname) ||
		    address_find(wanted->first, addr) ||
		    is_in_way(addr, wanted->first) != in_way)
			continue;
		if (drop(ap, addr))
			return -1;
	}
	return 0;
}

static int add_new(struct apply *ap, const struct addresses *there,
		   const struct addresses *wanted)
{
	struct address *addr;

	for (addr = wanted->first; addr; addr = addr->next) {
		bool gone = apply_is_gone(ap, addr->ifname);

		if (!addr->ours ||
		    (!gone && address_find(there->first, addr)))
			continue;
		if (add_address(ap, addr))
			return -1;
	}
	return 0;
}

static int sync_addresses(struct apply *ap, void *have_data, void *want_data)
{
	const struct addresses *there = have_data, *wanted = want_data;

	if (!complete(ap, wanted->first))
		return -1;
	return drop_old(ap, there, wanted, true) ||
	       add_new(ap, there, wanted) ||
	       drop_old(ap, there, wanted, false) ? -1 : 0;
}

const struct backend address_backend = {
	.name = "addresses", .want = want, .have = have, .sync = sync_addresses,
};
