/* SPDX-License-Identifier: GPL-2.0-only */
/* Types of values that only IPsec has. */
#ifndef SITELINK_IPSEC_TYPE_H
#define SITELINK_IPSEC_TYPE_H

#include "type.h"

extern const struct type type_peer;	/* a prefix of either family, a DNS name */
extern const struct type type_ike_id;	/* address:, fqdn:, user-fqdn:, key-id:, dn: */
extern const struct type type_esp;	/* aes-128gcm, as the manuals have it, too */
extern const struct type type_carried;	/* protocol, as the firewall's */

#endif /* SITELINK_IPSEC_TYPE_H */
