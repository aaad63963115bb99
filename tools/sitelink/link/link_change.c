// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changing an interface that is there.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "link.h"

bool link_diff(const struct link *have, const struct link *want,
	       struct link *diff, char *text, size_t size)
{
	size_t used = 0;
	unsigned int p;

	*diff = *want;
	diff->next = NULL;
	diff->index = have->index;
	*text = '\0';
	for (p = 0; p < LINK_PROPS; p++) {
		const char *w = want->value[p], *h = have->value[p];

		if (!w || (h && !strcmp(w, h))) {
			diff->value[p] = NULL;
			continue;
		}
		if (used < size)
			used += snprintf(text + used, size - used,
					 strchr(w, ' ') || !*w ?
					 " %s=\"%s\"" : " %s=%s",
					 link_prop_name(p), w);
	}
	return *text;
}

int link_note(struct apply *ap, const struct link *l)
{
	if (!l->kind || l->kind->family || bridge_note(ap->machine, l))
		return 0;
	apply_error(ap, l->item, "%s: it cannot be noted what is set: %s",
		    l->name, strerror(errno));
	return -1;
}

static int set_by_netlink(struct apply *ap, const struct link *l)
{
	struct ifinfomsg *ifi;
	struct nlmsghdr *nlh;
	struct nl_error err;

	nlh = nl_route(ap->machine, RTM_NEWLINK, 0, sizeof(*ifi));
	ifi = mnl_nlmsg_get_payload(nlh);
	ifi->ifi_index = l->index;
	link_put(nlh, l, false);
	if (!nl_talk(ap->machine, nlh, &err))
		return 0;
	apply_error(ap, l->item, "%s: %s", l->name, err.text);
	return -1;
}

static int set_sysctls(struct apply *ap, const struct link *l)
{
	const char *arp = l->value[LINK_ARP];
	const char *timeout = l->value[LINK_ARP_TIMEOUT];
	const char *what;

	if (arp && !arp_set(l->name, arp))
		what = "arp";
	else if (timeout && !arp_timeout_set(l->name, timeout))
		what = "arp-timeout";
	else
		return 0;
	apply_error(ap, l->item, "%s: %s: %s", l->name, what, strerror(errno));
	return -1;
}

/*
 * An mtu that a bridge has already, by its ports, would not be taken for one that
 * was asked for: it comes from another one.
 */
static int leave_mtu(struct apply *ap, const struct link *l)
{
	const struct iface *iface = machine_iface(ap->machine, l->name);
	struct link other = { .item = l->item, .name = l->name,
			      .index = l->index };
	unsigned int mtu;
	char text[16];

	if (!l->kind || l->kind->family || !l->value[LINK_MTU] || !iface)
		return 0;
	mtu = strtoul(l->value[LINK_MTU], NULL, 10);
	if (iface->mtu != mtu)
		return 0;
	snprintf(text, sizeof(text), "%u", mtu ^ 1);
	other.value[LINK_MTU] = text;
	return set_by_netlink(ap, &other);
}

int link_set(struct apply *ap, const struct link *l)
{
	int err = link_note(ap, l);

	if (!err)
		err = set_sysctls(ap, l);
	if (!err)
		err = leave_mtu(ap, l);
	if (!err)
		err = set_by_netlink(ap, l);
	machine_changed(ap->machine);
	return err;
}
