// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parts of the IKE daemon's agent by themselves, with ike_fake.c around them.
 *
 * usage: ike_parts notrack	what notrack-chain has nft do
 *	  ike_parts load	the daemon begins anew: what it is told
 *	  ike_parts log		it says what stdin has: the last line of the log
 *	  ike_parts peers	of connections on stdin, whose they are
 *	  ike_parts sweep	it was killed: which of the kernel's policies go
 *	  ike_parts state	what the script on stdin has the daemon loaded with
 *	  ike_parts offload	and what is said of the ESP device at 192.0.2.1
 *	  ike_parts change	from the parts in "ike" to those in "want"
 *	  ike_parts rules	and the kernel's policies that are ours of it
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/xfrm.h>

#include "address.h"
#include "agent.h"
#include "ike_private.h"
#include "machine_private.h"
#include "nl.h"
#include "notrack.h"
#include "script.h"
#include "xfrm.h"
#include "xfrm_want.h"

#define CHUNK	4096
#define WAIT_MS	20000

static int notrack(struct agent *a)
{
	const char *why = notrack_refresh(a->machine, &a->arena, vici_open(""));

	if (why)
		puts(why);
	return why ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int load(struct agent *a)
{
	bool loaded;

	a->v = vici_open("");
	loaded = agent_load(a);
	json_object_put(a->state);
	return loaded ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Who reads the log closes its end behind the last line. */
static bool is_read(int fd)
{
	int left = WAIT_MS;

	while (fcntl(fd, F_GETFD) >= 0 && left--)
		usleep(1000);
	return left > 0;
}

static int follow(struct agent *a)
{
	char buf[CHUNK];
	int fds[2];
	ssize_t n;

	a->log = agent_log_open(a->machine, &a->arena, NULL);
	if (pipe(fds) || !agent_log_follow(a->log, fds[0]))
		return EXIT_FAILURE;
	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0)
		if (write(fds[1], buf, n) != n)
			return EXIT_FAILURE;
	close(fds[1]);
	if (!is_read(fds[0]))
		return EXIT_FAILURE;
	agent_log_last(a->log, buf, sizeof(buf));
	puts(buf);
	return EXIT_SUCCESS;
}

/* The kernel's IPsec */
static char request[REQUEST_SIZE];

struct nlmsghdr *nl_xfrm(struct machine *m, uint16_t type, uint16_t flags,
			 size_t size)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(request);

	(void)m;
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = flags;
	mnl_nlmsg_put_extra_header(nlh, size);
	return nlh;
}

int nl_talk(struct machine *m, struct nlmsghdr *nlh, struct nl_error *err)
{
	const struct xfrm_userpolicy_id *id = mnl_nlmsg_get_payload(nlh);

	(void)m;
	(void)err;
	if (nlh->nlmsg_type == XFRM_MSG_DELPOLICY)
		printf("policy %u\n", id->index);
	else if (nlh->nlmsg_type == XFRM_MSG_DELSA)
		printf("SA %u\n", ((const struct xfrm_usersa_id *)id)->spi);
	return 0;
}

static void tell_sa(mnl_cb_t fn, void *data, uint32_t spi, uint32_t src,
		    uint32_t dst)
{
	struct xfrm_usersa_info *sa;
	struct nlmsghdr *nlh;
	char buf[1024] = "";

	nlh = mnl_nlmsg_put_header(buf);
	nlh->nlmsg_type = XFRM_MSG_NEWSA;
	sa = mnl_nlmsg_put_extra_header(nlh, sizeof(*sa));
	sa->family = AF_INET;
	sa->reqid = 1;
	sa->id.spi = spi;
	sa->saddr.a4 = src;
	sa->id.daddr.a4 = dst;
	fn(nlh, data);
}

static void tell_policy(mnl_cb_t fn, void *data, uint32_t index, uint32_t user,
			uint32_t priority)
{
	const struct xfrm_user_tmpl tmpl = {
		.reqid = 1, .mode = XFRM_MODE_TUNNEL, .family = AF_INET,
		.saddr.a4 = 7, .id.daddr.a4 = 9,
	};
	struct xfrm_userpolicy_info *p;
	struct nlmsghdr *nlh;
	char buf[1024] = "";

	nlh = mnl_nlmsg_put_header(buf);
	nlh->nlmsg_type = XFRM_MSG_NEWPOLICY;
	p = mnl_nlmsg_put_extra_header(nlh, sizeof(*p));
	p->index = index;
	p->sel.user = user;
	p->priority = priority;
	mnl_attr_put(nlh, XFRMA_TMPL, sizeof(tmpl), &tmpl);
	fn(nlh, data);
}

