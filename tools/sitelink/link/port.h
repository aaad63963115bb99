/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ports of bridges, within the backend.
 */
#ifndef SITELINK_PORT_H
#define SITELINK_PORT_H

#include "apply.h"
#include "link_codec.h"

enum port_prop {
	PORT_PRIORITY,
	PORT_PATH_COST,
	PORT_LEARN,
	PORT_HORIZON,
	PORT_BPDU_GUARD,
	PORT_RESTRICTED_ROLE,
	PORT_FAST_LEAVE,
	PORT_UNICAST_FLOOD,
	PORT_MULTICAST_FLOOD,
	PORT_BROADCAST_FLOOD,
	PORT_PROPS
};

/**
 * struct port_place - where a property is
 * @name: in the menu
 * @attr: number of the attribute
 * @codec: its form
 */
struct port_place {
	const char *name;
	uint16_t attr;
	const struct codec *codec;
};

extern const struct port_place port_places[PORT_PROPS];

/**
 * struct port - an interface that is a port, or that we made one
 * @next: the one behind it
 * @item: that wants it; NULL: none is to blame
 * @name: of the interface
 * @bridge: name of its master; NULL: none
 * @value: by property; NULL: of no interest
 */
struct port {
	struct port *next;
	const struct item *item;
	const char *name, *bridge;
	const char *value[PORT_PROPS];
};

/**
 * struct ports - of a configuration, or of the machine
 * @first: of them
 */
struct ports {
	struct port *first;
};

struct port *port_add(struct apply *ap, struct ports *ports,
		      const char *name);

/* What the master was before we changed it; NULL: it is not noted. */
const char *port_old_master(struct machine *m, const char *ifname);

/* Its key among the notes. */
#define PORT_KEY_SIZE	64
const char *port_key(char *key, const char *ifname);

/* backend.have */
void *port_have(struct apply *ap);

#endif /* SITELINK_PORT_H */
