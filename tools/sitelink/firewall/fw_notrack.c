// SPDX-License-Identifier: GPL-2.0-only
/*
 * notrack-chain of /ip ipsec identity: chains of generated policies, at the end of the
 * chain that has the rules of configured ones.
 */
#include "fw_rule.h"
#include "notrack.h"

void fw_notrack(struct fw_table *t, const struct config *c)
{
	const struct item *item;

	for_each_item(item, c, "ip ipsec identity") {
		const char *name = notrack_chain(item), *own;
		struct fw_chain *chain;
		struct fw_rule *r;

		if (!name || !notrack_generates(item))
			continue;
		own = fw_name(t->arena, FW_NOTRACK, name);
		if (fw_chain_find(t, own))
			continue; /* of another identity, too */
		fw_chain(t, own, "")->open = true;
		chain = fw_chain(t, fw_name(t->arena, "raw", name),
				 fw_base_spec("raw", name));
		r = fw_rule_add(t, chain);
		r->stmt = buffer_format(t->arena, " jump %s", own);
		fw_rule_comment(t->arena, r, "generated policies");
	}
}
