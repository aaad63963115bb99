// SPDX-License-Identifier: GPL-2.0-only
/*
 * FRR's zebra, ospfd and ospf6d, of our own in this network namespace. A shell for
 * them: vtysh --vty_socket /run/sitelink/COOKIE.frr
 */
#include <string.h>

#include "daemon.h"
#include "ospf.h"

#define LIB		"/usr/lib/frr/"
#define COUNT		3

static const char *const args[] = {
	"-d", "-f", "@%.conf", "-i", "@frr/%.pid", "-z", "@frr/zserv.api",
	"--vty_socket", "@frr", "-P", "0", NULL
};

static const char *const left[] = { "frr/%.pid", "frr/%.vty", NULL };

static const char *const left_zebra[] = {
	"frr/%.pid", "frr/%.vty", "frr/zserv.api", NULL
};

/* FRR starts with what it understood of its file, and says what it did not. */
#define COMMON	.package = "frr", .user = "frr", .dir = "frr", \
		.bad = "config line", .args = args

/* In the order of their start: zebra puts the others' routes into the kernel. */
static const struct daemon daemons[COUNT] = {
	{ .name = "zebra", .stem = "zebra", .program = LIB "zebra",
	  .left = left_zebra, COMMON },
	{ .name = "ospfd", .stem = "ospfd", .program = LIB "ospfd",
	  .left = left, COMMON },
	{ .name = "ospf6d", .stem = "ospf6d", .program = LIB "ospf6d",
	  .left = left, COMMON },
};

/**
 * struct ospf - what runs
 * @text: of each of daemons[] its configuration; NULL: it does not run
 */
struct ospf {
	const char *text[COUNT];
};

/* What keeps FRR from running; NULL: nothing. */
static const char *hindrance(struct apply *ap)
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		if (!daemon_installed(&daemons[i]))
			return "package frr is not installed";
	/* either zebra would take the other's routes for leftovers of its own */
	if (daemon_foreign(ap, &daemons[0]))
		return "FRR runs here already, and not for sitelink; systemctl disable --now frr";
	return NULL;
}

static void *ospf_want(struct apply *ap, const struct config *c)
{
	static const char *const versions[COUNT] = { NULL, "2", "3" };
	struct ospf *want = arena_alloc(ap->arena, sizeof(*want));
	const struct item *asks = NULL, *first = NULL;
	const char *why;
	size_t i;

	for (i = 1; c && i < COUNT; i++) {
		want->text[i] = ospf_text(c, ap->arena, versions[i], &asks);
		first = first ? first : asks;
	}
	if (!first)
		return want;
	want->text[0] = "log syslog warnings\n";
	why = hindrance(ap);
	if (why)
		item_error(c, first, NULL,
			   "/routing ospf interface-template: %s", why);
	return want;
}

static void *ospf_have(struct apply *ap)
{
	struct ospf *have = arena_alloc(ap->arena, sizeof(*have));
	size_t i;

	for (i = 0; i < COUNT; i++)
		have->text[i] = daemon_text(ap, &daemons[i]);
	return have;
}

/*
 * Last started, first ended. The others do not outlive a zebra: they would not
 * tell a new one their routes.
 */
static int end_some(struct apply *ap, struct ospf *is, const struct ospf *shall)
{
	bool anew = !is->text[0] || !shall->text[0] ||
		    strcmp(is->text[0], shall->text[0]);
	size_t i;

	for (i = COUNT; i-- > 0;) {
		if (shall->text[i] && !(anew && is->text[i]))
			continue;
		if (daemon_sync(ap, &daemons[i], is->text[i], NULL))
			return -1;
		is->text[i] = NULL;
	}
	return 0;
}

static int ospf_sync(struct apply *ap, void *have, void *want)
{
	struct ospf is = *(struct ospf *)have;
	const struct ospf *shall = want;
	size_t i;

	if (end_some(ap, &is, shall))
		return -1;
	for (i = 0; i < COUNT; i++)
		if (shall->text[i] && daemon_sync(ap, &daemons[i], is.text[i],
						  shall->text[i]))
			return -1;
	return 0;
}

const struct backend ospf_backend = {
	.name = "OSPF", .want = ospf_want, .have = ospf_have, .sync = ospf_sync,
};
