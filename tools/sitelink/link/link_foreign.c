// SPDX-License-Identifier: GPL-2.0-only
/*
 * Properties of interfaces that are not ours. What they were is noted before the
 * first change, as "link IFNAME PROPERTY", and comes back when the configuration
 * no longer asks for it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "link.h"

#define MENU	"interface"

#define KEY_SIZE	64

static void make_key(char *key, const char *ifname, enum link_prop p)
{
	snprintf(key, KEY_SIZE, "link %s %s", ifname, link_prop_name(p));
}

static struct link *get_or_add(struct apply *ap, struct link **list,
			       const char *name)
{
	struct link *l = link_find(*list, name);

	return l ? l : link_add(ap->arena, list, name);
}

/* The item is there by itself; what has set it is at another place. */
static const struct item *blame(struct apply *ap, const struct item *item,
				enum link_prop p)
{
	const struct arg *arg;
	struct item *copy;

	arg = item->args[prop_index(item->menu, link_prop_name(p))];
	if (!arg)
		return item;
	copy = arena_alloc(ap->arena, sizeof(*copy));
	*copy = *item;
	copy->at = arg->at;
	return copy;
}

/* What the menu was told of it. */
static void want_settings(struct apply *ap, const struct item *item,
			  struct links *links)
{
	const char *name = item_get(item, "name");
	struct link *l;
	unsigned int p;

	for (p = 0; p < LINK_PROPS; p++) {
		const char *prop = link_prop_name(p);

		if (prop_index(item->menu, prop) < 0 || !item_has(item, prop))
			continue;
		l = get_or_add(ap, &links->foreign, name);
		l->item = blame(ap, item, p);
		l->value[p] = item_get(item, prop);
	}
}

/* What the items of a menu need of the interface that they are on. */
static void want_up(struct apply *ap, const struct config *c, const char *menu,
		    struct links *links)
{
	const struct item *item;
	struct link *l;

	for_each_item(item, c, menu) {
		const char *name = item_get(item, "interface");

		if (!name || item->dynamic || item_is(item, "disabled") ||
		    link_find(links->own, name) ||
		    !machine_iface(ap->machine, name))
			continue;
		l = get_or_add(ap, &links->foreign, name);
		if (!l->item)
			l->item = item;
		if (!l->value[LINK_DISABLED])
			l->value[LINK_DISABLED] = "no";
	}
}

void foreign_want(struct apply *ap, const struct config *c,
		  struct links *links)
{
	const struct item *item;

	for_each_item(item, c, MENU)
		if (!item->dynamic)
			want_settings(ap, item, links);
	want_up(ap, c, "ip address", links);
	want_up(ap, c, "ipv6 address", links);
	want_up(ap, c, "interface bridge port", links);
}

/* What it is now; false: it is gone. */
static bool read_now(struct apply *ap, const char *name, struct link *now)
{
	const struct iface *iface = machine_iface(ap->machine, name);

	if (!iface)
		return false;
	*now = (struct link){ .name = name, .index = iface->index };
	link_get_common(ap->arena, now, MENU, iface);
	return true;
}

/**
 * struct reading - notes that are being read
 * @ap: the run
 * @links: where to
 */
struct reading {
	struct apply *ap;
	struct links *links;
};

static void have_one(const char *key, const char *old, void *data)
{
	char name[16], prop[32];
	struct reading *r = data;
	struct link now, *l;
	unsigned int p;

	(void)old;
	if (sscanf(key, "link %15s %31s", name, prop) != 2)
		return;
	for (p = 0; p < LINK_PROPS; p++)
		if (!strcmp(link_prop_name(p), prop))
			break;
	if (p == LINK_PROPS || !read_now(r->ap, name, &now))
		return;
	l = get_or_add(r->ap, &r->links->foreign, name);
	l->index = now.index;
	l->value[p] = now.value[p];
}

void foreign_have(struct apply *ap, struct links *links)
{
	struct reading r = { ap, links };

	undo_each(ap->machine, have_one, &r);
}

/* Forget what they were, of all that have a value. */
static void drop_notes(struct apply *ap, const struct link *l)
{
	char key[KEY_SIZE];
	unsigned int p;

	for (p = 0; p < LINK_PROPS; p++) {
		if (!l->value[p])
			continue;
		make_key(key, l->name, p);
		undo_drop(ap->machine, key);
	}
}

static int note_old(struct apply *ap, const struct link *diff,
		    const struct link *now)
{
	char key[KEY_SIZE];
	unsigned int p;

	for (p = 0; p < LINK_PROPS; p++) {
		if (!diff->value[p])
			continue;
		if (!now->value[p]) {
			apply_error(ap, diff->item, "%s: it has no %s",
				    diff->name, link_prop_name(p));
			return -1;
		}
		make_key(key, diff->name, p);
		if (undo_note(ap->machine, key, now->value[p]))
			continue;
		apply_error(ap, diff->item,
			    "%s: what it was cannot be noted: %s", diff->name,
			    strerror(errno));
		return -1;
	}
	return 0;
}

static int restore(struct apply *ap, const struct link *have,
		   const struct link *want)
{
	struct link old = { .name = have->name }, diff;
	char key[KEY_SIZE], text[1024];
	unsigned int p;

	for (p = 0; p < LINK_PROPS; p++) {
		if (!have->value[p] || (want && want->value[p]))
			continue;
		make_key(key, have->name, p);
		old.value[p] = undo_get(ap->machine, key);
	}
	if (link_diff(have, &old, &diff, text, sizeof(text))) {
		if (!apply_step(ap, "set %s:%s", have->name, text))
			return 0;
		if (link_set(ap, &diff))
			return -1;
	}
	if (!ap->dry)
		drop_notes(ap, &old);
	return 0;
}

static int change(struct apply *ap, const struct link *want)
{
	struct link now, diff;
	char text[1024];

	if (!read_now(ap, want->name, &now)) {
		apply_error(ap, want->item, "%s: it is gone", want->name);
		return -1;
	}
	if (!link_diff(&now, want, &diff, text, sizeof(text)) ||
	    !apply_step(ap, "set %s:%s", want->name, text))
		return 0;
	if (note_old(ap, &diff, &now))
		return -1;
	return link_set(ap, &diff);
}

int foreign_sync(struct apply *ap, struct links *have, struct links *want)
{
	const struct link *l;

	for (l = have->foreign; l; l = l->next)
		if (restore(ap, l, link_find(want->foreign, l->name)))
			return -1;
	for (l = want->foreign; l; l = l->next)
		if (change(ap, l))
			return -1;
	return 0;
}
