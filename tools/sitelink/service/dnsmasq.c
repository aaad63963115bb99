// SPDX-License-Identifier: GPL-2.0-only
/*
 * Debian's dnsmasq, of our own in this network namespace: one answers questions of
 * DNS, another one sends router advertisements. One for both could not do the first
 * for this machine alone and the second on its interfaces.
 */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "daemon.h"
#include "nd.h"
#include "stream.h"
#include "type.h"

enum { DNS, ND, COUNT };

#define PACKAGE	"dnsmasq-base"
#define PROGRAM	"/usr/sbin/dnsmasq"
/* the package makes its user; the program by itself may have none */
#define USER	"dnsmasq"
#define OTHER	"nobody"

static const char *const args[] = { "-C", "@%.conf", "-x", "@%.pid", NULL };
static const char *const left[] = { "%.pid", NULL };

static const struct daemon daemons[COUNT] = {
	[DNS] = { .name = "dnsmasq for DNS", .stem = "dns",
		  .package = PACKAGE, .program = PROGRAM, .user = USER,
		  .other = OTHER, .args = args, .left = left },
	[ND] = { .name = "dnsmasq for router advertisements", .stem = "nd",
		 .package = PACKAGE, .program = PROGRAM, .user = USER,
		 .other = OTHER, .args = args, .left = left },
};

/**
 * struct dnsmasq - what runs
 * @text: of each of daemons[] its configuration; NULL: it does not run
 */
struct dnsmasq {
	const char *text[COUNT];
};

#define CACHE_NAMES_MAX	10000
#define NAMES_PER_KIB	4

static void write_quoted(FILE *out, const char *text)
{
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putc('\\', out);
		putc(*text, out);
	}
	fputs("\"\n", out);
}

static void write_address(const struct item *item, const char *name, FILE *out)
{
	const char *address = item_get(item, "address");

	if (item_is(item, "match-subdomain"))
		fprintf(out, "address=/%s/%s\n", name, address);
	else
		fprintf(out, "host-record=%s,%s,%llu\n", name, address,
			time_seconds(item_get(item, "ttl")));
}

static void write_static(const struct item *item, FILE *out)
{
	const char *name = item_get(item, "name");
	const char *type = item_get(item, "type");

	if (!strcmp(type, "CNAME")) {
		fprintf(out, "cname=%s,%s,%llu\n", name,
			item_get(item, "cname"),
			time_seconds(item_get(item, "ttl")));
	} else if (!strcmp(type, "FWD")) {
		fprintf(out, "server=/%s/%s\n", name,
			item_get(item, "forward-to"));
	} else if (!strcmp(type, "MX")) {
		fprintf(out, "mx-host=%s,%s,%s\n", name,
			item_get(item, "mx-exchange"),
			item_get(item, "mx-preference"));
	} else if (!strcmp(type, "NXDOMAIN")) {
		fprintf(out, "address=/%s/\n", name);
	} else if (!strcmp(type, "SRV")) {
		fprintf(out, "srv-host=%s,%s,%s,%s,%s\n", name,
			item_get(item, "srv-target"),
			item_get(item, "srv-port"),
			item_get(item, "srv-priority"),
			item_get(item, "srv-weight"));
	} else if (!strcmp(type, "TXT")) {
		fprintf(out, "txt-record=%s,", name);
		write_quoted(out, item_get(item, "text"));
	} else {
		write_address(item, name, out);
	}
}

/* The first record that is wanted; NULL: none. */
static const struct item *first_static(const struct config *c)
{
	const struct item *item;

	for_each_item(item, c, "ip dns static")
		if (!item_is(item, "disabled"))
			return item;
	return NULL;
}

static void write_dns(const struct config *c, const struct item *dns, FILE *out)
{
	long long names = NAMES_PER_KIB *
			  strtoll(item_get(dns, "cache-size"), NULL, 10);
	const char *servers = item_get(dns, "servers");
	const struct item *item;
	char address[64];

	/* records that only this machine asks for */
	if (!item_is(dns, "allow-remote-requests"))
		fputs("listen-address=127.0.0.1\nlisten-address=::1\n", out);
	if (*servers)
		fputs("no-resolv\n", out);
	while (servers && *servers &&
	       list_next(&servers, address, sizeof(address)))
		fprintf(out, "server=%s\n", address);
	fprintf(out, "cache-size=%lld\n",
		names < CACHE_NAMES_MAX ? names : CACHE_NAMES_MAX);
	fprintf(out, "max-cache-ttl=%llu\n",
		time_seconds(item_get(dns, "cache-max-ttl")));
	fprintf(out, "edns-packet-max=%s\n",
		item_get(dns, "max-udp-packet-size"));
	fprintf(out, "dns-forward-max=%s\n",
		item_get(dns, "max-concurrent-queries"));
	fputs("local-ttl=86400\n", out);
	for_each_item(item, c, "ip dns static")
		if (!item_is(item, "disabled"))
			write_static(item, out);
}

static void begin(struct stream *t)
{
	const char *user = getpwnam(USER) ? USER : OTHER;

	stream_begin(t);
	fprintf(t->out, "user=%s\ngroup=nogroup\nbind-dynamic\nno-hosts\n",
		user);
}

/* It is not installed: that is a mistake where the script asks for it. */
static void missing(const struct config *c, const struct item *item,
		    const char *prop)
{
	item_error(c, item, prop, "%s=%s: package %s is not installed", prop,
		   item_get(item, prop), PACKAGE);
}

static const char *want_dns(struct apply *ap, const struct config *c)
{
	const struct item *dns = config_items(c, "ip dns")->first;
	const struct item *first = first_static(c);
	bool others = item_is(dns, "allow-remote-requests");
	struct stream t;

	if (!others && !first)
		return NULL;
	if (!daemon_installed(&daemons[DNS])) {
		if (others)
			missing(c, dns, "allow-remote-requests");
		else
			missing(c, first, "name");
		return NULL;
	}
	begin(&t);
	write_dns(c, dns, t.out);
	return stream_end(&t, ap->arena);
}

static const char *want_nd(struct apply *ap, const struct config *c)
{
	const struct item *item;
	const char *prop, *text;
	unsigned int count;
	struct stream t;

	begin(&t);
	fputs("port=0\n", t.out);
	count = nd_write(ap, c, t.out);
	text = stream_end(&t, ap->arena);
	if (!count)
		return NULL;
	if (daemon_installed(&daemons[ND]))
		return text;
	item = nd_asked(ap, c, &prop);
	if (item)
		missing(c, item, prop);
	return NULL;
}

static void *dnsmasq_want(struct apply *ap, const struct config *c)
{
	struct dnsmasq *want = arena_alloc(ap->arena, sizeof(*want));

	if (c) {
		want->text[DNS] = want_dns(ap, c);
		want->text[ND] = want_nd(ap, c);
	}
	return want;
}

static void *dnsmasq_have(struct apply *ap)
{
	struct dnsmasq *have = arena_alloc(ap->arena, sizeof(*have));
	size_t i;

	for (i = 0; i < COUNT; i++)
		have->text[i] = daemon_text(ap, &daemons[i]);
	return have;
}

static int dnsmasq_sync(struct apply *ap, void *have, void *want)
{
	const struct dnsmasq *is = have, *shall = want;
	size_t i;

	for (i = 0; i < COUNT; i++)
		if (daemon_sync(ap, &daemons[i], is->text[i], shall->text[i]))
			return -1;
	return 0;
}

const struct backend dnsmasq_backend = {
	.name = "dnsmasq", .want = dnsmasq_want, .have = dnsmasq_have,
	.sync = dnsmasq_sync,
};
