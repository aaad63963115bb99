// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why something fails, as far as it can be known here.
 */
#define _GNU_SOURCE
#include <string.h>
#include <time.h>

#include "log_tell.h"

/* A failure of which the row says all. */
void on_failed(struct telling *t)
{
	char words[LOG_CAPTURE], detail[LOG_LINE];

	tell_expand(words, sizeof(words), t->message->words, &t->match);
	tell_expand(detail, sizeof(detail), t->message->detail, &t->match);
	tell_failure(t, words, detail);
}

/* What is found on the way; the message that it failed follows. */
void on_found(struct telling *t)
{
	tell_expand(t->sa->why, sizeof(t->sa->why), t->message->detail,
		    &t->match);
}

/* A failure whose reason came before, if there was one. */
void on_failed_so(struct telling *t)
{
	char words[LOG_CAPTURE], detail[LOG_LINE];

	tell_expand(words, sizeof(words), t->message->words, &t->match);
	tell_expand(detail, sizeof(detail), t->message->detail, &t->match);
	tell_failure(t, words, *t->sa->why ? t->sa->why : detail);
}

/* Of phase 1; that of a child is no end of the SA. */
void on_failed_first(struct telling *t)
{
	if (!t->sa->established)
		on_failed_so(t);
}

/* The peer gets a notify that we have not given a reason for. */
void on_refuses(struct telling *t)
{
	const char *why = *t->sa->why ? t->sa->why : t->message->detail;

	if (t->sa->established)
		tell_failure(t, "failed to pre-process ph2 packet", why);
	else
		tell_failure(t, "peer failed to authorize:", why);
}

void on_received_proposals(struct telling *t)
{
	snprintf(t->sa->received, sizeof(t->sa->received), "%s",
		 t->plain + strlen("received proposals: "));
}

void on_configured_proposals(struct telling *t)
{
	snprintf(t->sa->configured, sizeof(t->sa->configured), "%s",
		 t->plain + strlen("configured proposals: "));
}

/* Which, and where it is configured. */
void on_no_proposal(struct telling *t)
{
	const char *what = t->sa->established ? "proposal" : "profile";
	const char *name = log_peer(t->m, t->sa, what);
	char why[LOG_CAPTURE * 2] = "", detail[LOG_LINE];

	if (!t->sa->told && *t->sa->received && *t->sa->configured)
		log_differ(t->sa->configured, t->sa->received,
			   /* the first child has no group of its own */
			   !strstr(t->sa->exchange, "IKE_AUTH"), t->say,
			   t->data, why, sizeof(why));
	*t->sa->received = '\0';
	*t->sa->configured = '\0';
	snprintf(detail, sizeof(detail), "%s%s%s%s%s", why,
		 *why && name ? ", " : "", name ? what : "", name ? " " : "",
		 name ? name : "");
	tell_failure(t, t->sa->established ?
		     "failed to pre-process ph2 packet, no suitable proposal found" :
		     "no suitable proposal found", detail);
}

void on_no_policy(struct telling *t)
{
	const char *ours = log_peer(t->m, t->sa, "policies");
	/* IKEv1 has the peer's end first */
	bool first = t->sa->version == 1;
	char detail[LOG_LINE];

	snprintf(detail, sizeof(detail),
		 "the peer asks for %s === %s, which no policy is for%s%s",
		 t->match.text[first], t->match.text[!first],
		 ours ? "; there is " : "",
		 ours ? ours : "");
	tell_failure(t, "failed to pre-process ph2 packet, got unacceptable selectors",
		     detail);
}

/* The notify of which the daemon has the name. */
void on_notify(struct telling *t)
{
	char words[LOG_CAPTURE], *p;

	if (t->sa->version != 1) {
		snprintf(words, sizeof(words), "got fatal error: %.99s",
			 t->match.text[0]);
		tell_failure(t, words, t->sa->established ? "of phase 2" : "");
		return;
	}
	for (p = t->match.text[0]; *p; p++)
		if (*p == '_')
			*p = '-';
	snprintf(words, sizeof(words), "fatal %.99s notify message%s",
		 t->match.text[0],
		 t->sa->established ? "" : ", phase1 should be deleted");
	tell_failure(t, words, t->sa->established ? "of phase 2" : "");
}

void on_certificate(struct telling *t)
{
	snprintf(t->sa->subject, sizeof(t->sa->subject), "%s",
		 t->match.text[0]);
}

/* As the daemon writes it, in our time zone; 0: it does not. */
static time_t time_of(const char *text)
{
	struct tm tm = { .tm_isdst = -1 };
	const char *end = strptime(text, "%b %d %H:%M:%S %Y", &tm);

	return end && !*end ? mktime(&tm) : 0;
}

void on_certificate_invalid(struct telling *t)
{
	time_t from = time_of(t->match.text[1]), to = time_of(t->match.text[2]);
	time_t now = time(NULL);

	if (to && to < now)
		snprintf(t->sa->why, sizeof(t->sa->why),
			 "certificate \"%s\" has expired, it was valid until %.99s",
			 t->sa->subject, t->match.text[2]);
	else if (from > now)
		snprintf(t->sa->why, sizeof(t->sa->why),
			 "certificate \"%s\" is not valid before %.99s",
			 t->sa->subject, t->match.text[1]);
	else
		snprintf(t->sa->why, sizeof(t->sa->why),
			 "certificate \"%s\" is valid from %.99s to %.99s only",
			 t->sa->subject, t->match.text[1], t->match.text[2]);
}

/* All of IKEv1's phase 1 that cannot be read has been encrypted by another secret. */
void on_no_decryption(struct telling *t)
{
	if (t->sa->version == 1 && !t->sa->established)
		tell_failure(t, "parsing packet failed, possible cause: wrong password",
			     "the secrets of the two differ");
}
