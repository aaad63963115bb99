// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/if_link.h>

#include "machine_private.h"
#include "nl.h"

struct machine *machine_open(struct arena *a)
{
	struct machine *m = calloc(1, sizeof(*m));
	socklen_t size = sizeof(m->cookie);

	if (!m) {
		fputs("sitelink: out of memory\n", stderr);
		exit(1);
	}
	m->arena = a;
	if (!nl_open(m)) {
		free(m);
		return NULL;
	}
	if (getsockopt(mnl_socket_get_fd(m->route), SOL_SOCKET,
		       SO_NETNS_COOKIE, &m->cookie, &size)) {
		fprintf(stderr, "sitelink: SO_NETNS_COOKIE: %s\n",
			strerror(errno));
		machine_close(m);
		return NULL;
	}
	return m;
}

void machine_close(struct machine *m)
{
	nl_close(m);
	free(m);
}

void machine_changed(struct machine *m)
{
	m->read = false;
}

static uint32_t u32(const struct nlattr *attr)
{
	if (!attr || mnl_attr_validate(attr, MNL_TYPE_U32) < 0)
		return 0;
	return mnl_attr_get_u32(attr);
}

static void copy_text(char *to, size_t size, const struct nlattr *attr)
{
	if (attr)
		snprintf(to, size, "%.*s", (int)mnl_attr_get_payload_len(attr),
			 (const char *)mnl_attr_get_payload(attr));
}

static void copy_stats(struct iface *i, const struct nlattr *attr)
{
	struct rtnl_link_stats64 s = { 0 };
	size_t len;

	if (!attr)
		return;
	len = mnl_attr_get_payload_len(attr);
	memcpy(&s, mnl_attr_get_payload(attr),
	       len < sizeof(s) ? len : sizeof(s));
	i->rx_bytes = s.rx_bytes;
	i->rx_packets = s.rx_packets;
	i->tx_bytes = s.tx_bytes;
	i->tx_packets = s.tx_packets;
}

static void copy_mac(struct iface *i, const struct nlattr *attr)
{
	size_t len = attr ? mnl_attr_get_payload_len(attr) : 0;

	if (!len || len > sizeof(i->mac))
		return;
	memcpy(i->mac, mnl_attr_get_payload(attr), len);
	i->mac_len = len;
}

static const char *copy_alias(struct machine *m, const struct nlattr *attr)
{
	const char *text;

	if (!attr)
		return NULL;
	text = mnl_attr_get_payload(attr);
	return arena_strndup(m->arena, text,
			     strnlen(text, mnl_attr_get_payload_len(attr)));
}

/**
 * struct reading - interfaces that are being read
 * @m: where to
 * @last: where the next one is linked
 */
struct reading {
	struct machine *m;
	struct iface **last;
};

static int put_iface(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[IFLA_MAX + 1], *info[IFLA_INFO_MAX + 1];
	struct reading *r = data;
	struct iface *i;

	if (nlh->nlmsg_type != RTM_NEWLINK ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(*ifi))
		return MNL_CB_OK;
	nl_attrs(nlh, sizeof(*ifi), tb, IFLA_MAX);
	i = arena_alloc(r->m->arena, sizeof(*i));
	i->index = ifi->ifi_index;
	i->type = ifi->ifi_type;
	i->flags = ifi->ifi_flags;
	copy_text(i->name, sizeof(i->name), tb[IFLA_IFNAME]);
	if (tb[IFLA_LINKINFO]) {
		nl_nested(tb[IFLA_LINKINFO], info, IFLA_INFO_MAX);
		copy_text(i->kind, sizeof(i->kind), info[IFLA_INFO_KIND]);
	}
	i->alias = copy_alias(r->m, tb[IFLA_IFALIAS]);
	i->mtu = u32(tb[IFLA_MTU]);
	i->group = u32(tb[IFLA_GROUP]);
	i->master = u32(tb[IFLA_MASTER]);
	copy_mac(i, tb[IFLA_ADDRESS]);
	copy_stats(i, tb[IFLA_STATS64]);
	*r->last = i;
	r->last = &i->next;
	return MNL_CB_OK;
}

static void reading_restart(void *data)
{
	struct reading *r = data;

	r->m->ifaces = NULL;
	r->last = &r->m->ifaces;
}

const struct iface *machine_ifaces(struct machine *m)
{
	struct reading r = { .m = m };
	struct nlmsghdr *nlh;
	struct nl_error err;

	if (m->read)
		return m->ifaces;
	reading_restart(&r);
	nlh = nl_route(m, RTM_GETLINK, NLM_F_DUMP, sizeof(struct ifinfomsg));
	if (nl_dump(m, nlh, put_iface, &r, reading_restart, &err)) {
		/* nothing can be decided without them */
		fprintf(stderr, "sitelink: interfaces: %s\n", err.text);
		exit(1);
	}
	m->read = true;
	return m->ifaces;
}

const struct iface *machine_iface(struct machine *m, const char *name)
{
	const struct iface *i;

	for (i = machine_ifaces(m); i; i = i->next)
		if (!strcmp(i->name, name))
			return i;
	return NULL;
}

const struct iface *machine_iface_at(struct machine *m, uint32_t index)
{
	const struct iface *i;

	for (i = machine_ifaces(m); i; i = i->next)
		if (i->index == index)
			return i;
	return NULL;
}
