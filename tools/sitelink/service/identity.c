// SPDX-License-Identifier: GPL-2.0-only
/* The host's name. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "process.h"

#define KEY	"hostname"
#define CANNOT_NOTE	"the host's name cannot be noted below /run"

/**
 * struct identity - the host's name
 * @name: that we gave it; NULL: it has its own
 */
struct identity {
	const char *name;
};

/*
 * "ip netns exec" gives a router a network of its own, and the machine's name: each
 * would give it another one.
 */
static bool is_others(void)
{
	return !process_first_shares("ns/net") && process_first_shares("ns/uts");
}

static void *identity_want(struct apply *ap, const struct config *c)
{
	struct identity *want = arena_alloc(ap->arena, sizeof(*want));
	const struct item *item;
	const char *name;

	if (!c)
		return want;
	item = config_items(c, "system identity")->first;
	name = item_get(item, "name");
	if (name && is_others())
		diag_note(ap->diag, item->args[prop_index(item->menu, "name")]->at,
			  "name=%s: not set: the host's name is that of the machine; a network namespace has one of its own by unshare --uts",
			  name);
	else
		want->name = name;
	return want;
}

static const char *current(struct apply *ap)
{
	char name[65] = "";

	/* cannot fail: no name is longer */
	gethostname(name, sizeof(name) - 1);
	return arena_strndup(ap->arena, name, strlen(name));
}

static void *identity_have(struct apply *ap)
{
	struct identity *have = arena_alloc(ap->arena, sizeof(*have));

	if (undo_get(ap->machine, KEY))
		have->name = current(ap);
	return have;
}

static int set(struct apply *ap, const char *name)
{
	if (!sethostname(name, strlen(name)))
		return 0;
	apply_error(ap, NULL, "host name %s: %s", name, strerror(errno));
	return -1;
}

static int put_back(struct apply *ap)
{
	const char *old = undo_get(ap->machine, KEY);

	if (!old || !apply_step(ap, "set the host's name back to %s", old))
		return 0;
	if (set(ap, old))
		return -1;
	if (undo_drop(ap->machine, KEY))
		return 0;
	apply_error(ap, NULL, CANNOT_NOTE);
	return -1;
}

static int identity_sync(struct apply *ap, void *have, void *want)
{
	const struct identity *is = have, *shall = want;
	const char *now = current(ap);

	if (!shall->name)
		return is->name ? put_back(ap) : 0;
	if (!strcmp(shall->name, now))
		return 0;
	if (!apply_step(ap, "set the host's name: %s", shall->name))
		return 0;
	if (!undo_get(ap->machine, KEY) && !undo_note(ap->machine, KEY, now)) {
		apply_error(ap, NULL, CANNOT_NOTE);
		return -1;
	}
	return set(ap, shall->name);
}

const struct backend identity_backend = {
	.name = "host name", .want = identity_want, .have = identity_have,
	.sync = identity_sync,
};
