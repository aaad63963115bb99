/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_INTERFACE_H
#define SITELINK_MENU_INTERFACE_H

#include "config.h"
#include "machine.h"

extern const struct menu menu_interface;

/* Add an item for every interface of the machine that sitelink did not make. */
void machine_interfaces(struct machine *m, struct config *c);

#endif /* SITELINK_MENU_INTERFACE_H */
