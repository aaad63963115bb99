// SPDX-License-Identifier: GPL-2.0-only
/*
 * Make the interfaces of the machine those of a configuration: what must go goes
 * first, so that what comes finds names and tunnel-ids free.
 */
#include <stdio.h>
#include <string.h>
#include <linux/sitelink.h>

#include "link.h"
#include "module.h"

static void *link_want(struct apply *ap, const struct config *c)
{
	struct links *links = arena_alloc(ap->arena, sizeof(*links));

	if (!c)
		return links;
	link_want_own(ap, c, links);
	foreign_want(ap, c, links);
	return links;
}

static void *link_have(struct apply *ap)
{
	struct links *links = arena_alloc(ap->arena, sizeof(*links));

	if (!link_have_own(ap, links))
		return NULL;
	foreign_have(ap, links);
	return links;
}

static bool same(const struct link *a, const struct link *b,
		 enum link_prop p)
{
	const char *x = a->value[p] ?: "", *y = b->value[p] ?: "";

	return !strcmp(x, y);
}

/* Does the kernel take the two for one tunnel? */
static bool same_key(const struct link *a, const struct link *b)
{
	return a->kind == b->kind && same(a, b, LINK_LOCAL) &&
	       same(a, b, LINK_REMOTE) && same(a, b, LINK_TUNNEL_ID);
}

static bool has_remote(const struct link *l)
{
	const char *remote = l->value[LINK_REMOTE];

	return remote && strcmp(remote, "0.0.0.0");
}

/* Is the new key that of another tunnel that stays? */
static bool key_in_use(const struct link *own, const struct link *have,
		       const struct link *want)
{
	const struct link *other;

	if (!have->kind->family || same_key(have, want))
		return false;
	for (other = own; other; other = other->next)
		if (other != have && !other->remove && same_key(other, want))
			return true;
	return false;
}

/* What cannot be changed in place. */
static bool must_go(const struct link *own, const struct link *have,
		    const struct link *want)
{
	return !want || want->kind != have->kind ||
	       /* the stack looks at flags of a device that follow, once only */
	       has_remote(have) != has_remote(want) ||
	       bridge_must_go(have, want) || key_in_use(own, have, want);
}

static int remove_link(struct apply *ap, struct link *l,
		       const struct item *item)
{
	struct ifinfomsg *ifi;
	struct nlmsghdr *nlh;
	struct nl_error err;

	if (!apply_step(ap, "remove interface %s", l->name)) {
		apply_gone(ap, l->name);
		return 0;
	}
	nlh = nl_route(ap->machine, RTM_DELLINK, 0, sizeof(*ifi));
	ifi = mnl_nlmsg_get_payload(nlh);
	ifi->ifi_index = l->index;
	if (nl_talk(ap->machine, nlh, &err)) {
		apply_error(ap, item, "%s: %s", l->name, err.text);
		return -1;
	}
	bridge_forget(ap->machine, l->name);
	machine_changed(ap->machine);
	return 0;
}

static int remove_links(struct apply *ap, struct links *have,
			struct links *want)
{
	struct link *l;

	for (l = have->own; l; l = l->next) {
		const struct link *w = link_find(want->own, l->name);

		l->remove = must_go(have->own, l, w);
		if (l->remove && remove_link(ap, l, w ? w->item : NULL))
			return -1;
	}
	return 0;
}

static int change_links(struct apply *ap, struct links *have,
			struct links *want)
{
	struct link *l, diff;
	char text[1024];

	for (l = have->own; l; l = l->next) {
		const struct link *w = link_find(want->own, l->name);

		if (!l->remove &&
		    link_diff(l, w, &diff, text, sizeof(text)) &&
		    apply_step(ap, "set %s:%s", l->name, text) &&
		    link_set(ap, &diff))
			return -1;
	}
	return 0;
}

/*
 * A device that is down, and ours from its first moment: it goes up, has its
 * comment and what are sysctls of it in a change of its own.
 */
static int make(struct apply *ap, const struct link *want)
{
	struct link now = *want;
	struct nlmsghdr *nlh;
	struct nl_error err;

	/* of what is put back it is the old one's */
	now.index = 0;
	now.value[LINK_DISABLED] = NULL;
	now.value[LINK_COMMENT] = NULL;
	if (!want->kind->family)
		now.value[LINK_MTU] = NULL;
	/* of one of the same name, before its time */
	bridge_forget(ap->machine, want->name);
	if (link_note(ap, &now))
		return -1;
	nlh = nl_route(ap->machine, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL,
		       sizeof(struct ifinfomsg));
	link_put(nlh, &now, true);
	if (!nl_talk(ap->machine, nlh, &err)) {
		machine_changed(ap->machine);
		return 0;
	}
	apply_error(ap, want->item, "%s: %s", want->name, err.text);
	return -1;
}

static int finish(struct apply *ap, const struct link *want)
{
	static const struct link fresh = {
		.value = {
			[LINK_COMMENT] = "", [LINK_DISABLED] = "yes",
			[LINK_ARP] = "enabled", [LINK_ARP_TIMEOUT] = "auto",
		},
	};
	struct link rest = *want, diff;
	char text[1024];
	unsigned int p;

	for (p = 0; p < LINK_PROPS; p++)
		if (!fresh.value[p])
			rest.value[p] = NULL;
	/* one of a bridge's creation would not be taken for asked for */
	if (!want->kind->family)
		rest.value[LINK_MTU] = want->value[LINK_MTU];
	if (!link_diff(&fresh, &rest, &diff, text, sizeof(text)))
		return 0;
	return link_set(ap, &diff);
}

static int create_links(struct apply *ap, struct links *have,
			struct links *want)
{
	const struct link *l;
	char why[200];

	for (l = want->own; l; l = l->next) {
		const struct link *there = link_find(have->own, l->name);

		if ((there && !there->remove) ||
		    !apply_step(ap, "add interface %s (%s)", l->name,
				l->kind->name))
			continue;
		if (l->kind->module &&
		    !module_need(l->kind->module, l->kind->twin, why,
				 sizeof(why))) {
			apply_error(ap, l->item, "%s: %s", l->name, why);
			return -1;
		}
		if (make(ap, l) || finish(ap, l))
			return -1;
	}
	return 0;
}

/* What was noted of an interface goes with it. */
static void prune(const char *key, const char *old, void *data)
{
	struct apply *ap = data;
	char about[8], name[16];

	(void)old;
	if (sscanf(key, "%7s %15s", about, name) == 2 &&
	    (!strcmp(about, "link") || !strcmp(about, "bridge")) &&
	    !machine_iface(ap->machine, name))
		undo_drop(ap->machine, key);
}

static int link_sync(struct apply *ap, void *have, void *want)
{
	if (remove_links(ap, have, want) || change_links(ap, have, want) ||
	    create_links(ap, have, want) || foreign_sync(ap, have, want))
		return -1;
	if (!ap->dry)
		undo_each(ap->machine, prune, ap);
	return 0;
}

const struct backend link_backend = {
	.name = "interfaces",
	.want = link_want,
	.have = link_have,
	.sync = link_sync,
};
