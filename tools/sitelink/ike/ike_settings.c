// SPDX-License-Identifier: GPL-2.0-only
/* Settings of the IKE daemon: what is not of one connection. */
#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "ike_private.h"

/* Without one that ends in "!" there is nothing to go on with. */
#define PLUGINS "random! nonce! openssl! kdf! pem pkcs1 pkcs8 x509 pubkey " \
		"revocation constraints kernel-netlink! socket-default! vici!"

/*
 * Retries as the last argument, each waiting 1.4 times as long as the one before, up
 * to a limit, since there may be a hundred: with 4 of them who does not answer is
 * dead after 22 s.
 */
static const char settings[] =
	"charon-systemd {\n"
	"	load = " PLUGINS "\n"
	"	threads = 8\n"
	"	install_routes = no\n"
	/* what is on its way with the old key still finds it */
	"	delete_rekeyed_delay = 5\n"
	"	retransmit_timeout = 2.0\n"
	"	retransmit_base = 1.4\n"
	"	retransmit_limit = 8\n"
	"	retransmit_tries = %u\n"
	/* Twofish has no number of its own in IKEv2, nor a common one in IKEv1 */
	"	accept_private_algs = yes\n"
	/* RouterOS has aggressive mode with a secret; who asks for it gets it */
	"	i_dont_care_about_security_and_use_aggressive_mode_psk = yes\n"
	"	journal {\n"
	"		default = -1\n"
	"	}\n"
	/* without a buffer, which flush_line does not take from standard output */
	"	filelog {\n"
	"		stderr {\n"
	"			default = %u\n"
	"			ike_name = yes\n"
	"			log_level = yes\n"
	"			flush_line = yes\n"
	"		}\n"
	"	}\n"
	"	plugins {\n"
	"		vici {\n"
	"			socket = unix://%s\n"
	"		}\n"
	"	}\n"
	"}\n";

const char *ike_settings(struct machine *m, struct arena *a,
			 unsigned int retries, unsigned int level)
{
	return buffer_format(a, settings, retries, level,
			     machine_file(m, a, IKE_SOCKET));
}

bool ike_settings_write(struct apply *ap, const char *text)
{
	if (ike_write(ap->machine, ap->arena, IKE_SETTINGS, text))
		return true;
	apply_error(ap, NULL, "%s: %s",
		    machine_file(ap->machine, ap->arena, IKE_SETTINGS),
		    strerror(errno));
	return false;
}
