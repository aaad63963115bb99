// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "menu_service.h"
#include "net_rows.h"
#include "type_service.h"

#define NO_COUNTERPART	"dnsmasq has no such setting; it has limits of its own"
#define NOT_HERE	"not supported by dnsmasq"

static const struct prop dns_rows[] = {
	{ .name = "servers", .rule = { .type = &type_any_ip, .list = true },
	  .def = "",
	  .maps = "server=; none: those of /etc/resolv.conf, which is left as it is",
	  .help = "Servers that are asked." },
	{ .name = "dynamic-servers",
	  .rule = { .type = &type_any_ip, .list = true },
	  .flags = PROP_READ_ONLY, .maps = "/etc/resolv.conf",
	  .help = "Servers that are asked if none is set." },
	{ .name = "use-doh-server", .rule = { &type_line }, .def = "",
	  .why = "DNS over HTTPS is not supported by dnsmasq",
	  .help = "URL of a server of DNS over HTTPS." },
	{ .name = "verify-doh-cert", .rule = { &type_bool }, .def = "no",
	  .why = "DNS over HTTPS is not supported by dnsmasq",
	  .help = "Check that server's certificate." },
	{ .name = "max-udp-packet-size", .rule = { &type_number, 50, 65507 },
	  .def = "4096", .maps = "dnsmasq edns-packet-max=",
	  .help = "Octets of the longest answer by UDP." },
	{ .name = "query-server-timeout", .rule = { &type_time }, .def = "2s",
	  .note = NO_COUNTERPART, .help = "How long one server has." },
	{ .name = "query-total-timeout", .rule = { &type_time }, .def = "10s",
	  .note = NO_COUNTERPART, .help = "How long all servers have." },
	{ .name = "max-concurrent-queries",
	  .rule = { &type_number, 1, 10000 }, .def = "100",
	  .maps = "dnsmasq dns-forward-max=",
	  .help = "Questions under way at once." },
	{ .name = "max-concurrent-tcp-sessions",
	  .rule = { &type_number, 1, 65535 }, .def = "20",
	  .note = NO_COUNTERPART, .help = "TCP connections at once." },
	{ .name = "cache-size", .rule = { &type_number, 64, 2097151 },
	  .def = "2048",
	  .maps = "dnsmasq cache-size=, four names a KiB, and no more than 10000",
	  .help = "KiB of answers that are kept." },
	{ .name = "cache-max-ttl", .rule = { &type_time, 1 }, .def = "1w",
	  .maps = "dnsmasq max-cache-ttl=",
	  .help = "How long an answer is kept at most." },
	{ .name = "allow-remote-requests", .rule = { &type_bool },
	  .def = "no", .maps = "dnsmasq of our own in this network namespace",
	  .help = "Answer others' questions." },
	{ .name = "address-list-extra-time", .rule = { &type_time },
	  .def = "0s", .note = NO_COUNTERPART,
	  .help = "How much longer addresses stay in lists." },
	{ .name = "vrf", .rule = { &type_text }, .def = "main",
	  .why = "only main is there", .help = "Routing table." },
	{ .name = "mdns-repeat-ifaces", .rule = { &type_text }, .def = "",
	  .why = NOT_HERE, .help = "Interfaces to repeat mDNS between." },
};

/* Those that are asked if none is set. */
static void dns_live(struct machine *m, struct item *item)
{
	static char list[512];
	FILE *f = fopen("/etc/resolv.conf", "re");
	char line[256], name[INET6_ADDRSTRLEN];
	size_t used = 0;
	uint8_t any[16];

	(void)m;
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "nameserver %45s", name) != 1 ||
		    (inet_pton(AF_INET, name, any) != 1 &&
		     inet_pton(AF_INET6, name, any) != 1) ||
		    used + strlen(name) + 2 > sizeof(list))
			continue;
		used += sprintf(list + used, "%s%s", used ? "," : "", name);
	}
	if (f)
		fclose(f);
	if (used && !*item_get(item, "servers"))
		live_put(item, "dynamic-servers", list);
}

const struct menu menu_ip_dns = {
	.path = "ip dns", TABLE_OF(dns_rows), .flags = MENU_SINGLE,
	.title = "DNS",
	.help = "Answer questions of DNS, by asking other servers.",
	.live = dns_live,
};

static const char *const record_types[] = {
	"A", "AAAA", "CNAME", "FWD", "MX", "NS", "NXDOMAIN", "SRV", "TXT", NULL
};

