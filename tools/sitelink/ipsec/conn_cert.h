/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Certificates of identities. RouterOS has a store; here it is a directory: NAME.crt
 * and, of one's own, NAME.key, both PEM or DER. Those in it that are of authorities
 * are trusted.
 */
#ifndef SITELINK_CONN_CERT_H
#define SITELINK_CONN_CERT_H

#include "conn.h"

#define CERT_DIR	"/etc/sitelink/certificate"

/*
 * Both ends' certificates of auth-method=digital-signature, and the authorities.
 * @id: NULL: none was asked for, and the certificate's first alternative name is
 * put there; it has none: its subject, which the daemon takes by itself.
 */
void conn_certificates(struct conn *conn, json_object *local,
		       json_object *remote, const char **id);

#endif /* SITELINK_CONN_CERT_H */
