/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the machine knows of interfaces, for print.
 */
#ifndef SITELINK_LIVE_H
#define SITELINK_LIVE_H

#include "config.h"
#include "machine.h"

void live_tunnel(struct machine *m, struct item *item);
void live_bridge(struct machine *m, struct item *item);
void live_port(struct machine *m, struct item *item);
void live_interface(struct machine *m, struct item *item);

#endif /* SITELINK_LIVE_H */
