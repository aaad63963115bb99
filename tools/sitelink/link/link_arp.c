// SPDX-License-Identifier: GPL-2.0-only
/*
 * arp and arp-timeout: flags and sysctls of an interface.
 */
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "link.h"
#include "proc.h"

static const char *proxy_path(char *path, const char *ifname)
{
	snprintf(path, PATH_MAX, "/proc/sys/net/ipv4/conf/%s/proxy_arp",
		 ifname);
	return path;
}

static const char *timeout_path(char *path, const char *ifname)
{
	snprintf(path, PATH_MAX,
		 "/proc/sys/net/ipv4/neigh/%s/base_reachable_time_ms", ifname);
	return path;
}

const char *arp_get(const struct iface *iface)
{
	char path[PATH_MAX], value[16];

	if (iface->flags & IFF_NOARP)
		return "disabled";
	if (proc_read(proxy_path(path, iface->name), value, sizeof(value)) &&
	    strcmp(value, "0"))
		return "proxy-arp";
	return "enabled";
}

bool arp_set(const char *ifname, const char *mode)
{
	char path[PATH_MAX];

	return proc_write(proxy_path(path, ifname),
			  strcmp(mode, "proxy-arp") ? "0" : "1");
}

/* In milliseconds. */
static bool timeout_read(const char *ifname, char *value, size_t size)
{
	char path[PATH_MAX];

	return proc_read(timeout_path(path, ifname), value, size);
}

/* What interfaces begin with; only the first namespace has a file for that. */
static bool timeout_default(char *value, size_t size)
{
	return timeout_read("default", value, size) ||
	       timeout_read("lo", value, size);
}

const char *arp_timeout_get(struct arena *a, const char *ifname)
{
	char value[24], otherwise[24];
	size_t len;

	if (!timeout_read(ifname, value, sizeof(value)) ||
	    !timeout_default(otherwise, sizeof(otherwise)))
		return NULL;
	if (!strcmp(value, otherwise))
		return "auto";
	len = strlen(value);
	if (len <= 3)
		return "1s";
	return arena_strndup(a, value, len - 3);
}

const char *arp_timeout_want(const char *value)
{
	char otherwise[24];

	if (strcmp(value, "auto") &&
	    timeout_default(otherwise, sizeof(otherwise)) &&
	    strtoull(otherwise, NULL, 10) == 1000 * time_seconds(value))
		return "auto";
	return value;
}

bool arp_timeout_set(const char *ifname, const char *value)
{
	char path[PATH_MAX], text[32];

	if (strcmp(value, "auto"))
		snprintf(text, sizeof(text), "%llu000", time_seconds(value));
	else if (!timeout_default(text, sizeof(text)))
		return false;
	return proc_write(timeout_path(path, ifname), text);
}
