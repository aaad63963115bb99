// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the properties of interfaces are in rtnetlink's messages.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <net/if.h>
#include <linux/if_ether.h>
#include <linux/sitelink.h>

#include "link.h"
#include "link_codec.h"

enum part { IN_LINK, IN_OWN, IN_SITELINK, IN_BRIDGE };

/**
 * struct place - where a property is
 * @name: in the menus
 * @in: part of the message
 * @attr: number of the attribute
 * @codec: its form; NULL: it is not simply an attribute
 */
struct place {
	const char *name;
	enum part in;
	uint16_t attr;
	const struct codec *codec;
};

static const struct place places[LINK_PROPS] = {
	[LINK_COMMENT] = { "comment", IN_LINK, IFLA_IFALIAS, NULL },
	[LINK_DISABLED] = { "disabled", IN_LINK, 0, NULL },
	[LINK_MTU] = { "mtu", IN_LINK, IFLA_MTU, NULL },
	[LINK_MAC] = { "mac-address", IN_LINK, IFLA_ADDRESS, NULL },
	[LINK_ARP] = { "arp", IN_LINK, 0, NULL },
	[LINK_ARP_TIMEOUT] = { "arp-timeout", IN_LINK, 0, NULL },
	/* the kind has the numbers of these three */
	[LINK_LOCAL] = { "local-address", IN_OWN, 0, &codec_address },
	[LINK_REMOTE] = { "remote-address", IN_OWN, 0, &codec_address },
	[LINK_TUNNEL_ID] = { "tunnel-id", IN_OWN, 0, &codec_number32 },
	[LINK_KEEPALIVE] = { "keepalive", IN_SITELINK,
		IFLA_SITELINK_KEEPALIVE_INTERVAL, NULL },
	[LINK_DSCP] = { "dscp", IN_SITELINK, IFLA_SITELINK_DSCP, &codec_dscp },
	[LINK_CLAMP_TCP_MSS] = { "clamp-tcp-mss", IN_SITELINK,
		IFLA_SITELINK_CLAMP_TCP_MSS, &codec_yes_no },
	[LINK_DONT_FRAGMENT] = { "dont-fragment", IN_SITELINK,
		IFLA_SITELINK_DONT_FRAGMENT, &codec_df },
	[LINK_ALLOW_FAST_PATH] = { "allow-fast-path", IN_SITELINK,
		IFLA_SITELINK_ALLOW_FAST_PATH, &codec_yes_no },
	[LINK_LOOP_PROTECT] = { "loop-protect", IN_SITELINK,
		IFLA_SITELINK_LOOP_PROTECT, &codec_on_off },
	[LINK_LOOP_SEND_INTERVAL] = { "loop-protect-send-interval",
		IN_SITELINK, IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL,
		&codec_seconds },
	[LINK_LOOP_DISABLE_TIME] = { "loop-protect-disable-time", IN_SITELINK,
		IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME, &codec_seconds },
	[LINK_PROTOCOL_MODE] = { "protocol-mode", IN_BRIDGE,
		IFLA_BR_STP_STATE, &codec_stp },
	[LINK_FORWARD_DELAY] = { "forward-delay", IN_BRIDGE,
		IFLA_BR_FORWARD_DELAY, &codec_ticks },
	[LINK_PRIORITY] = { "priority", IN_BRIDGE, IFLA_BR_PRIORITY,
		&codec_number16 },
	[LINK_AGEING_TIME] = { "ageing-time", IN_BRIDGE, IFLA_BR_AGEING_TIME,
		&codec_ticks },
	[LINK_MAX_MESSAGE_AGE] = { "max-message-age", IN_BRIDGE,
		IFLA_BR_MAX_AGE, &codec_ticks },
	[LINK_IGMP_SNOOPING] = { "igmp-snooping", IN_BRIDGE,
		IFLA_BR_MCAST_SNOOPING, &codec_yes_no },
};

const char *link_prop_name(enum link_prop p)
{
	return places[p].name;
}

static uint16_t number_of(const struct link_kind *kind, enum link_prop p)
{
	switch (p) {
	case LINK_LOCAL:
		return kind->local;
	case LINK_REMOTE:
		return kind->remote;
	case LINK_TUNNEL_ID:
		return kind->tunnel_id;
	default:
		return places[p].attr;
	}
}

