// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "ospf.h"
#include "stream.h"
#include "type_service.h"

/**
 * struct writer - what is being written
 * @c: of which
 * @out: to where
 * @version: for which version
 * @six: is that 3?
 * @stem: of an interface's commands
 * @asks: first template by which an interface took part
 */
struct writer {
	const struct config *c;
	FILE *out;
	const char *version;
	bool six;
	const char *stem;
	const struct item *asks;
};

/**
 * struct place - where a template may fit
 * @ifname: interface
 * @address: with length; NULL: all there
 */
struct place {
	const char *ifname, *address;
};

static const struct item *area_of(const struct config *c,
				  const struct item *tmpl)
{
	return item_by_name(c, "routing ospf area", item_get(tmpl, "area"));
}

static const struct item *instance_of(const struct config *c,
				      const struct item *area)
{
	return item_by_name(c, "routing ospf instance",
			    item_get(area, "instance"));
}

const char *ospf_version(const struct config *c, const struct item *tmpl)
{
	const struct item *area = area_of(c, tmpl), *instance;

	if (!area)
		return "2";
	instance = instance_of(c, area);
	if (!instance || item_is(area, "disabled") ||
	    item_is(instance, "disabled"))
		return NULL;
	return item_get(instance, "version");
}

const char *ospf_network(const char *version, const char *type)
{
	static const char *const names[][2] = {
		{ "broadcast", "broadcast" }, { "ptp", "point-to-point" },
		{ "ptmp", "point-to-multipoint" }, { "nbma", "non-broadcast" },
	};
	size_t i, count = ARRAY_SIZE(names);

	/* ospf6d has the first two */
	if (!strcmp(version, "3"))
		count = 2;
	for (i = 0; i < count; i++)
		if (!strcmp(names[i][0], type))
			return names[i][1];
	return NULL;
}

/* The instance of a version that is there; NULL: none, or by itself. */
static const struct item *the_instance(const struct writer *w)
{
	const struct item *item;

	for_each_item(item, w->c, "routing ospf instance")
		if (!item_is(item, "disabled") &&
		    !strcmp(item_get(item, "version"), w->version))
			return item;
	return NULL;
}

/* Is an address, with or without length, in a prefix? */
static bool in_prefix(const char *address, const char *prefix)
{
	int family = strchr(prefix, ':') ? AF_INET6 : AF_INET;
	unsigned int len = strtoul(strchr(prefix, '/') + 1, NULL, 10), i;
	char a[64], p[64];
	uint8_t x[16], y[16];

	snprintf(a, sizeof(a), "%.*s", (int)strcspn(address, "/"), address);
	snprintf(p, sizeof(p), "%.*s", (int)strcspn(prefix, "/"), prefix);
	if (inet_pton(family, a, x) != 1 || inet_pton(family, p, y) != 1)
		return false;
	for (i = 0; i < len; i++)
		if ((x[i / 8] ^ y[i / 8]) & (0x80 >> i % 8))
			return false;
	return true;
}

static bool in_networks(const char *address, const char *networks)
{
	char prefix[64];

	while (networks && list_next(&networks, prefix, sizeof(prefix)))
		if (in_prefix(address, prefix))
			return true;
	return false;
}

static bool is_any(const char *interfaces)
{
	return !*interfaces || list_has(interfaces, "all");
}

static bool fits(const struct item *tmpl, const struct place *at)
{
	const char *interfaces = item_get(tmpl, "interfaces");
	const char *networks = item_get(tmpl, "networks");

	return (is_any(interfaces) || list_has(interfaces, at->ifname)) &&
	       (!*networks ||
		(at->address && in_networks(at->address, networks)));
}

static bool counts(const struct writer *w, const struct item *tmpl)
{
	const char *version = ospf_version(w->c, tmpl);

	return !item_is(tmpl, "disabled") && version &&
	       !strcmp(version, w->version);
}

