// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/sitelink.h>

#include "link_codec.h"
#include "type.h"

static bool read_u8(const struct nlattr *attr, unsigned int *n)
{
	if (mnl_attr_validate(attr, MNL_TYPE_U8) < 0)
		return false;
	*n = mnl_attr_get_u8(attr);
	return true;
}

static bool read_u32(const struct nlattr *attr, unsigned int *n)
{
	if (mnl_attr_validate(attr, MNL_TYPE_U32) < 0)
		return false;
	*n = mnl_attr_get_u32(attr);
	return true;
}

static bool write_number(char *buf, unsigned int n)
{
	snprintf(buf, CODEC_SIZE, "%u", n);
	return true;
}

static void write_word(char *buf, const char *word)
{
	snprintf(buf, CODEC_SIZE, "%s", word);
}

/* An octet that is 0 or 1, by two words. */
static void put_switch(struct nlmsghdr *nlh, uint16_t attr, const char *text,
		       const char *on)
{
	mnl_attr_put_u8(nlh, attr, !strcmp(text, on));
}

static bool get_switch(const struct nlattr *attr, char *buf, const char *on,
		       const char *off)
{
	unsigned int n;

	if (!read_u8(attr, &n))
		return false;
	write_word(buf, n ? on : off);
	return true;
}

static void put_yes_no(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	put_switch(nlh, attr, text, "yes");
}

static bool get_yes_no(const struct nlattr *attr, char *buf)
{
	return get_switch(attr, buf, "yes", "no");
}

static void put_on_off(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	put_switch(nlh, attr, text, "on");
}

static bool get_on_off(const struct nlattr *attr, char *buf)
{
	return get_switch(attr, buf, "on", "off");
}

static void put_number16(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u16(nlh, attr, strtoul(text, NULL, 0));
}

static bool get_number16(const struct nlattr *attr, char *buf)
{
	return mnl_attr_validate(attr, MNL_TYPE_U16) >= 0 &&
	       write_number(buf, mnl_attr_get_u16(attr));
}

static void put_number32(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u32(nlh, attr, strtoul(text, NULL, 0));
}

static bool get_number32(const struct nlattr *attr, char *buf)
{
	unsigned int n;

	return read_u32(attr, &n) && write_number(buf, n);
}

static void put_seconds(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u32(nlh, attr, time_seconds(text));
}

static void put_ticks(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u32(nlh, attr, 100 * time_seconds(text));
}

static bool get_ticks(const struct nlattr *attr, char *buf)
{
	unsigned int n;

	/* of the kernel's ticks some are lost in the conversion */
	return read_u32(attr, &n) && write_number(buf, (n + 50) / 100);
}

static void put_dscp(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u8(nlh, attr, strcmp(text, "inherit") ?
				   strtoul(text, NULL, 0) :
				   SITELINK_DSCP_INHERIT);
}

static bool get_dscp(const struct nlattr *attr, char *buf)
{
	unsigned int n;

	if (!read_u8(attr, &n))
		return false;
	if (n != SITELINK_DSCP_INHERIT)
		return write_number(buf, n);
	write_word(buf, "inherit");
	return true;
}

static void put_df(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u8(nlh, attr, strcmp(text, "no") ? SITELINK_DF_INHERIT :
							SITELINK_DF_NO);
}

static bool get_df(const struct nlattr *attr, char *buf)
{
	unsigned int n;

	if (!read_u8(attr, &n) || n > SITELINK_DF_INHERIT)
		return false;	/* neither of RouterOS' */
	write_word(buf, n == SITELINK_DF_NO ? "no" : "inherit");
	return true;
}

static void put_stp(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u32(nlh, attr, !!strcmp(text, "none"));
}

static bool get_stp(const struct nlattr *attr, char *buf)
{
	unsigned int n;

	if (!read_u32(attr, &n))
		return false;
	write_word(buf, n ? "stp" : "none");
	return true;
}

/* Of the eight bits of 802.1D the kernel has the upper six. */
static void put_priority(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u16(nlh, attr, strtoul(text, NULL, 0) / 4);
}

static bool get_priority(const struct nlattr *attr, char *buf)
{
	if (mnl_attr_validate(attr, MNL_TYPE_U16) < 0)
		return false;
	snprintf(buf, CODEC_SIZE, "0x%02x", 4U * mnl_attr_get_u16(attr));
	return true;
}

static void put_horizon(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put_u8(nlh, attr, !!strcmp(text, "none"));
}

/* There is one group, whatever its number. */
static bool get_horizon(const struct nlattr *attr, char *buf)
{
	return get_switch(attr, buf, "1", "none");
}

static void put_address(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	bool v6 = strchr(text, ':');
	unsigned char address[16];

	if (inet_pton(v6 ? AF_INET6 : AF_INET, text, address) == 1)
		mnl_attr_put(nlh, attr, v6 ? 16 : 4, address);
}

static bool get_address(const struct nlattr *attr, char *buf)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len != 4 && len != 16)
		return false;
	return inet_ntop(len == 4 ? AF_INET : AF_INET6,
			 mnl_attr_get_payload(attr), buf, CODEC_SIZE);
}

const char *codec_kept(struct arena *a, const struct codec *codec,
		       const char *text)
{
	uint64_t request[CODEC_SIZE / sizeof(uint64_t)] = { 0 };
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(request);
	char kept[CODEC_SIZE];

	codec->put(nlh, 0, text);
	return codec->get(mnl_nlmsg_get_payload(nlh), kept) ?
		       arena_strndup(a, kept, strlen(kept)) : text;
}

const struct codec codec_yes_no = { put_yes_no, get_yes_no };
const struct codec codec_on_off = { put_on_off, get_on_off };
const struct codec codec_number16 = { put_number16, get_number16 };
const struct codec codec_number32 = { put_number32, get_number32 };
/* a number without a unit is one of seconds */
const struct codec codec_seconds = { put_seconds, get_number32 };
const struct codec codec_ticks = { put_ticks, get_ticks };
const struct codec codec_dscp = { put_dscp, get_dscp };
const struct codec codec_df = { put_df, get_df };
const struct codec codec_stp = { put_stp, get_stp };
const struct codec codec_priority = { put_priority, get_priority };
const struct codec codec_horizon = { put_horizon, get_horizon };
const struct codec codec_address = { put_address, get_address };