const char *link_canonical(struct arena *a, const char *menu,
			   enum link_prop p, const char *text)
{
	const struct menu *m = menu_by_path(menu);
	int i = prop_index(m, places[p].name);

	/* what the kernel has may be more than what RouterOS allows */
	return i < 0 ? NULL : rule_any(a, &m->props[i].rule, text);
}

static bool is_auto(const struct link *l)
{
	return l->value[LINK_MTU] && !strcmp(l->value[LINK_MTU], "auto");
}

/* "10s,10" is two attributes. */
static void put_keepalive(struct nlmsghdr *nlh, const char *text)
{
	char interval[32];
	const char *at = text;

	if (!list_next(&at, interval, sizeof(interval)))
		return;
	mnl_attr_put_u32(nlh, IFLA_SITELINK_KEEPALIVE_INTERVAL,
			 time_seconds(interval));
	mnl_attr_put_u32(nlh, IFLA_SITELINK_KEEPALIVE_RETRIES,
			 at ? strtoul(at, NULL, 10) : 0);
}

/* The properties that are in one part of the message. false: there are none. */
static bool put_part(struct nlmsghdr *nlh, const struct link *l,
		     enum part part)
{
	bool any = false;
	unsigned int p;

	for (p = 0; p < LINK_PROPS; p++) {
		if (places[p].in != part || !l->value[p])
			continue;
		any = true;
		if (p == LINK_KEEPALIVE)
			put_keepalive(nlh, l->value[p]);
		else
			places[p].codec->put(nlh, number_of(l->kind, p),
					     l->value[p]);
	}
	if (part == IN_SITELINK && is_auto(l)) {
		mnl_attr_put_u8(nlh, IFLA_SITELINK_MTU_AUTO, 1);
		any = true;
	}
	return any;
}

static void put_data(struct nlmsghdr *nlh, const struct link *l, bool create)
{
	struct nlattr *nest;
	bool any;

	if (!l->kind->family) {
		put_part(nlh, l, IN_BRIDGE);
		return;
	}
	put_part(nlh, l, IN_OWN);
	nest = mnl_attr_nest_start(nlh, IFLA_SITELINK);
	any = put_part(nlh, l, IN_SITELINK);
	/* be it empty, on creation it brings RouterOS' defaults */
	if (any || create)
		mnl_attr_nest_end(nlh, nest);
	else
		mnl_attr_nest_cancel(nlh, nest);
}

static void put_mac(struct nlmsghdr *nlh, const char *text)
{
	unsigned char mac[ETH_ALEN];

	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1],
		   &mac[2], &mac[3], &mac[4], &mac[5]) == ETH_ALEN)
		mnl_attr_put(nlh, IFLA_ADDRESS, ETH_ALEN, mac);
}

static void put_flag(struct nlmsghdr *nlh, unsigned int flag, bool on)
{
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	ifi->ifi_change |= flag;
	if (on)
		ifi->ifi_flags |= flag;
}

void link_put(struct nlmsghdr *nlh, const struct link *l, bool create)
{
	const char *const *v = l->value;
	struct nlattr *info, *data;

	if (!l->index)
		mnl_attr_put_strz(nlh, IFLA_IFNAME, l->name);
	if (create)
		mnl_attr_put_u32(nlh, IFLA_GROUP, MARK_GROUP);
	if (v[LINK_COMMENT])
		mnl_attr_put(nlh, IFLA_IFALIAS, strlen(v[LINK_COMMENT]),
			     v[LINK_COMMENT]);
	if (v[LINK_MTU] && !is_auto(l))
		mnl_attr_put_u32(nlh, IFLA_MTU, strtoul(v[LINK_MTU], NULL, 10));
	if (v[LINK_MAC])
		put_mac(nlh, v[LINK_MAC]);
	if (v[LINK_DISABLED])
		put_flag(nlh, IFF_UP, !strcmp(v[LINK_DISABLED], "no"));
	if (v[LINK_ARP])
		put_flag(nlh, IFF_NOARP, !strcmp(v[LINK_ARP], "disabled"));
	if (!l->kind)
		return;
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, l->kind->name);
	data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
	put_data(nlh, l, create);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
}