static const struct prop static_rows[] = {
	DISABLED_ROW,
	{ .name = "name", .rule = { &type_domain },
	  .flags = PROP_REQUIRED, .maps = "the record's name",
	  .help = "Domain name." },
	{ .name = "regexp", .rule = { &type_line }, .why = NOT_HERE,
	  .help = "Regular expression of names." },
	{ .name = "type", .rule = { &type_word, .words = record_types },
	  .def = "A", .refuse = "NS", .why = NOT_HERE,
	  .maps = "host-record=, cname=, server=, mx-host=, address=, srv-host=, txt-record=",
	  .help = "Type of the record." },
	{ .name = "address", .rule = { &type_any_ip },
	  .maps = "host-record=", .help = "Of A and AAAA." },
	{ .name = "cname", .rule = { &type_domain },
	  .maps = "cname=; the name must be in this menu, too",
	  .help = "Of CNAME: the name it stands for." },
	{ .name = "forward-to", .rule = { &type_any_ip },
	  .maps = "server=/NAME/", .help = "Of FWD: server to ask." },
	{ .name = "mx-exchange", .rule = { &type_domain },
	  .maps = "mx-host=", .help = "Of MX: host." },
	{ .name = "mx-preference", .rule = { &type_number, 0, 65535 },
	  .def = "10", .maps = "mx-host=", .help = "Of MX." },
	{ .name = "ns", .rule = { &type_domain }, .why = NOT_HERE,
	  .help = "Of NS: host." },
	{ .name = "srv-target", .rule = { &type_domain },
	  .maps = "srv-host=", .help = "Of SRV: host." },
	{ .name = "srv-port", .rule = { &type_number, 0, 65535 },
	  .def = "0", .maps = "srv-host=", .help = "Of SRV." },
	{ .name = "srv-priority", .rule = { &type_number, 0, 65535 },
	  .def = "0", .maps = "srv-host=", .help = "Of SRV." },
	{ .name = "srv-weight", .rule = { &type_number, 0, 65535 },
	  .def = "0", .maps = "srv-host=", .help = "Of SRV." },
	{ .name = "text", .rule = { &type_line, 0, 255 },
	  .maps = "txt-record=", .help = "Of TXT." },
	{ .name = "match-subdomain", .rule = { &type_bool }, .def = "no",
	  .maps = "address=/NAME/",
	  .help = "All names below it, too." },
	{ .name = "address-list", .rule = { &type_text }, .why = NOT_HERE,
	  .help = "Firewall list that gets the addresses." },
	{ .name = "ttl", .rule = { &type_time, 1 }, .def = "1d",
	  .maps = "of host-record= and cname=; all others: one day",
	  .help = "How long others may keep the answer." },
	COMMENT_ROW,
};

/* what a record of that type is nothing without */
static const struct {
	const char *type, *prop;
} needs[] = {
	{ "A", "address" }, { "AAAA", "address" }, { "CNAME", "cname" },
	{ "FWD", "forward-to" }, { "MX", "mx-exchange" },
	{ "SRV", "srv-target" }, { "TXT", "text" },
};

static void check_address(const struct config *c, const struct item *item,
			  const char *type)
{
	const char *address = item_get(item, "address");
	bool v6 = strchr(address, ':');

	if (v6 != !strcmp(type, "AAAA"))
		item_error(c, item, "address", "address=%s: type=%s is for %s",
			   address, type, v6 ? "IPv4; IPv6 has AAAA" :
					       "IPv6; IPv4 has A");
}

static void check_target(const struct config *c, const struct item *item)
{
	const char *target = item_get(item, "cname");
	const struct item *other;

	for_each_item(other, c, "ip dns static")
		if (other != item && !strcmp(item_get(other, "name"), target))
			return;
	item_error(c, item, "cname",
		   "cname=%s: dnsmasq wants a name that is in /ip dns static, too",
		   target);
}

static bool below_too(const char *type)
{
	return !strcmp(type, "FWD") || !strcmp(type, "NXDOMAIN");
}

static void check_static(struct config *c, const struct item *item)
{
	const char *type = item_get(item, "type");
	bool address = *type == 'A';
	size_t i;

	for (i = 0; i < ARRAY_SIZE(needs); i++) {
		if (strcmp(needs[i].type, type) ||
		    item_get(item, needs[i].prop))
			continue;
		item_error(c, item, "type", "type=%s: %s is missing", type,
			   needs[i].prop);
		return;
	}
	if (address)
		check_address(c, item, type);
	if (!strcmp(type, "CNAME"))
		check_target(c, item);
	if (below_too(type) && !item_is(item, "match-subdomain"))
		item_error(c, item, "type",
			   "type=%s: in dnsmasq it is for all names below %s, too; say match-subdomain=yes",
			   type, item_get(item, "name"));
	else if (!below_too(type) && !address &&
		 item_is(item, "match-subdomain"))
		item_error(c, item, "match-subdomain",
			   "match-subdomain=yes: not with type=%s in dnsmasq",
			   type);
}

const struct menu menu_ip_dns_static = {
	.path = "ip dns static", TABLE_OF(static_rows),
	.columns = "name type address ttl", .title = "DNS, static",
	.help = "Answers that no other server is asked for.",
	.check = check_static,
};
