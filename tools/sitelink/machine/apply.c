// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "array.h"
#include "ike.h"
#include "text.h"
#include "xfrm.h"

struct gone {
	struct gone *next;
	const char *ifname;
};

/*
 * Filters stand before there is traffic; what is named before its users: kernel
 * settings of interfaces behind these. Daemons come last: they want the addresses.
 */
static const struct backend *const backends[] = {
	&firewall_backend, &xfrm_backend, &link_backend, &port_backend,
	&sysctl_backend, &address_backend, &rule_backend, &route_backend,
	&identity_backend, &dnsmasq_backend, &ospf_backend, &ike_backend,
};

#define COUNT	ARRAY_SIZE(backends)

bool apply_step(struct apply *ap, const char *format, ...)
{
	ap->steps++;
	if (ap->dry || ap->verbose) {
		va_list args;

		va_start(args, format);
		text_vprint(ap->out, format, args);
		va_end(args);
		putc('\n', ap->out);
		fflush(ap->out);
	}
	return !ap->dry;
}

void apply_error(struct apply *ap, const struct item *item,
		 const char *format, ...)
{
	char text[1000];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	diag_error(ap->diag, item ? item->at : (struct pos){ 0 }, "%s", text);
}

void apply_gone(struct apply *ap, const char *ifname)
{
	struct gone *g = arena_alloc(ap->arena, sizeof(*g));

	g->ifname = arena_strndup(ap->arena, ifname, strlen(ifname));
	g->next = ap->gone;
	ap->gone = g;
}

bool apply_is_gone(const struct apply *ap, const char *ifname)
{
	const struct gone *g;

	for (g = ap->gone; g; g = g->next)
		if (!strcmp(g->ifname, ifname))
			return true;
	return false;
}

static void *read_part(struct apply *ap, const struct backend *b)
{
	void *have = b->have(ap);

	if (!have && !ap->diag->errors)
		apply_error(ap, NULL, "the %s could not be read", b->name);
	return have;
}

/*
 * Each part as it was, as far as it goes: also those that no step was for, since
 * the kernel drops routes together with addresses and interfaces.
 */
static void roll_back(struct apply *ap, void *const *before)
{
	unsigned int errors = ap->diag->errors;
	bool failed = false;
	size_t i;

	for (i = 0; i < COUNT; i++) {
		void *have;

		machine_changed(ap->machine);
		have = read_part(ap, backends[i]);
		if (!have || backends[i]->sync(ap, have, before[i]))
			failed = true;
	}
	if (failed || ap->diag->errors != errors)
		apply_error(ap, NULL,
			    "not all could be put back; apply again when the cause is gone");
	else
		apply_error(ap, NULL, "nothing has been changed");
}

int apply(struct apply *ap, const struct config *c)
{
	void *before[COUNT], *want[COUNT];
	size_t i;

	/* all that can be known to be wrong is known before the first step */
	for (i = 0; i < COUNT; i++) {
		want[i] = backends[i]->want(ap, c);
		before[i] = read_part(ap, backends[i]);
	}
	if (ap->diag->errors)
		return -1;
	for (i = 0; i < COUNT; i++) {
		void *have = before[i];

		if (i && !ap->dry) {
			machine_changed(ap->machine);
			have = read_part(ap, backends[i]);
		}
		if (have && !backends[i]->sync(ap, have, want[i]))
			continue;
		if (!ap->dry)
			roll_back(ap, before);
		return -1;
	}
	machine_changed(ap->machine);
	return 0;
}
