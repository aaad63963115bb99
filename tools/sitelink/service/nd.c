// SPDX-License-Identifier: GPL-2.0-only
/* Router advertisements, as dnsmasq is told of them. */
#include <net/if.h>
#include <string.h>

#include "nd.h"
#include "type_service.h"

/* Is there more than one other end? */
static bool is_shared(struct apply *ap, const struct config *c,
		      const char *ifname)
{
	const struct item *item = interface_by_name(c, ifname);
	const struct iface *iface;

	if (item && !item->builtin)
		return !strncmp(item->menu->path, "interface eoip", 14) ||
		       !strcmp(item->menu->path, "interface bridge");
	iface = machine_iface(ap->machine, ifname);
	return iface && !(iface->flags & (IFF_POINTOPOINT | IFF_LOOPBACK)) &&
	       iface->flags & IFF_MULTICAST;
}

/* What is said on an interface; NULL: nothing. */
static const struct item *nd_of(const struct config *c, const char *ifname)
{
	const struct item *item, *all = NULL;

	for_each_item(item, c, "ipv6 nd") {
		const char *where = item_get(item, "interface");

		if (!strcmp(where, ifname))
			return item_is(item, "disabled") ? NULL : item;
		if (!strcmp(where, "all"))
			all = item;
	}
	return all && !item_is(all, "disabled") ? all : NULL;
}

/* The prefix to be told to others; NULL: none. */
static const char *prefix_of(struct apply *ap, const struct config *c,
			     const struct item *addr)
{
	static const struct rule any;
	const char *prefix, *address = item_get(addr, "address");

	if (!address || item_is(addr, "disabled") ||
	    !item_is(addr, "advertise"))
		return NULL;
	prefix = type_prefix6.parse(ap->arena, &any, address);
	/* of a pool, or of one link */
	if (!prefix || !strcmp(prefix, "::/64") || !strncmp(prefix, "fe80:", 5))
		return NULL;
	if (strcmp(strchr(prefix, '/'), "/64") ||
	    !is_shared(ap, c, item_get(addr, "interface")))
		return NULL;
	return prefix;
}

/* Has one before it the same interface, and prefix if that is given? */
static bool told(struct apply *ap, const struct config *c,
		 const struct item *addr, const char *prefix)
{
	const struct item *other;

	for (other = addr->prev; other; other = other->prev) {
		const char *its = prefix_of(ap, c, other);

		if (its && !strcmp(item_get(other, "interface"),
				   item_get(addr, "interface")) &&
		    (!prefix || !strcmp(its, prefix)))
			return true;
	}
	return false;
}

static void write_servers(FILE *out, const char *list, bool v6_only)
{
	char address[64];

	while (list && *list && list_next(&list, address, sizeof(address)))
		if (!v6_only || strchr(address, ':'))
			fprintf(out, ",[%s]", address);
}

/* Without addresses: none is said, and not this machine either. */
static void write_dns(const struct config *c, const struct item *nd, FILE *out)
{
	const struct item *dns = config_items(c, "ip dns")->first;
	const char *say = item_get(nd, "advertise-dns");
	bool some = strcmp(say, "no");

	fputs(",option6:dns-server", out);
	if (*item_get(nd, "dns"))
		write_servers(out, item_get(nd, "dns"), false);
	else if (some && (!strcmp(say, "self") ||
			  item_is(dns, "allow-remote-requests")))
		fputs(",[::]", out);
	else if (some)
		write_servers(out, item_get(dns, "servers"), true);
	putc('\n', out);
}

static void write_params(const struct item *nd, const char *ifname, FILE *out)
{
	const char *mtu = item_get(nd, "mtu");
	const char *preference = item_get(nd, "ra-preference");
	const char *life = item_get(nd, "ra-lifetime");

	fprintf(out, "ra-param=%s,mtu:%s,", ifname,
		!strcmp(mtu, "unspecified") ? "off" : mtu);
	if (strcmp(preference, "medium"))
		fprintf(out, "%s,", preference);
	fprintf(out, "%llu,%llu\n",
		time_seconds(strchr(item_get(nd, "ra-interval"), '-') + 1),
		strcmp(life, "none") ? time_seconds(life) : 0);
}

static void write_range(const struct config *c, const struct item *nd,
			const char *prefix, unsigned int tag, FILE *out)
{
	const struct item *rest =
		config_items(c, "ipv6 nd prefix default")->first;
	const char *life = item_get(rest, "valid-lifetime");
	int len = strchr(prefix, '/') - prefix;

	fprintf(out, "dhcp-range=set:nd%u,%.*s,%s,64,", tag, len, prefix,
		item_is(nd, "other-configuration") ? "ra-stateless" :
						     "ra-only");
	if (!strcmp(life, "infinity"))
		fputs("infinite\n", out);
	else
		fprintf(out, "%llu\n", time_seconds(life));
}

/* Said in so many words, and not done. */
static void note_unfit(const struct config *c, const struct item *addr)
{
	if (item_has(addr, "advertise") && item_is(addr, "advertise") &&
	    !item_is(addr, "disabled"))
		diag_note(c->diag, addr->at,
			  "advertise=yes: only prefixes of 64 bits are advertised, and on no tunnel from point to point");
}

unsigned int nd_write(struct apply *ap, const struct config *c, FILE *out)
{
	const struct item *addr;
	unsigned int count = 0;

	for_each_item(addr, c, "ipv6 address") {
		const char *ifname = item_get(addr, "interface");
		const char *prefix = prefix_of(ap, c, addr);
		const struct item *nd = nd_of(c, ifname);

		if (!prefix)
			note_unfit(c, addr);
		if (!prefix || !nd || told(ap, c, addr, prefix))
			continue;
		if (!name_is_plain(ifname)) {
			item_error(c, addr, "advertise",
				   "advertise=yes: dnsmasq takes no such name of an interface: %s",
				   ifname);
			continue;
		}
		if (!told(ap, c, addr, NULL))
			write_params(nd, ifname, out);
		write_range(c, nd, prefix, count, out);
		fprintf(out, "dhcp-option=tag:nd%u", count++);
		write_dns(c, nd, out);
	}
	if (count)
		fputs("enable-ra\nquiet-ra\nquiet-dhcp6\nleasefile-ro\n", out);
	return count;
}

const struct item *nd_asked(struct apply *ap, const struct config *c,
			    const char **prop)
{
	const struct item *addr;

	for_each_item(addr, c, "ipv6 address") {
		const struct item *nd;

		if (!prefix_of(ap, c, addr))
			continue;
		nd = nd_of(c, item_get(addr, "interface"));
		if (!nd)
			continue;
		*prop = "advertise";
		if (item_has(addr, *prop))
			return addr;
		*prop = "advertise-dns";
		if (strcmp(item_get(nd, *prop), "no"))
			return nd;
	}
	return NULL;
}
