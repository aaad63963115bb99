// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel does not tell of a bridge: whether its mtu and address were set
 * or follow its ports, and what its ageing-time is while the topology changes.
 * It is noted as "bridge IFNAME PROPERTY", before it is set.
 */
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "link.h"

static const enum link_prop noted[] = {
	LINK_MTU, LINK_MAC, LINK_AGEING_TIME,
};

#define KEY_SIZE	64

static const char *make_key(char *key, const char *ifname, enum link_prop p)
{
	snprintf(key, KEY_SIZE, "bridge %s %s", ifname, link_prop_name(p));
	return key;
}

bool bridge_note(struct machine *m, const struct link *l)
{
	char key[KEY_SIZE];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(noted); i++) {
		const char *value = l->value[noted[i]];

		if (value &&
		    !undo_set(m, make_key(key, l->name, noted[i]), value))
			return false;
	}
	return true;
}

void bridge_forget(struct machine *m, const char *ifname)
{
	char key[KEY_SIZE];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(noted); i++)
		undo_drop(m, make_key(key, ifname, noted[i]));
}

static bool topology_changes(const struct nlattr *data)
{
	const struct nlattr *tb[IFLA_BR_MAX + 1], *changes;

	nl_nested(data, tb, IFLA_BR_MAX);
	changes = tb[IFLA_BR_TOPOLOGY_CHANGE];
	return changes && mnl_attr_validate(changes, MNL_TYPE_U8) >= 0 &&
	       mnl_attr_get_u8(changes);
}

void bridge_get(struct machine *m, struct link *l, const struct nlattr *data)
{
	char key[KEY_SIZE];
	const char *note;

	if (!undo_get(m, make_key(key, l->name, LINK_MTU)))
		l->value[LINK_MTU] = NULL;
	if (!undo_get(m, make_key(key, l->name, LINK_MAC)))
		l->value[LINK_MAC] = NULL;
	note = undo_get(m, make_key(key, l->name, LINK_AGEING_TIME));
	if (note && topology_changes(data))
		l->value[LINK_AGEING_TIME] = note;
}

bool bridge_must_go(const struct link *have, const struct link *want)
{
	return !have->kind->family &&
	       ((have->value[LINK_MTU] && !want->value[LINK_MTU]) ||
		(have->value[LINK_MAC] && !want->value[LINK_MAC]));
}
