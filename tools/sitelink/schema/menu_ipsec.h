/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_MENU_IPSEC_H
#define SITELINK_MENU_IPSEC_H

#include "config.h"

/* Names of the two that are there by themselves. */
#define IPSEC_DEFAULT	"default"
#define IPSEC_REQUEST	"request-only"

/* One named default, which cannot be removed. */
void ipsec_builtin_default(struct config *c, const struct menu *m);

/* menu_ipsec_peer.c */
extern const struct menu menu_ipsec_profile;
extern const struct menu menu_ipsec_peer;

/* menu_ipsec_identity.c */
extern const struct menu menu_ipsec_identity;
extern const struct menu menu_ipsec_mode_config;
extern const struct menu menu_ipsec_key;
extern const struct menu menu_ipsec_settings;

/* menu_ipsec_policy.c */
extern const struct menu menu_ipsec_proposal;
extern const struct menu menu_ipsec_policy_group;
extern const struct menu menu_ipsec_policy;

/* menu_ipsec_state.c */
extern const struct menu menu_ipsec_statistics;
extern const struct menu menu_ipsec_active_peers;
extern const struct menu menu_ipsec_remote_peers;
extern const struct menu menu_ipsec_installed_sa;
extern const struct menu menu_log;

#endif /* SITELINK_MENU_IPSEC_H */
