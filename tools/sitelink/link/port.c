// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports of bridges. An interface that is not ours has its old master noted, as
 * "link IFNAME master", before we make it a port.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "link.h"
#include "port.h"

static struct port *find(const struct ports *ports, const char *name)
{
	struct port *p;

	for (p = ports->first; p; p = p->next)
		if (!strcmp(p->name, name))
			break;
	return p;
}

/* One that is not in our menus may be the machine's own bridge, or none at all. */
static void check_bridge(struct apply *ap, const struct config *c,
			 const struct port *p)
{
	const struct iface *iface = machine_iface(ap->machine, p->bridge);

	if (item_by_name(c, "interface bridge", p->bridge) ||
	    (iface && !strcmp(iface->kind, "bridge")))
		return;
	item_error(c, p->item, "bridge", "bridge=%s: it is no bridge",
		   p->bridge);
}

static void *port_want(struct apply *ap, const struct config *c)
{
	struct ports *ports = arena_alloc(ap->arena, sizeof(*ports));
	const struct item *item;
	const char *value;
	struct port *p;
	unsigned int i;

	if (!c)
		return ports;
	for_each_item(item, c, "interface bridge port") {
		if (item->dynamic || item_is(item, "disabled"))
			continue;
		p = port_add(ap, ports, item_get(item, "interface"));
		p->item = item;
		p->bridge = item_get(item, "bridge");
		check_bridge(ap, c, p);
		for (i = 0; i < PORT_PROPS; i++) {
			value = item_get(item, port_places[i].name);
			if (i == PORT_LEARN && !strcmp(value, "auto"))
				value = "yes";
			p->value[i] = codec_kept(ap->arena,
						 port_places[i].codec, value);
		}
	}
	return ports;
}

static struct nlmsghdr *begin(struct apply *ap, const struct port *p)
{
	struct nlmsghdr *nlh = nl_route(ap->machine, RTM_NEWLINK, 0,
					sizeof(struct ifinfomsg));

	mnl_attr_put_strz(nlh, IFLA_IFNAME, p->name);
	return nlh;
}

static int finish(struct apply *ap, const struct port *p, struct nlmsghdr *nlh)
{
	struct nl_error err;

	if (!nl_talk(ap->machine, nlh, &err))
		return 0;
	apply_error(ap, p->item, "bridge port %s: %s", p->name, err.text);
	return -1;
}

/* @bridge "": none */
static int set_master(struct apply *ap, const struct port *p,
		      const char *bridge)
{
	const struct iface *master = NULL;
	struct nlmsghdr *nlh;

	if (*bridge) {
		master = machine_iface(ap->machine, bridge);
		if (!master) {
			apply_error(ap, p->item, "%s: there is no such bridge",
				    bridge);
			return -1;
		}
	}
	nlh = begin(ap, p);
	mnl_attr_put_u32(nlh, IFLA_MASTER, master ? master->index : 0);
	return finish(ap, p, nlh);
}

static int set_values(struct apply *ap, const struct port *p)
{
	struct nlmsghdr *nlh = begin(ap, p);
	struct nlattr *info, *data;
	unsigned int i;

	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(nlh, IFLA_INFO_SLAVE_KIND, "bridge");
	data = mnl_attr_nest_start(nlh, IFLA_INFO_SLAVE_DATA);
	for (i = 0; i < PORT_PROPS; i++)
		if (p->value[i])
			port_places[i].codec->put(nlh, port_places[i].attr, p->value[i]);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
	return finish(ap, p, nlh);
}

/* An interface that is no port any more. */
static int release(struct apply *ap, const struct port *have)
{
	const char *old = port_old_master(ap->machine, have->name);
	const char *now = have->bridge ?: "";
	bool gone = apply_is_gone(ap, have->name) || apply_is_gone(ap, now);

	/* where it was before may be gone, too */
	if (!old || !machine_iface(ap->machine, old))
		old = "";
	if (strcmp(now, old) && !(gone && !*old)) {
		if (!apply_step(ap, "remove bridge port %s%s%s", have->name,
				*now ? " of " : "", now))
			return 0;
		if (set_master(ap, have, old))
			return -1;
	}
	if (!ap->dry) {
		char key[PORT_KEY_SIZE];

		undo_drop(ap->machine, port_key(key, have->name));
	}
	return 0;
}

/* Note what it was, unless we made it. */
static int note(struct apply *ap, const struct port *p)
{
	const struct iface *iface = machine_iface(ap->machine, p->name);
	const struct iface *master = NULL;
	char key[PORT_KEY_SIZE];

	if (!iface || link_is_own(iface))
		return 0;
	if (iface->master)
		master = machine_iface_at(ap->machine, iface->master);
	if (undo_note(ap->machine, port_key(key, p->name),
		      master ? master->name : ""))
		return 0;
	apply_error(ap, p->item, "%s: its master cannot be noted: %s", p->name,
		    strerror(errno));
	return -1;
}

static int enslave(struct apply *ap, const struct port *want)
{
	if (!apply_step(ap, "add bridge port %s to %s", want->name,
			want->bridge))
		return 0;
	if (note(ap, want) || set_master(ap, want, want->bridge))
		return -1;
	return set_values(ap, want);
}

static int change(struct apply *ap, const struct port *have,
		  const struct port *want)
{
	struct port diff = *want;
	char text[512] = "";
	size_t used = 0;
	unsigned int i;

	for (i = 0; i < PORT_PROPS; i++) {
		const char *w = want->value[i], *h = have->value[i];

		if (!w || (h && !strcmp(w, h))) {
			diff.value[i] = NULL;
			continue;
		}
		if (used < sizeof(text))
			used += snprintf(text + used, sizeof(text) - used,
					 " %s=%s", port_places[i].name, w);
	}
	if (!*text || !apply_step(ap, "set bridge port %s:%s", want->name,
				  text))
		return 0;
	return set_values(ap, &diff);
}

static bool is_in_place(const struct apply *ap, const struct port *have,
			const struct port *want)
{
	return have && have->bridge && !strcmp(have->bridge, want->bridge) &&
	       !apply_is_gone(ap, want->name) &&
	       !apply_is_gone(ap, want->bridge);
}

static int port_sync(struct apply *ap, void *have, void *want)
{
	const struct port *p, *other;
	int err = 0;

	for (p = ((struct ports *)have)->first; p && !err; p = p->next) {
		other = find(want, p->name);
		if (!other || !other->bridge)
			err = release(ap, p);
	}
	for (p = ((struct ports *)want)->first; p && !err; p = p->next) {
		other = find(have, p->name);
		if (!p->bridge)
			continue;
		err = is_in_place(ap, other, p) ? change(ap, other, p) :
						  enslave(ap, p);
	}
	return err;
}

const struct backend port_backend = {
	.name = "bridge ports",
	.want = port_want,
	.have = port_have,
	.sync = port_sync,
};
