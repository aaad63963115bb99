/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The agent: parent of the IKE daemon, which it starts anew when it has died; it
 * keeps its log, and what shall be up, up.
 */
#ifndef SITELINK_AGENT_H
#define SITELINK_AGENT_H

#include <sys/types.h>

#include "ike_private.h"

/*
 * The command "ike-agent MARK": in the background once the daemon answers; else it
 * says why not.
 */
int ike_agent(const char *mark);

struct agent_log;

/**
 * struct agent - the agent
 * @arena: for as long as it runs
 * @scratch: until the next round
 * @machine: where
 * @state: what is loaded, see ike.h
 * @pid: of the daemon; 0: it does not run
 * @pidfd: of it, or -1
 * @v: connection to it; NULL: none
 * @log: of it
 * @loaded: it has the parts of @state
 * @begun: when it was started, ms
 * @wait: before it is started again, ms
 * @due: when it is started, connected to or looked after next, ms
 * @tries: of children that are not up: see agent_keep.c
 * @suspects: what was wrong the last time, too
 * @notrack: SAs have come or gone that notrack-chain may be about
 */
struct agent {
	struct arena arena, scratch;
	struct machine *machine;
	json_object *state;
	pid_t pid;
	int pidfd;
	struct vici *v;
	struct agent_log *log;
	bool loaded, notrack;
	long long begun, wait, due;
	json_object *tries, *suspects;
};

/* Milliseconds since some time ago. */
long long agent_now(void);

/* @ms, a quarter more or less: two ends shall not act at the same time. */
long long agent_about(long long ms);

/* Start the daemon, whose output goes to the log. */
bool agent_start(struct agent *a);

/* It has died, or shall. @stop: by us. */
void agent_reap(struct agent *a, bool stop);

/* Connect to it, if it answers already. */
bool agent_connect(struct agent *a);

/* All parts, if nobody else is at it now; false: not yet. */
bool agent_load(struct agent *a);

/* See what is up, and bring up what is not. */
void agent_keep(struct agent *a);

/* Was it so the last time? It is noted in @now that it is so now. */
bool agent_again(struct agent *a, json_object *now, const char *what,
		 const char *which);

struct sa_list;

/* Is its child @name there, or about to be? NULL: any of them. */
bool agent_has_child(const struct sa_list *sa, const char *name);

/* Is it still talking about children? */
bool agent_negotiates(const struct sa_list *sa);

/* Of what is there twice between the same two one stays. */
void agent_end_twins(struct agent *a, json_object *sas, json_object *now);

/* Peers for which the kernel refused to offload go without. */
void agent_end_offload(struct agent *a, json_object *sas, json_object *now);

/* The daemon begins anew, and so does that: NAT may not be between any more. */
void agent_try_offload(struct agent *a);

/* Who keeps the log reads it in a thread: the daemon must never wait for us. */
struct agent_log *agent_log_open(struct machine *m, struct arena *a,
				 json_object *settings);
void agent_log_settings(struct agent_log *l, json_object *settings);
/* Until the end of @fd, which it closes. */
bool agent_log_follow(struct agent_log *l, int fd);
/* A line of our own, about a connection. */
void agent_log_say(struct agent_log *l, const char *name, const char *format,
		   ...) CHECKED((format(printf, 3, 4)));
/* The last line of the daemon. */
void agent_log_last(struct agent_log *l, char *buf, size_t size);

#endif /* SITELINK_AGENT_H */
