// SPDX-License-Identifier: GPL-2.0-only
/*
 * What `ip tunnel` says of GRE.
 */
#include "gre.h"

/**
 * gre_from_parm() - sitelink_kind.from_parm of gre
 * @parm: what `ip tunnel` says
 * @p: flags and keys to set
 *
 * Return: 0 or -EINVAL.
 */
int gre_from_parm(const struct ip_tunnel_parm *parm, struct sitelink_params *p)
{
	p->iflags = parm->i_flags & GRE_OPTIONS;
	p->oflags = parm->o_flags & GRE_OPTIONS;
	p->id = p->iflags & GRE_KEY ? ntohl(parm->i_key) : 0;
	p->okey = p->oflags & GRE_KEY ? ntohl(parm->o_key) : 0;
	if (parm->iph.protocol != IPPROTO_GRE ||
	    ((parm->i_flags | parm->o_flags) & (GRE_VERSION | GRE_ROUTING)))
		return -EINVAL;
	return 0;
}

/**
 * gre_to_parm() - sitelink_kind.to_parm of gre
 * @p: properties
 * @parm: filled in
 */
void gre_to_parm(const struct sitelink_params *p, struct ip_tunnel_parm *parm)
{
	parm->iph.protocol = IPPROTO_GRE;
	parm->i_flags = p->iflags;
	parm->o_flags = p->oflags;
	parm->i_key = htonl(p->id);
	parm->o_key = htonl(p->okey);
}
