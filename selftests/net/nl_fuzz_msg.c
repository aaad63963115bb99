// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages that are valid but for at most one attribute, and what becomes of
 * them.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <linux/if_link.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>

#include "mutate.h"
#include "nl_fuzz.h"
#include "util.h"

struct mnl_socket *rtnl, *genl;
unsigned int messages, failures;
int tests, failed;

static struct field *least(struct field *table, struct field *so_far)
{
	struct field *f;

	for (f = table; f < table + MAX_ATTRS && f->name; f++)
		if (f->refused < so_far->refused)
			so_far = f;
	return so_far;
}

struct field *choose(struct field *table, struct field *inner)
{
	return chance(2) ? NULL : least(inner, least(table, table));
}

bool is_in(const struct field *f, const struct field *table)
{
	return f >= table && f < table + MAX_ATTRS;
}

static void put(struct message *m, const struct field *f, unsigned int value,
		size_t len)
{
	unsigned char octets[32] = { 0 };

	if (f->len == 16) {
		octets[0] = value;
		octets[15] = value ? 1 + chance(2) : 0;
	} else {
		memcpy(octets, &value, sizeof(value));
	}
	mnl_attr_put(m->nlh, f->type, len, octets);
}

static void put_good(struct message *m, struct field *f)
{
	unsigned int i = chance(f->n_good);

	if (f->text[0])
		mnl_attr_put_strz(m->nlh, f->type, f->text[i]);
	else
		put(m, f, f->good[i], f->len);
	m->in[m->n++] = f;
}

/* Text that is wrong, has no end, or is too long. */
static void put_wrong_text(struct message *m, const struct field *f)
{
	char text[512];

	if (f->n_bad && chance(2)) {
		mnl_attr_put_strz(m->nlh, f->type,
				  f->bad_text[chance(f->n_bad)]);
		return;
	}
	memset(text, '0', sizeof(text));
	if (chance(2)) {
		mnl_attr_put(m->nlh, f->type, 1 + chance(f->len), text);
	} else {
		text[f->len + chance(sizeof(text) - f->len)] = '\0';
		mnl_attr_put_strz(m->nlh, f->type, text);
	}
}

static void put_wrong(struct message *m, struct field *f, bool strict)
{
	m->wrong = f;
	if (f->flags & NEVER && f->text[0])
		mnl_attr_put_strz(m->nlh, f->type, f->text[0]);
	else if (f->flags & NEVER)
		put(m, f, f->good[0], f->len);
	else if (f->text[0])
		put_wrong_text(m, f);
	else if (f->n_bad && chance(2))
		put(m, f, f->bad[chance(f->n_bad)], f->len);
	else if (strict && chance(2))
		put(m, f, f->good[0], f->len + 1 + chance(7));
	else
		put(m, f, f->good[0], f->len - 1 - chance(f->len));
}

void put_fields(struct message *m, struct field *table, bool all, bool strict)
{
	struct field *f;

	for (f = table; f < table + MAX_ATTRS && f->name; f++) {
		if (f == m->target)
			put_wrong(m, f, strict);
		else if (!(f->flags & NEVER) &&
			 ((all && f->flags & MUST) || chance(2)))
			put_good(m, f);
	}
}

int ask(struct mnl_socket *nl, struct nlmsghdr *nlh, void *reply,
	size_t *reply_len)
{
	alignas(NLMSG_ALIGNTO) char buf[REPLY_MAX];
	static unsigned int seq;
	struct nlmsghdr *h;
	int len;

	nlh->nlmsg_seq = ++seq;
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die("send");
	messages++;
	for (;;) {
		len = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (len < 0)
			die("receive");
		for (h = (void *)buf; mnl_nlmsg_ok(h, len);
		     h = mnl_nlmsg_next(h, &len)) {
			if (h->nlmsg_seq != seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR ||
			    h->nlmsg_type == NLMSG_DONE)
				return *(int *)mnl_nlmsg_get_payload(h);
			if (reply) {
				*reply_len = mnl_nlmsg_get_payload_len(h);
				memcpy(reply, mnl_nlmsg_get_payload(h),
				       *reply_len);
			}
		}
	}
}

void count(struct message *m, int err)
{
	if (!err)
		while (m->n)
			m->in[--m->n]->accepted++;
	else if (m->wrong)
		m->wrong->refused++;
}

void complain(const char *who, const char *what, const struct message *m,
	      int err)
{
	const unsigned char *p = (const void *)m->nlh;
	unsigned int i;

	if (failures++ > 5)
		return;
	printf("# %s: %s (%s), wrong: %s\n# ", who, what, strerror(-err),
	       m->wrong ? m->wrong->name : "nothing");
	for (i = 0; i < m->nlh->nlmsg_len; i++)
		printf("%02x", p[i]);
	puts("");
}

void begin_rtnl(struct message *m, int flags)
{
	struct ifinfomsg *ifi;

	memset(m, 0, sizeof(*m));
	m->nlh = mnl_nlmsg_put_header(m->buf);
	m->nlh->nlmsg_type = RTM_NEWLINK;
	m->nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	ifi = mnl_nlmsg_put_extra_header(m->nlh, sizeof(*ifi));
	ifi->ifi_family = AF_UNSPEC;
	if (chance(2)) {
		ifi->ifi_flags = IFF_UP;
		ifi->ifi_change = IFF_UP;
	}
	mnl_attr_put_strz(m->nlh, IFLA_IFNAME, NAME);
}

void del_link(void)
{
	alignas(NLMSG_ALIGNTO) char buf[256];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	nlh->nlmsg_type = RTM_DELLINK;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(nlh, IFLA_IFNAME, NAME);
	ask(rtnl, nlh, NULL, NULL);
}

void report(const char *who, const char *door, const struct field *table)
{
	const struct field *f;

	for (f = table; f < table + MAX_ATTRS && f->name; f++) {
		bool ok = f->refused && (f->accepted || (f->flags & NEVER)) &&
			  !((f->flags & NEVER) && f->accepted);

		failed += !ok;
		printf("%sok %d - %s %s %s: accepted %u, refused %u%s\n",
		       ok ? "" : "not ", ++tests, who, door, f->name,
		       f->accepted, f->refused,
		       f->flags & NEVER ? ", as always" : "");
	}
}
