/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of the IKE SAs that the daemon's log tells of.
 */
#ifndef SITELINK_LOG_SA_H
#define SITELINK_LOG_SA_H

#include "log_parts.h"

/**
 * struct log_sa - an IKE SA
 * @id: the daemon's number of it, 0: place is free
 * @used: when it was spoken of last, for whose place is taken
 * @name: of its connection, "": not known yet
 * @version: of IKE, 0: not known yet
 * @initiator: it is ours
 * @established: phase 1 is done
 * @phase2: one has been tried
 * @told: what went wrong; not said again until there is another exchange
 * @begun: first line of good news waits for the addresses
 * @mode: of IKEv1's phase 1, as RouterOS calls it
 * @local: address[port]
 * @remote: likewise
 * @exchange: last request, as "> QUICK_MODE 7"; which of the two way it went
 * @received: proposals
 * @configured: likewise
 * @subject: certificate that is being verified
 * @why: what was found on the way to a failure
 */
struct log_sa {
	unsigned int id;
	unsigned long used;
	char name[64];
	unsigned int version;
	bool initiator, established, phase2, told, begun;
	const char *mode;
	char local[64], remote[64];
	char exchange[64];
	char received[LOG_CAPTURE * 2], configured[LOG_CAPTURE * 2];
	char subject[LOG_CAPTURE], why[LOG_CAPTURE * 2];
};

/* The one of that number, or a new one in its place. Never NULL. */
struct log_sa *log_sa(struct log_memory *m, unsigned int id);

/* What the configuration says of the peer at that address or of that name. */
const char *log_peer(const struct log_memory *m, const struct log_sa *sa,
		     const char *what);

/* Has an SA of the connection @name tried a phase 2? */
bool log_has_phase2(const struct log_memory *m, const char *name);

/* The daemon begins anew. */
void log_forget(struct log_memory *m);

#endif /* SITELINK_LOG_SA_H */
