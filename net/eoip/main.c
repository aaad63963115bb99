// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink_eoip: MikroTik's Ethernet over IP, kinds eoip and eoip6.
 */
#include <linux/module.h>

#include "eoip.h"

/**
 * eoip_parse_common() - the attributes that eoip and eoip6 share
 * @data: IFLA_INFO_DATA
 * @p: properties to change
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or -EINVAL.
 */
int eoip_parse_common(struct nlattr *data[], struct sitelink_params *p,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *a = data[IFLA_EOIP_TTL];

	if (a) {
		if (!nla_get_u8(a)) {
			NL_SET_ERR_MSG_ATTR(extack, a, "ttl: 1 to 255");
			return -EINVAL;
		}
		p->ttl = nla_get_u8(a);
	}
	return sitelink_link_parse(data[IFLA_EOIP_LINK], p, extack);
}

/**
 * eoip_fill_common() - put the attributes that eoip and eoip6 share
 * @skb: netlink message
 * @p: properties
 *
 * Return: 0 or -EMSGSIZE.
 */
int eoip_fill_common(struct sk_buff *skb, const struct sitelink_params *p)
{
	if (nla_put_u32(skb, IFLA_EOIP_LINK, p->link) ||
	    nla_put_u32(skb, IFLA_EOIP_TUNNEL_ID, p->id) ||
	    nla_put_u8(skb, IFLA_EOIP_TTL, p->ttl))
		return -EMSGSIZE;
	return 0;
}

static int __init eoip_init(void)
{
	int err;

	err = sitelink_kind_register(&eoip_kind);
	if (err) {
		pr_err("sitelink_eoip: cannot register kind eoip: %d\n", err);
		return err;
	}
	err = eoip6_init();
	if (err)
		goto err_eoip;
	return 0;

err_eoip:
	sitelink_kind_unregister(&eoip_kind);
	return err;
}

static void __exit eoip_exit(void)
{
	eoip6_exit();
	sitelink_kind_unregister(&eoip_kind);
}

module_init(eoip_init);
module_exit(eoip_exit);
MODULE_DESCRIPTION("Ethernet over IP tunnels (MikroTik EoIP and EoIPv6)");
MODULE_LICENSE("GPL");
MODULE_ALIAS_RTNL_LINK("eoip");
MODULE_ALIAS_RTNL_LINK("eoip6");