static void get_one(struct arena *a, struct link *l, enum link_prop p,
		    const struct nlattr *attr)
{
	char text[CODEC_SIZE];

	if (attr && places[p].codec && places[p].codec->get(attr, text))
		l->value[p] = link_canonical(a, l->kind->menu, p, text);
}

static void get_keepalive(struct arena *a, struct link *l,
			  const struct nlattr *interval,
			  const struct nlattr *retries)
{
	char text[2 * CODEC_SIZE], *end;

	if (!interval || !codec_number32.get(interval, text))
		return;
	end = strchr(text, '\0');
	*end++ = ',';
	if (retries && codec_number32.get(retries, end))
		l->value[LINK_KEEPALIVE] = link_canonical(a, l->kind->menu,
							  LINK_KEEPALIVE, text);
}

static void get_sitelink(struct arena *a, struct link *l,
			 const struct nlattr *nest)
{
	const struct nlattr *tb[IFLA_SITELINK_MAX + 1], *mtu;
	unsigned int p;

	nl_nested(nest, tb, IFLA_SITELINK_MAX);
	for (p = 0; p < LINK_PROPS; p++)
		if (places[p].in == IN_SITELINK)
			get_one(a, l, p, tb[places[p].attr]);
	get_keepalive(a, l, tb[IFLA_SITELINK_KEEPALIVE_INTERVAL],
		      tb[IFLA_SITELINK_KEEPALIVE_RETRIES]);
	mtu = tb[IFLA_SITELINK_MTU_AUTO];
	if (mtu && mnl_attr_validate(mtu, MNL_TYPE_U8) >= 0 &&
	    mnl_attr_get_u8(mtu))
		l->value[LINK_MTU] = "auto";
}

/* of all kinds, and of IFLA_BR_* */
#define DATA_MAX	63
static_assert(IFLA_SITELINK <= DATA_MAX && IFLA_BR_MAX <= DATA_MAX,
	      "the attributes of IFLA_INFO_DATA");

void link_get(struct arena *a, struct link *l, const struct nlattr *data)
{
	const struct nlattr *tb[DATA_MAX + 1];
	enum part own = l->kind->family ? IN_OWN : IN_BRIDGE;
	unsigned int p;

	nl_nested(data, tb, DATA_MAX);
	for (p = 0; p < LINK_PROPS; p++) {
		uint16_t attr = number_of(l->kind, p);

		if (places[p].in == own && attr)
			get_one(a, l, p, tb[attr]);
	}
	if (l->kind->family && tb[IFLA_SITELINK])
		get_sitelink(a, l, tb[IFLA_SITELINK]);
}

static const char *mac_text(struct arena *a, const struct iface *iface)
{
	const uint8_t *m = iface->mac;
	char text[20];
	int len;

	if (iface->mac_len != ETH_ALEN)
		return NULL;
	len = snprintf(text, sizeof(text), "%02X:%02X:%02X:%02X:%02X:%02X",
		       m[0], m[1], m[2], m[3], m[4], m[5]);
	return arena_strndup(a, text, len);
}

static void get_common(struct arena *a, struct link *l, const char *menu,
		       enum link_prop p, const char *text)
{
	if (text)
		l->value[p] = link_canonical(a, menu, p, text);
}

void link_get_common(struct arena *a, struct link *l, const char *menu,
		     const struct iface *iface)
{
	char mtu[16];

	snprintf(mtu, sizeof(mtu), "%u", iface->mtu);
	get_common(a, l, menu, LINK_MTU, mtu);
	get_common(a, l, menu, LINK_COMMENT, iface->alias ?: "");
	get_common(a, l, menu, LINK_DISABLED,
		   iface->flags & IFF_UP ? "no" : "yes");
	get_common(a, l, menu, LINK_MAC, mac_text(a, iface));
	get_common(a, l, menu, LINK_ARP, arp_get(iface));
	get_common(a, l, menu, LINK_ARP_TIMEOUT,
		   arp_timeout_get(a, iface->name));
}
