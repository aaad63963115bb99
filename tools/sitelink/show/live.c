// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>
#include <net/if.h>
#include <linux/if_arp.h>
#include <linux/sitelink.h>

#include "link.h"
#include "live.h"
#include "machine_private.h"

/* of all kinds that carry frames: there is no limit but the field's */
#define L2MTU	"65535"

static void put(struct machine *m, struct item *item, const char *name,
		const char *value)
{
	item->values[prop_index(item->menu, name)] =
		arena_strndup(m->arena, value, strlen(value));
}

static void put_number(struct machine *m, struct item *item, const char *name,
		       unsigned long long n)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", n);
	put(m, item, name, text);
}

static void put_flag(struct machine *m, struct item *item, const char *name,
		     bool on)
{
	put(m, item, name, on ? "yes" : "no");
}

static bool is_running(const struct iface *i)
{
	return i && i->flags & IFF_UP && i->flags & IFF_RUNNING;
}

static void put_mac(struct machine *m, struct item *item,
		    const struct iface *i)
{
	struct link l = { 0 };

	link_get_common(m->arena, &l, item->menu->path, i);
	if (l.value[LINK_MAC])
		put(m, item, "mac-address", l.value[LINK_MAC]);
}

static void put_common(struct machine *m, struct item *item,
		       const struct iface *i)
{
	put_number(m, item, "actual-mtu", i->mtu);
	put_flag(m, item, "running", is_running(i));
	put_number(m, item, "rx-byte", i->rx_bytes);
	put_number(m, item, "tx-byte", i->tx_bytes);
	put_number(m, item, "rx-packet", i->rx_packets);
	put_number(m, item, "tx-packet", i->tx_packets);
}

/**
 * struct status - loop-protect-status that is looked for
 * @name: of the tunnel
 * @loop: SITELINK_LOOP_*
 */
struct status {
	const char *name;
	uint8_t loop;
};

static int take_status(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[SITELINK_A_TUNNEL_MAX + 1];
	const struct nlattr *props[IFLA_SITELINK_MAX + 1], *name, *loop;
	struct status *s = data;

	nl_attrs(nlh, GENL_HDRLEN, tb, SITELINK_A_TUNNEL_MAX);
	name = tb[SITELINK_A_TUNNEL_IFNAME];
	if (!name || mnl_attr_validate(name, MNL_TYPE_NUL_STRING) < 0 ||
	    strcmp(mnl_attr_get_str(name), s->name) ||
	    !tb[SITELINK_A_TUNNEL_PROPERTIES])
		return MNL_CB_OK;
	nl_nested(tb[SITELINK_A_TUNNEL_PROPERTIES], props, IFLA_SITELINK_MAX);
	loop = props[IFLA_SITELINK_LOOP_PROTECT_STATUS];
	if (loop && mnl_attr_validate(loop, MNL_TYPE_U8) >= 0)
		s->loop = mnl_attr_get_u8(loop);
	return MNL_CB_OK;
}

static void put_loop_status(struct machine *m, struct item *item,
			    const char *name)
{
	static const char *const words[] = {
		[SITELINK_LOOP_OFF] = "off", [SITELINK_LOOP_ON] = "on",
		[SITELINK_LOOP_DISABLE] = "disable",
	};
	struct status s = { name, SITELINK_LOOP_OFF };

	if (!strcmp(item_get(item, "loop-protect"), "on")) {
		struct nlmsghdr *nlh = nl_tunnel(m, SITELINK_CMD_TUNNEL_GET,
						 NLM_F_DUMP);
		struct nl_error err;

		if (!nlh || nl_dump(m, nlh, take_status, &s, NULL, &err))
			return;
	}
	if (s.loop <= SITELINK_LOOP_DISABLE)
		put(m, item, "loop-protect-status", words[s.loop]);
}

/* The interface of an item, if we made it. */
static const struct iface *own_iface(struct machine *m,
				     const struct item *item)
{
	const struct iface *i = machine_iface(m, item_get(item, "name"));

	return i && link_is_own(i) ? i : NULL;
}

void live_tunnel(struct machine *m, struct item *item)
{
	const struct iface *i = own_iface(m, item);

	if (!i)
		return;
	put_common(m, item, i);
	if (prop_index(item->menu, "mac-address") < 0)
		return;
	put(m, item, "l2mtu", L2MTU);
	if (!item_has(item, "mac-address"))
		put_mac(m, item, i);
	put_loop_status(m, item, i->name);
}

void live_bridge(struct machine *m, struct item *item)
{
	const struct iface *i = own_iface(m, item);

	if (!i)
		return;
	put_common(m, item, i);
	put(m, item, "l2mtu", L2MTU);
	put_mac(m, item, i);
}

void live_port(struct machine *m, struct item *item)
{
	const struct iface *port, *bridge;

	port = machine_iface(m, item_get(item, "interface"));
	bridge = machine_iface(m, item_get(item, "bridge"));
	put_flag(m, item, "inactive",
		 !is_running(port) || !is_running(bridge) ||
		 port->master != bridge->index);
}

/* As RouterOS says it. */
static const char *type_of(const struct iface *i)
{
	if (*i->kind)
		return i->kind;
	if (i->type == ARPHRD_LOOPBACK)
		return "loopback";
	return i->type == ARPHRD_ETHER ? "ether" : "other";
}

/* One that is not ours; what nobody has set is as the machine has it. */
void live_interface(struct machine *m, struct item *item)
{
	const struct iface *i = machine_iface(m, item_get(item, "name"));
	struct link l = { 0 };
	unsigned int p;

	if (!i)
		return;
	put_common(m, item, i);
	put(m, item, "type", type_of(i));
	put_flag(m, item, "slave", i->master);
	link_get_common(m->arena, &l, item->menu->path, i);
	for (p = 0; p < LINK_PROPS; p++)
		if (l.value[p] && *l.value[p] && !item_has(item, link_prop_name(p)))
			put(m, item, link_prop_name(p), l.value[p]);
}

void live_add(struct machine *m, struct config *c)
{
	unsigned int i;

	for (i = 0; i < menu_count; i++) {
		struct item *item;

		for (item = c->lists[i].first; menus[i]->live && item;
		     item = item->next)
			menus[i]->live(m, item);
	}
	for (i = 0; i < menu_count; i++)
		if (menus[i]->others)
			menus[i]->others(m, c);
}
