// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kinds of interfaces that we make.
 */
#include <string.h>
#include <sys/socket.h>
#include <linux/if_tunnel.h>
#include <linux/sitelink.h>

#include "array.h"
#include "link.h"

const struct link_kind link_kinds[] = {
	{ "eoip", "interface eoip", "sitelink_eoip", NULL, AF_INET,
	  IFLA_EOIP_LOCAL, IFLA_EOIP_REMOTE, IFLA_EOIP_TUNNEL_ID },
	{ "eoip6", "interface eoipv6", "sitelink_eoip", NULL, AF_INET6,
	  IFLA_EOIP_LOCAL, IFLA_EOIP_REMOTE, IFLA_EOIP_TUNNEL_ID },
	{ "gre", "interface gre", "sitelink_gre", "ip_gre", AF_INET,
	  IFLA_GRE_LOCAL, IFLA_GRE_REMOTE, 0 },
	{ "ipip", "interface ipip", "sitelink_ipip", "ipip", AF_INET,
	  IFLA_IPTUN_LOCAL, IFLA_IPTUN_REMOTE, 0 },
	{ "6to4", "interface 6to4", "sitelink_6to4", NULL, AF_INET,
	  IFLA_6TO4_LOCAL, IFLA_6TO4_REMOTE, 0 },
	{ "vti", "interface vti", "sitelink_vti", "ip_vti", AF_INET,
	  IFLA_VTI_LOCAL, IFLA_VTI_REMOTE, 0 },
	{ "bridge", "interface bridge", NULL, NULL, 0, 0, 0, 0 },
};

const unsigned int link_kind_count = ARRAY_SIZE(link_kinds);

const struct link_kind *link_kind_by_name(const char *name)
{
	unsigned int i;

	for (i = 0; i < link_kind_count; i++)
		if (!strcmp(link_kinds[i].name, name))
			return &link_kinds[i];
	return NULL;
}

struct link *link_find(struct link *list, const char *name)
{
	for (; list; list = list->next)
		if (!strcmp(list->name, name))
			break;
	return list;
}

struct link *link_add(struct arena *a, struct link **list, const char *name)
{
	struct link *l = arena_alloc(a, sizeof(*l));

	l->name = arena_strndup(a, name, strlen(name));
	while (*list)
		list = &(*list)->next;
	*list = l;
	return l;
}
