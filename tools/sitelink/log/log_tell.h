/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the daemon's messages mean.
 */
#ifndef SITELINK_LOG_TELL_H
#define SITELINK_LOG_TELL_H

#include "log_sa.h"

/**
 * struct telling - one message that is being told
 * @m: memory
 * @sa: it is about
 * @match: what varies in it
 * @message: its row of the table
 * @plain: text of the line itself
 * @say: where to
 * @data: of @say
 */
struct telling {
	struct log_memory *m;
	struct log_sa *sa;
	struct log_match match;
	const struct message *message;
	const char *plain;
	log_say say;
	void *data;
};

/**
 * struct message - a message of the daemon
 * @pattern: of log_matches()
 * @fn: what it means
 * @words: of a failure: RouterOS' own; "1" to "8" after "$" is what varies
 * @detail: likewise, what is known besides
 */
struct message {
	const char *pattern;
	void (*fn)(struct telling *t);
	const char *words, *detail;
};

/* All that mean something; the first that matches counts. */
extern const struct message log_messages[];
extern const unsigned int log_message_count;

/* What went wrong, "WORDS PEER: DETAIL": once for each attempt. */
void tell_failure(struct telling *t, const char *words, const char *detail);

/* What went well, "WORDS PEER". */
void tell_news(struct telling *t, const char *words);

/* @words with what varies in the message in the place of "$1" to "$8" */
void tell_expand(char *to, size_t size, const char *words,
		 const struct log_match *m);

/* Messages */
void on_failed(struct telling *t);
void on_found(struct telling *t);
void on_failed_so(struct telling *t);
void on_failed_first(struct telling *t);
void on_initiates(struct telling *t);
void on_responds(struct telling *t);
void on_initiates_first(struct telling *t);
void on_responds_first(struct telling *t);
void on_sends(struct telling *t);
void on_receives(struct telling *t);
void on_request_out(struct telling *t);
void on_request_in(struct telling *t);
void on_peer_refuses(struct telling *t);
void on_refuses(struct telling *t);
void on_received_proposals(struct telling *t);
void on_configured_proposals(struct telling *t);
void on_no_proposal(struct telling *t);
void on_no_policy(struct telling *t);
void on_notify(struct telling *t);
void on_certificate(struct telling *t);
void on_certificate_invalid(struct telling *t);
void on_no_decryption(struct telling *t);
void on_established(struct telling *t);
void on_rekeyed(struct telling *t);
void on_deleting(struct telling *t);
void on_peer_deletes(struct telling *t);
void on_gives_up(struct telling *t);
void on_time_up(struct telling *t);
void on_half_open(struct telling *t);
void on_dpd_failed(struct telling *t);
void on_retransmitted(struct telling *t);
void on_again(struct telling *t);
void on_starts(struct telling *t);

#endif /* SITELINK_LOG_TELL_H */