/* One before it fits, too: that one counts. */
static bool is_taken(const struct writer *w, const struct item *tmpl,
		     const struct place *at)
{
	while ((tmpl = tmpl->prev))
		if (counts(w, tmpl) && fits(tmpl, at))
			return true;
	return false;
}

static void put(const struct writer *w, const char *command,
		const char *value, const char *suffix)
{
	fprintf(w->out, " %s %s %s%s\n", w->stem, command, value, suffix);
}

static void put_time(const struct writer *w, const struct item *tmpl,
		     const char *prop, const char *suffix)
{
	char seconds[24];

	snprintf(seconds, sizeof(seconds), "%llu",
		 time_seconds(item_get(tmpl, prop)));
	put(w, prop, seconds, suffix);
}

static void put_auth(const struct writer *w, const struct item *tmpl,
		     const char *suffix)
{
	const char *auth = item_get(tmpl, "auth");
	const char *id = item_get(tmpl, "auth-id");
	const char *key = item_get(tmpl, "auth-key");

	if (!auth)
		return;
	if (w->six)
		fprintf(w->out,
			" %s authentication key-id %s hash-algo %s%s key %s\n",
			w->stem, id, *auth == 's' ? "hmac-sha-" : "",
			auth + (*auth == 's' ? 3 : 0), key);
	else if (!strcmp(auth, "md5"))
		fprintf(w->out,
			" %s authentication message-digest%s\n %s message-digest-key %s md5 %s%s\n",
			w->stem, suffix, w->stem, id, key, suffix);
	else
		fprintf(w->out,
			" %s authentication%s\n %s authentication-key %s%s\n",
			w->stem, suffix, w->stem, key, suffix);
}

static void write_place(struct writer *w, const struct item *tmpl,
			const struct place *at)
{
	static const char *const numbers[] = { "cost", "priority" };
	static const char *const times[] = {
		"hello-interval", "dead-interval", "retransmit-interval",
		"transmit-delay",
	};
	const struct item *area = area_of(w->c, tmpl);
	char suffix[64] = "";
	size_t i;

	if (is_taken(w, tmpl, at))
		return;
	if (!name_is_plain(at->ifname)) {
		item_error(w->c, tmpl, "interfaces",
			   "interfaces=%s: FRR takes no such name",
			   at->ifname);
		return;
	}
	if (!w->asks)
		w->asks = tmpl;
	if (at->address && !w->six)
		snprintf(suffix, sizeof(suffix), " %.*s",
			 (int)strcspn(at->address, "/"), at->address);
	fprintf(w->out, "interface %s\n", at->ifname);
	put(w, "area", area ? item_get(area, "area-id") : "0.0.0.0", suffix);
	put(w, "network", ospf_network(w->version, item_get(tmpl, "type")), "");
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		put(w, numbers[i], item_get(tmpl, numbers[i]), suffix);
	for (i = 0; i < ARRAY_SIZE(times); i++)
		put_time(w, tmpl, times[i], suffix);
	if (w->six)
		put(w, "instance-id", item_get(tmpl, "instance-id"), "");
	if (item_is(tmpl, "passive"))
		fprintf(w->out, " %s passive%s\n", w->stem, suffix);
	put_auth(w, tmpl, suffix);
	fputs("exit\n", w->out);
}

/* Has one before it the same interface? */
static bool is_again(const struct item *addr)
{
	const struct item *other = addr;

	while ((other = other->prev))
		if (!item_is(other, "disabled") &&
		    !strcmp(item_get(other, "interface"),
			    item_get(addr, "interface")))
			return true;
	return false;
}

