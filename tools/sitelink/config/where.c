// SPDX-License-Identifier: GPL-2.0-only
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "where.h"

static const struct prop *prop_of(const struct menu *m, const char *name,
				  struct match *match)
{
	match_prop(match, m, name);
	return match->found ? &m->props[match->index] : NULL;
}

static bool check_name(struct config *c, const struct menu *m,
		       const struct expr *e)
{
	struct match match;

	if (prop_of(m, e->name, &match))
		return true;
	diag_error(c->diag, e->at, "/%s has no property '%s'; it has %s%s",
		   m->path, e->name, match.all, match.hint);
	return false;
}

/* How a property is negated in a value, if it can be: all but that. */
static bool is_negated(const struct prop *p, const char *value)
{
	return p->flags & PROP_NOT && *value == '!';
}

/* Names may be of what is not there; nothing finds what has no value. */
static bool is_value(struct config *c, const struct prop *p, const char *text)
{
	text += is_negated(p, text);
	return !*text || p->flags & PROP_NAME || p->menu ||
	       rule_any(c->arena, &p->rule, text);
}

/* Is it a value that the property can have, of /interface in any kind's menu? */
static bool check_value(struct config *c, const struct menu *m,
			const struct expr *e)
{
	const char *text = e->value.text;
	struct match match;
	char why[500] = "";
	unsigned int i;

	for (i = 0; i < menu_count; i++) {
		const struct prop *p = menu_holds(m, menus[i]) ?
					       prop_of(menus[i], e->name, &match) :
					       NULL;

		if (!p)
			continue;
		if (is_value(c, p, text))
			return true;
		if (!*why)
			rule_parse(c->arena, &p->rule, text, why, sizeof(why));
	}
	diag_error(c->diag, e->value.at, "%s=%s: %s", e->name, text, why);
	return false;
}

static bool check_one(struct config *c, const struct menu *m,
		      const struct expr *e)
{
	regex_t re;
	int err;

	if (!check_name(c, m, e))
		return false;
	if (e->kind != EXPR_FLAG && !e->value.text) {
		diag_error(c->diag, e->value.at,
			   "a command in brackets is no value here");
		return false;
	}
	if (e->kind != EXPR_MATCHES)
		return e->kind == EXPR_FLAG || check_value(c, m, e);
	err = regcomp(&re, e->value.text, REG_EXTENDED | REG_NOSUB);
	if (err) {
		char why[200];

		regerror(err, &re, why, sizeof(why));
		diag_error(c->diag, e->value.at, "no regular expression: %s",
			   why);
		return false;
	}
	regfree(&re);
	return true;
}

/* Is it right of each property in the expression? */
static bool each(struct config *c, const struct menu *m, const struct expr *e,
		 bool (*is_right)(struct config *c, const struct menu *m,
				  const struct expr *e))
{
	if (!e)
		return true;
	switch (e->kind) {
	case EXPR_AND:
	case EXPR_OR:
		return each(c, m, e->left, is_right) &&
		       each(c, m, e->right, is_right);
	case EXPR_NOT:
		return each(c, m, e->left, is_right);
	default:
		return is_right(c, m, e);
	}
}

bool where_check(struct config *c, const struct menu *m, const struct expr *e)
{
	return each(c, m, e, check_one);
}

/* Has any item a value of it, be it read-only? */
static bool is_there(const struct config *c, const struct menu *m,
		     const char *name)
{
	unsigned int i;

	for (i = 0; i < menu_count; i++) {
		int row = menu_holds(m, menus[i]) ? prop_index(menus[i], name) :
						    -1;
		const struct item *item;

		for (item = c->lists[i].first; row >= 0 && item;
		     item = item->next)
			if (item->values[row])
				return true;
	}
	return false;
}

static bool known_one(struct config *c, const struct menu *m,
		      const struct expr *e)
{
	struct match match;
	const struct prop *p = prop_of(m, e->name, &match);

	/* these are of the configuration, be there none that has them */
	if (!(p->flags & PROP_READ_ONLY) || !strcmp(p->name, "name") ||
	    !strcmp(p->name, "default") || !strcmp(p->name, "dynamic") ||
	    is_there(c, m, p->name))
		return true;
	diag_error(c->diag, e->at,
		   "'%s' is what the machine says; a script cannot go by it",
		   p->name);
	return false;
}

bool where_known(struct config *c, const struct menu *m, const struct expr *e)
{
	return each(c, m, e, known_one);
}

static bool matches(const char *value, const char *pattern)
{
	regex_t re;
	bool found;

	if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB))
		return false;
	found = !regexec(&re, value, 0, NULL, 0);
	regfree(&re);
	return found;
}

static bool compare(struct config *c, const struct item *item,
		    const struct expr *e)
{
	struct match match;
	const struct prop *p = prop_of(item->menu, e->name, &match);
	const char *value, *other = NULL, *text = e->value.text;
	bool ordered;
	int order;

	/* of /interface, all kinds: a property may be another kind's */
	value = p ? item_get(item, p->name) : NULL;
	if (e->kind == EXPR_FLAG)
		return value && *value && strcmp(value, "no");
	if (!value)
		value = "";
	if (e->kind == EXPR_MATCHES)
		return matches(value, text);
	if (p && is_negated(p, value) && is_negated(p, text)) {
		value++;
		text++;
	}
	if (p)
		other = rule_any(c->arena, &p->rule, text);
	ordered = other && *value && !is_negated(p, value) &&
		  rule_order(&p->rule, value, other, &order);
	if (!ordered)
		order = strcmp(value, other ? other : text);
	switch (e->kind) {
	case EXPR_EQUAL:
		return !order;
	case EXPR_NOT_EQUAL:
		return order;
	case EXPR_LESS:
		return ordered && order < 0;
	case EXPR_GREATER:
		return ordered && order > 0;
	case EXPR_LESS_EQUAL:
		return ordered && order <= 0;
	default:
		return ordered && order >= 0;
	}
}

bool where_is(struct config *c, const struct item *item, const struct expr *e)
{
	if (!e)
		return true;
	switch (e->kind) {
	case EXPR_AND:
		return where_is(c, item, e->left) && where_is(c, item, e->right);
	case EXPR_OR:
		return where_is(c, item, e->left) || where_is(c, item, e->right);
	case EXPR_NOT:
		return !where_is(c, item, e->left);
	default:
		return compare(c, item, e);
	}
}
