/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_TUNNEL_H
#define SITELINK_MENU_TUNNEL_H

#include "schema.h"

extern const struct menu menu_eoip;
extern const struct menu menu_eoipv6;
extern const struct menu menu_gre;
extern const struct menu menu_ipip;
extern const struct menu menu_6to4;
extern const struct menu menu_vti;

#endif /* SITELINK_MENU_TUNNEL_H */
