// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of an IKE SA: begun, established, deleted, lost.
 */
#include <stdlib.h>
#include <string.h>

#include "log_tell.h"

static void begin(struct telling *t, unsigned int version, bool initiator)
{
	struct log_sa *sa = t->sa;

	sa->begun = true;
	sa->version = version;
	sa->initiator = initiator;
	sa->established = false;
	sa->told = false;
	sa->phase2 = false;
	*sa->why = '\0';
}

/* The SA of which the message has the number: while it is made anew, another one. */
static void take_sa(struct telling *t, const char *number)
{
	struct log_sa *old = t->sa;
	unsigned int id = strtoul(number, NULL, 10);

	if (!id || id == old->id)
		return;
	t->sa = log_sa(t->m, id);
	memcpy(t->sa->name, old->name, sizeof(old->name));
	memcpy(t->sa->local, old->local, sizeof(old->local));
	memcpy(t->sa->remote, old->remote, sizeof(old->remote));
}

void on_initiates(struct telling *t)
{
	take_sa(t, t->match.text[1]);
	begin(t, 2, true);
}

void on_responds(struct telling *t)
{
	/* in an SA: a new one of which there is no number yet */
	if (!t->sa->established)
		begin(t, 2, false);
}

static void take_mode(struct telling *t, const char *mode)
{
	t->sa->mode = strcmp(mode, "Main") ? "Aggressive" :
					     "Identity Protection";
}

static void tell_begun(struct telling *t)
{
	char words[LOG_CAPTURE];

	if (!t->sa->begun || t->sa->version != 1 || !t->sa->mode)
		return;
	t->sa->begun = false;
	snprintf(words, sizeof(words), "%s new phase 1 (%s):",
		 t->sa->initiator ? "initiate" : "respond", t->sa->mode);
	tell_news(t, words);
}

/* where it is from and to is said after that ... */
void on_initiates_first(struct telling *t)
{
	take_sa(t, t->match.text[2]);
	begin(t, 1, true);
	take_mode(t, t->match.text[0]);
}

/* ... and here before */
void on_responds_first(struct telling *t)
{
	begin(t, 1, false);
	take_mode(t, t->match.text[1]);
	tell_begun(t);
}

static void put_hosts(struct telling *t, unsigned int local,
		      unsigned int remote)
{
	snprintf(t->sa->local, sizeof(t->sa->local), "%.63s",
		 t->match.text[local]);
	snprintf(t->sa->remote, sizeof(t->sa->remote), "%.63s",
		 t->match.text[remote]);
}

void on_sends(struct telling *t)
{
	put_hosts(t, 0, 1);
	tell_begun(t);
}

void on_receives(struct telling *t)
{
	put_hosts(t, 1, 0);
}

/* A request of a kind that begins something: what failed before is past. */
static void exchange(struct telling *t, char way)
{
	const char *kind = t->match.text[0];
	char key[sizeof(t->sa->exchange)];

	if (!strcmp(kind, "QUICK_MODE") || !strcmp(kind, "ID_PROT") ||
	    !strcmp(kind, "AGGRESSIVE") || !strcmp(kind, "INFORMATIONAL_V1"))
		t->sa->version = 1;
	else if (strcmp(kind, "TRANSACTION"))
		t->sa->version = 2;
	if (!strcmp(kind, "QUICK_MODE"))
		t->sa->phase2 = true;
	snprintf(key, sizeof(key), "%c %.30s %.20s", way, kind,
		 t->match.text[1]);
	if (!strcmp(key, t->sa->exchange))
		return;
	memcpy(t->sa->exchange, key, sizeof(key));
	if (t->sa->established &&
	    (!strcmp(kind, "QUICK_MODE") || !strcmp(kind, "CREATE_CHILD_SA"))) {
		t->sa->told = false;
		*t->sa->why = '\0';
	}
}

/* From IKE_AUTH on both have keys. */
static void tell_keys(struct telling *t, const char *words)
{
	if (!t->sa->begun || strcmp(t->match.text[0], "IKE_AUTH"))
		return;
	t->sa->begun = false;
	tell_news(t, words);
}

void on_request_out(struct telling *t)
{
	exchange(t, '>');
	tell_keys(t, "new ike2 SA (I):");
}

void on_request_in(struct telling *t)
{
	exchange(t, '<');
	tell_keys(t, "new ike2 SA (R):");
}

/* IKEv2's responder is done before the other has seen who it is. */
void on_peer_refuses(struct telling *t)
{
	on_request_in(t);
	if (!strcmp(t->match.text[0], "INFORMATIONAL"))
		tell_failure(t, "got fatal error: AUTHENTICATION_FAILED", "");
}

void on_established(struct telling *t)
{
	t->sa->established = true;
	t->sa->told = false;
	*t->sa->why = '\0';
	/* a new phase 1 takes over what the old one has */
	if (log_has_phase2(t->m, t->sa->name))
		t->sa->phase2 = true;
	tell_news(t, t->sa->version == 1 ? "ISAKMP-SA established" :
					"peer authorized:");
}

void on_rekeyed(struct telling *t)
{
	take_sa(t, t->match.text[1]);
	t->sa->version = 2;
	t->sa->established = true;
	tell_news(t, "rekeyed ike2 SA:");
}

void on_deleting(struct telling *t)
{
	/* phase 1 that we do not take is deleted, too */
	if (t->sa->told && !t->sa->established)
		return;
	tell_news(t, t->sa->version == 1 ? "ISAKMP-SA deleted" :
					"killing ike2 SA:");
	t->sa->phase2 = false;
}

/* IKEv1's responder is done before the other has seen its certificate. */
void on_peer_deletes(struct telling *t)
{
	if (t->sa->version == 1 && t->sa->established && !t->sa->initiator &&
	    !t->sa->phase2)
		tell_failure(t, "phase1 deleted by the peer",
			     "before phase 2, as it does who refuses our identity or certificate");
}

void on_gives_up(struct telling *t)
{
	/* what an end of phase 1 is follows, with its words */
	if (!t->sa->established)
		return;
	if (strstr(t->sa->exchange, "CREATE_CHILD") ||
	    strstr(t->sa->exchange, "QUICK_MODE"))
		tell_failure(t, "phase2 negotiation failed due to time up", "");
	else
		tell_failure(t, "dpd failure", "the peer does not answer");
}

void on_time_up(struct telling *t)
{
	tell_failure(t, "phase1 negotiation failed due to time up", "");
}

/* Without an answer from the one who began it. */
void on_half_open(struct telling *t)
{
	if (!t->sa->established)
		on_time_up(t);
}

void on_dpd_failed(struct telling *t)
{
	t->sa->told = false;
	tell_failure(t, "dpd failure", "the peer does not answer");
}

void on_retransmitted(struct telling *t)
{
	char line[LOG_CAPTURE];

	snprintf(line, sizeof(line), "the packet is retransmitted by %s.",
		 *t->sa->remote ? t->sa->remote : "?");
	t->say(t->data, TOPIC_PLAIN, line);
}

void on_again(struct telling *t)
{
	on_time_up(t);
	t->sa->told = false;
}

void on_starts(struct telling *t)
{
	log_forget(t->m);
}
