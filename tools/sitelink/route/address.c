// SPDX-License-Identifier: GPL-2.0-only
#include <linux/if_addr.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "address.h"
#include "nl.h"

/**
 * struct reading - addresses that are being read
 * @m: where from
 * @arena: where to
 * @first: list
 * @last: where the next one is linked
 */
struct reading {
	struct machine *m;
	struct arena *arena;
	struct address *first, **last;
};

static uint32_t flags_of(const struct ifaddrmsg *ifa,
			 const struct nlattr *const *tb)
{
	return tb[IFA_FLAGS] ? mnl_attr_get_u32(tb[IFA_FLAGS]) : ifa->ifa_flags;
}

static int put_address(const struct nlmsghdr *nlh, void *data)
{
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[IFA_MAX + 1];
	struct reading *r = data;
	const struct iface *i;
	struct address *addr;
	uint32_t flags;

	if (nlh->nlmsg_type != RTM_NEWADDR ||
	    (ifa->ifa_family != AF_INET && ifa->ifa_family != AF_INET6))
		return MNL_CB_OK;
	i = machine_iface_at(r->m, ifa->ifa_index);
	if (!i)
		return MNL_CB_OK;	/* new; so are its addresses */
	nl_attrs(nlh, sizeof(*ifa), tb, IFA_MAX);
	addr = arena_alloc(r->arena, sizeof(*addr));
	ip_attr(&addr->net, ifa->ifa_family, tb[IFA_ADDRESS]);
	ip_attr(&addr->local, ifa->ifa_family, tb[IFA_LOCAL]);
	if (!addr->local.family)
		addr->local = addr->net;
	if (!addr->local.family)
		return MNL_CB_OK;
	addr->local.len = ifa->ifa_prefixlen;
	addr->net.len = ifa->ifa_prefixlen;
	addr->net = ip_network(&addr->net);
	memcpy(addr->ifname, i->name, sizeof(addr->ifname));
	flags = flags_of(ifa, tb);
	addr->ours = tb[IFA_PROTO] &&
		     mnl_attr_get_u8(tb[IFA_PROTO]) == MARK_PROTO;
	addr->route = !(flags & IFA_F_NOPREFIXROUTE);
	addr->no_dad = flags & IFA_F_NODAD;
	*r->last = addr;
	r->last = &addr->next;
	return MNL_CB_OK;
}

static void restart(void *data)
{
	struct reading *r = data;

	r->first = NULL;
	r->last = &r->first;
}

bool address_read(struct machine *m, struct arena *a, struct address **list)
{
	struct reading r = { .m = m, .arena = a };
	struct nlmsghdr *nlh;
	struct nl_error err;

	restart(&r);
	nlh = nl_route(m, RTM_GETADDR, NLM_F_DUMP, sizeof(struct ifaddrmsg));
	if (nl_dump(m, nlh, put_address, &r, restart, &err))
		return false;
	*list = r.first;
	return true;
}

static void want_network(struct address *addr, const char *network)
{
	struct ip net;

	addr->net = ip_network(&addr->local);
	/* "network" of the address itself, as RouterOS shows it of a /32 */
	if (!network || !ip_parse(&net, addr->local.family, network) ||
	    ip_same(&net, &addr->local))
		return;
	net.len = addr->local.len;
	addr->net = ip_network(&net);
}

struct address *address_of_item(struct arena *a, const struct item *item,
				int family)
{
	const char *text = item_get(item, "address");
	const char *ifname = item_get(item, "interface");
	struct address *addr;

	/* an incomplete item has been complained about */
	if (item->dynamic || item_is(item, "disabled") || !text || !ifname)
		return NULL;
	addr = arena_alloc(a, sizeof(*addr));
	if (!ip_parse(&addr->local, family, text))
		return NULL;
	snprintf(addr->ifname, sizeof(addr->ifname), "%s", ifname);
	addr->item = item;
	addr->ours = true;
	addr->route = true;
	if (family == AF_INET6) {
		addr->no_dad = item_is(item, "no-dad");
		addr->eui64 = item_is(item, "eui-64");
	}
	want_network(addr, family == AF_INET ? item_get(item, "network") : NULL);
	return addr;
}

static struct address **want_menu(struct arena *a, const struct config *c,
				  const char *path, int family,
				  struct address **last)
{
	const struct item *item;

	for_each_item(item, c, path) {
		struct address *addr = address_of_item(a, item, family);

		if (!addr)
			continue;
		*last = addr;
		last = &addr->next;
	}
	return last;
}

struct address *address_wanted(struct arena *a, const struct config *c)
{
	struct address *first = NULL, **last = &first;

	last = want_menu(a, c, "ip address", AF_INET, last);
	want_menu(a, c, "ipv6 address", AF_INET6, last);
	return first;
}

bool address_complete(struct machine *m, struct address *addr)
{
	static const uint8_t none[sizeof(((struct iface *)NULL)->mac)];
	const struct iface *i;
	uint8_t *host = addr->local.octets + 8;

	if (!addr->eui64)
		return true;
	i = machine_iface(m, addr->ifname);
	if (!i || !memcmp(i->mac, none, sizeof(none)))
		return false;
	if (i->mac_len == 6) {
		memcpy(host, i->mac, 3);
		host[3] = 0xff;
		host[4] = 0xfe;
		memcpy(host + 5, i->mac + 3, 3);
		host[0] ^= 2;
	} else if (i->mac_len == 4) {
		/* of tunnels over IPv4: RFC 5214, section 6.1 */
		memcpy(host, (uint8_t[]){ 0, 0, 0x5e, 0xfe }, 4);
		memcpy(host + 4, i->mac, 4);
	} else {
		return false;
	}
	addr->eui64 = false;
	return true;
}

const struct address *address_find(const struct address *list,
				   const struct address *addr)
{
	for (; list; list = list->next)
		if (ip_same(&list->local, &addr->local) &&
		    list->local.len == addr->local.len &&
		    ip_same(&list->net, &addr->net) &&
		    !strcmp(list->ifname, addr->ifname))
			return list;
	return NULL;
}