/* By addresses of the script. Is there one? */
static bool write_addresses(struct writer *w, const struct item *tmpl)
{
	bool by_address = *item_get(tmpl, "networks");
	bool some = false;
	struct item *addr;

	for_each_item(addr, w->c, w->six ? "ipv6 address" : "ip address") {
		const char *address = item_get(addr, "address");
		struct place at = {
			item_get(addr, "interface"), by_address ? address : NULL
		};

		if (item_is(addr, "disabled") || !address || !at.ifname ||
		    (!by_address && is_again(addr)) || !fits(tmpl, &at))
			continue;
		write_place(w, tmpl, &at);
		some = true;
	}
	return some;
}

static void write_template(struct writer *w, const struct item *tmpl)
{
	const char *list = item_get(tmpl, "interfaces");
	const char *networks = item_get(tmpl, "networks");
	char ifname[32];

	if (*networks || is_any(list)) {
		if (!write_addresses(w, tmpl) && *networks)
			item_error(w->c, tmpl, "networks",
				   "networks=%s: no address of the script is there; interfaces= can do without",
				   networks);
		return;
	}
	while (list && list_next(&list, ifname, sizeof(ifname)))
		write_place(w, tmpl, &(struct place){ .ifname = ifname });
}

static void write_area(const struct writer *w, const struct item *area)
{
	const char *type = item_get(area, "type");
	const char *id = item_get(area, "area-id");
	const char *cost = item_get(area, "default-cost");
	const char *by = item_get(area, "nssa-translator");

	if (!strcmp(type, "default"))
		return;
	fprintf(w->out, " area %s %s", id, type);
	/* of ospfd alone, and its default need not be said */
	if (!w->six && !strcmp(type, "nssa") && strcmp(by, "candidate"))
		fprintf(w->out, " translate-%s",
			!strcmp(by, "yes") ? "always" : "never");
	fputs(item_is(area, "no-summaries") ? " no-summary\n" : "\n", w->out);
	if (cost && !w->six)
		fprintf(w->out, " area %s default-cost %s\n", id, cost);
}

static void write_neighbors(const struct writer *w)
{
	const struct item *item;

	for_each_item(item, w->c, "routing ospf static-neighbor")
		if (counts(w, item))
			fprintf(w->out, " neighbor %s poll-interval %llu\n",
				item_get(item, "address"),
				time_seconds(item_get(item, "poll-interval")));
}

static void write_router(const struct writer *w)
{
	const struct item *instance = the_instance(w);
	const char *stem = w->six ? "ospf6" : "ospf";

	fprintf(w->out, "router %s\n", stem);
	if (instance) {
		const char *value = item_get(instance, "router-id");
		const struct item *area;

		if (strcmp(value, "main"))
			fprintf(w->out, " %s router-id %s\n", stem, value);
		value = item_get(instance, "redistribute");
		if (list_has(value, "connected"))
			fputs(" redistribute connected\n", w->out);
		if (list_has(value, "static"))
			fputs(" redistribute kernel\n", w->out);
		value = item_get(instance, "originate-default");
		if (strcmp(value, "never"))
			fprintf(w->out, " default-information originate%s\n",
				!strcmp(value, "always") ? " always" : "");
		for_each_item(area, w->c, "routing ospf area")
			if (!item_is(area, "disabled") &&
			    instance_of(w->c, area) == instance)
				write_area(w, area);
	}
	if (!w->six)
		write_neighbors(w);
	fputs("exit\n", w->out);
}

const char *ospf_text(const struct config *c, struct arena *a,
		      const char *version, const struct item **asks)
{
	bool six = !strcmp(version, "3");
	struct writer w = {
		.c = c, .version = version, .six = six,
		.stem = six ? "ipv6 ospf6" : "ip ospf",
	};
	const struct item *tmpl;
	const char *text;
	struct stream t;

	stream_begin(&t);
	w.out = t.out;
	fputs("log syslog warnings\n", w.out);
	for_each_item(tmpl, c, "routing ospf interface-template")
		if (counts(&w, tmpl))
			write_template(&w, tmpl);
	write_router(&w);
	text = stream_end(&t, a);
	*asks = w.asks;
	return w.asks ? text : NULL;
}
