// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which kernel settings a configuration wants: /ip settings, /ipv6 settings, and
 * what properties of interfaces come down to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sysctl.h"

/**
 * struct value - a property's word and what the kernel calls it
 * @word: RouterOS'
 * @value: the kernel's
 */
struct value {
	const char *word, *value;
};

static const struct value yes_no[] = {
	{ "no", "0" }, { "yes", "1" }, { NULL, NULL },
};

static const struct value rp_filter[] = {
	{ "no", "0" }, { "strict", "1" }, { "loose", "2" }, { NULL, NULL },
};

static const struct value timestamps[] = {
	{ "disabled", "0" }, { "random-offset", "1" }, { "enabled", "2" },
	{ NULL, NULL },
};

static const struct value hash_policy[] = {
	{ "l3", "0" }, { "l4", "1" }, { "l3-inner", "2" }, { NULL, NULL },
};

static const struct value redirects6[] = {
	{ "no", "0" }, { "yes-if-forwarding-disabled", "1" }, { NULL, NULL },
};

static const struct value accept_ra[] = {
	{ "no", "0" }, { "yes-if-forwarding-disabled", "1" }, { "yes", "2" },
	{ NULL, NULL },
};

/**
 * struct setting - a property of settings
 * @prop: its name
 * @path: of the sysctl
 * @values: words; NULL: numbers, as they are
 * @always: also if the script does not say it: what makes a router
 * @optional: kernels, or namespaces, may have none
 */
struct setting {
	const char *prop, *path;
	const struct value *values;
	bool always, optional;
};

/* Forwarding is first: the kernel changes others with it. */
static const struct setting ip_settings[] = {
	{ .prop = "ip-forward",
	  .path = "net/ipv4/ip_forward",
	  .values = yes_no, .always = true },
	{ .prop = "accept-redirects",
	  .path = "net/ipv4/conf/all/accept_redirects",
	  .values = yes_no, .always = true },
	{ .prop = "rp-filter",
	  .path = "net/ipv4/conf/*/rp_filter",
	  .values = rp_filter },
	{ .prop = "send-redirects",
	  .path = "net/ipv4/conf/*/send_redirects",
	  .values = yes_no },
	{ .prop = "secure-redirects",
	  .path = "net/ipv4/conf/*/secure_redirects",
	  .values = yes_no },
	{ .prop = "accept-source-route",
	  .path = "net/ipv4/conf/*/accept_source_route",
	  .values = yes_no },
	{ .prop = "tcp-syncookies",
	  .path = "net/ipv4/tcp_syncookies",
	  .values = yes_no, .optional = true },
	{ .prop = "tcp-timestamps",
	  .path = "net/ipv4/tcp_timestamps",
	  .values = timestamps },
	{ .prop = "icmp-errors-use-inbound-interface-address",
	  .path = "net/ipv4/icmp_errors_use_inbound_ifaddr",
	  .values = yes_no },
	{ .prop = "ipv4-multipath-hash-policy",
	  .path = "net/ipv4/fib_multipath_hash_policy",
	  .values = hash_policy, .optional = true },
	{ .prop = "max-neighbor-entries",
	  .path = "net/ipv4/neigh/default/gc_thresh3",
	  .optional = true },
	{ .prop = NULL },
};

static const struct setting ipv6_settings[] = {
	{ .prop = "disable-ipv6",
	  .path = "net/ipv6/conf/all/disable_ipv6",
	  .values = yes_no, .always = true },
	{ .prop = "forward",
	  .path = "net/ipv6/conf/all/forwarding",
	  .values = yes_no, .always = true },
	{ .prop = "accept-redirects",
	  .path = "net/ipv6/conf/*/accept_redirects",
	  .values = redirects6 },
	{ .prop = "accept-router-advertisements",
	  .path = "net/ipv6/conf/*/accept_ra",
	  .values = accept_ra },
	{ .prop = "multipath-hash-policy",
	  .path = "net/ipv6/fib_multipath_hash_policy",
	  .values = hash_policy },
	{ .prop = "max-neighbor-entries",
	  .path = "net/ipv6/neigh/default/gc_thresh3",
	  .optional = true },
	{ .prop = NULL },
};

