/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_BRIDGE_H
#define SITELINK_MENU_BRIDGE_H

#include "schema.h"

extern const struct menu menu_bridge;
extern const struct menu menu_bridge_port;

#endif /* SITELINK_MENU_BRIDGE_H */
