/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the machine knows, for print and find; of interfaces, how it is known.
 */
#ifndef SITELINK_LIVE_H
#define SITELINK_LIVE_H

#include "config.h"
#include "machine.h"

void live_tunnel(struct machine *m, struct item *item);
void live_bridge(struct machine *m, struct item *item);
void live_port(struct machine *m, struct item *item);
void live_interface(struct machine *m, struct item *item);

/* What it knows of all of a configuration, and has beside that. */
void live_add(struct machine *m, struct config *c);

#endif /* SITELINK_LIVE_H */