static const char *value_of(const struct value *v, const char *word, char *buf,
			    size_t size)
{
	for (; v && v->word; v++)
		if (!strcmp(v->word, word))
			return v->value;
	snprintf(buf, size, "%llu", strtoull(word, NULL, 0));
	return buf;
}

/* Has a script written anything in that menu? */
static bool is_used(const struct config *c, const struct menu *m)
{
	const struct item *item;
	unsigned int i;

	for_each_item(item, c, m->path) {
		if (!item->builtin && !item->dynamic)
			return true;
		for (i = 0; i < m->count && m->flags & MENU_SINGLE; i++)
			if (item_says(item, i))
				return true;
	}
	return false;
}

/* Or in any below @path, which ends with a blank? */
static bool is_used_below(const struct config *c, const char *path)
{
	unsigned int i;

	for (i = 0; i < menu_count; i++)
		if (!strncmp(menus[i]->path, path, strlen(path)) &&
		    is_used(c, menus[i]))
			return true;
	return false;
}

static void want_settings(struct arena *a, const struct config *c,
			  const struct item *item, const char *below,
			  const struct setting *s, struct sysctls *all)
{
	bool used = is_used_below(c, below);
	char buf[24];

	for (; item && s->prop; s++)
		if (item_has(item, s->prop) || (s->always && used))
			sysctl_want(a, all, item,
				    value_of(s->values,
					     item_get(item, s->prop), buf,
					     sizeof(buf)),
				    "%s", s->path)->optional = s->optional;
}

void settings_want(struct arena *a, const struct config *c,
		   struct sysctls *all)
{
	want_settings(a, c, config_items(c, "ip settings")->first, "ip ",
		      ip_settings, all);
	want_settings(a, c, config_items(c, "ipv6 settings")->first, "ipv6 ",
		      ipv6_settings, all);
}

static bool names_interface(const char *gateways, const char *ifname)
{
	char gateway[96];

	while (gateways && list_next(&gateways, gateway, sizeof(gateway))) {
		const char *percent = strchr(gateway, '%');

		if (!strcmp(percent ? percent + 1 : gateway, ifname))
			return true;
	}
	return false;
}

/* Does the family @menu, "ip" or "ipv6", have anything on the interface? */
static bool is_routed(const struct config *c, const char *menu,
		      const char *ifname)
{
	const struct item *item;
	char path[24];

	snprintf(path, sizeof(path), "%s address", menu);
	for_each_item(item, c, path)
		if (names_interface(item_get(item, "interface"), ifname))
			return true;
	snprintf(path, sizeof(path), "%s route", menu);
	for_each_item(item, c, path)
		if (names_interface(item_get(item, "gateway"), ifname))
			return true;
	return false;
}

static void want_interface(struct arena *a, const struct config *c,
			   const struct item *item, struct sysctls *all)
{
	const char *name = item_name(item);

	/* a tunnel that has lost its remote end is no way to anywhere */
	if (!name || prop_index(item->menu, "keepalive") < 0)
		return;
	if (is_routed(c, "ip", name))
		sysctl_want(a, all, item, "1",
			    "net/ipv4/conf/%s/ignore_routes_with_linkdown",
			    name)->optional = true;
	if (is_routed(c, "ipv6", name))
		sysctl_want(a, all, item, "1",
			    "net/ipv6/conf/%s/ignore_routes_with_linkdown",
			    name)->optional = true;
}

void interface_sysctls_want(struct arena *a, const struct config *c,
			    struct sysctls *all)
{
	const struct item *item;
	unsigned int i;

	for (i = 0; i < menu_count; i++) {
		if (!(menus[i]->flags & MENU_INTERFACE))
			continue;
		for_each_item(item, c, menus[i]->path)
			want_interface(a, c, item, all);
	}
}
