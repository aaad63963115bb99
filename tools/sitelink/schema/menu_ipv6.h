/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_IPV6_H
#define SITELINK_MENU_IPV6_H

#include "schema.h"

extern const struct menu menu_ipv6_address;
extern const struct menu menu_ipv6_route;
extern const struct menu menu_ipv6_settings;

#endif /* SITELINK_MENU_IPV6_H */