/*
 * The daemon's, one of ours with the same priority (level=use), anybody's; SAs of the
 * number that the daemon's has, between its ends and others.
 */
int nl_dump(struct machine *m, struct nlmsghdr *nlh, mnl_cb_t fn, void *data,
	    void (*restart)(void *data), struct nl_error *err)
{
	(void)m;
	(void)restart;
	(void)err;
	if (nlh->nlmsg_type == XFRM_MSG_GETSA) {
		tell_sa(fn, data, 300, 7, 9);
		tell_sa(fn, data, 301, 7, 10);
		tell_sa(fn, data, 302, 8, 9);
		return 0;
	}
	tell_policy(fn, data, 8, 0, 1000);
	tell_policy(fn, data, 16, (uint32_t)XFRM_OURS << 16 | 4, 1000);
	tell_policy(fn, data, 24, 0, 7);
	return 0;
}

static int sweep(struct agent *a)
{
	json_object *state = ike_state_read(a->machine, &a->arena);

	ike_sweep(a->machine, ike_parts(state));
	json_object_put(state);
	return EXIT_SUCCESS;
}

static int peers(struct agent *a)
{
	char name[CHUNK];

	(void)a;
	while (fgets(name, sizeof(name), stdin)) {
		name[strcspn(name, "\n")] = '\0';
		name[ike_peer_len(name)] = '\0';
		puts(name);
	}
	return EXIT_SUCCESS;
}

/* false: it has been said what is wrong with it */
static bool read_script(struct agent *a, struct script *s)
{
	static char text[4 * CHUNK];

	*s = (struct script){
		.file = "stdin", .text = text,
		.len = fread(text, 1, sizeof(text), stdin),
	};
	script_run(s, &a->arena, NULL, true, stdout);
	return !s->diag.errors;
}

bool address_read(struct machine *m, struct arena *a, struct address **list)
{
	(void)m;
	*list = arena_alloc(a, sizeof(**list));
	snprintf((*list)->ifname, sizeof((*list)->ifname), "esp0");
	return ip_parse(&(*list)->local, AF_INET, "192.0.2.1");
}

const struct iface *machine_iface(struct machine *m, const char *name)
{
	static const struct iface esp0 = { .name = "esp0", .kind = "espdev" };

	(void)m;
	return strcmp(name, esp0.name) ? NULL : &esp0;
}

static int make_state(struct agent *a, bool resolved)
{
	struct apply ap = { .arena = &a->arena, .machine = a->machine };
	struct script s;
	json_object *made;

	if (!read_script(a, &s))
		return EXIT_FAILURE;
	ap.diag = &s.diag;
	made = ike_state(&ap, &s.config, ipsec_of(&ap, &s.config));
	if (resolved)
		ike_resolve(&ap, &s.config, ike_parts(made), NULL);
	puts(json_object_to_json_string_ext(made, JSON_C_TO_STRING_PLAIN));
	json_object_put(made);
	return s.diag.errors ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int put_state(struct agent *a)
{
	return make_state(a, false);
}

static int offload(struct agent *a)
{
	return make_state(a, true);
}

static int change(struct agent *a)
{
	struct diag diag = { .out = stdout };
	struct apply ap = {
		.arena = &a->arena, .machine = a->machine, .diag = &diag,
		.out = stdout,
	};
	struct ike_work w = { .ap = &ap };
	json_object *have = ike_state_read(a->machine, &a->arena), *want;
	int err;

	want = json_object_from_file(machine_file(a->machine, &a->arena, "want"));
	w.now = ike_state_read(a->machine, &a->arena);
	err = ike_change(&w, ike_parts(have), ike_parts(want));
	json_object_put(w.now);
	json_object_put(have);
	json_object_put(want);
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int rules(struct agent *a)
{
	const struct xfrm_rule *r;
	struct xfrm_rules all;
	struct script s;

	if (!read_script(a, &s))
		return EXIT_FAILURE;
	xfrm_rules_wanted(&a->arena, ipsec_shown(&a->arena, &s.config), &all);
	for (r = all.first; r; r = r->next)
		if (r->dir == XFRM_POLICY_OUT)
			puts(xfrm_rule_text(&a->arena, r));
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct agent *a);
	} parts[] = {
		{ "notrack", notrack }, { "load", load }, { "log", follow },
		{ "peers", peers }, { "sweep", sweep }, { "state", put_state },
		{ "offload", offload }, { "change", change }, { "rules", rules },
	};
	static struct machine nowhere;
	struct agent a = { .machine = &nowhere, .pidfd = -1 };
	size_t i;

	for (i = 0; argc > 1 && i < sizeof(parts) / sizeof(*parts); i++)
		if (!strcmp(argv[1], parts[i].name))
			return parts[i].run(&a);
	return 2;
}
