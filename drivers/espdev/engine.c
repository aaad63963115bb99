// SPDX-License-Identifier: GPL-2.0-only
/*
 * The engines that there are, and which SAs they work for. No lock is held while
 * one makes a transform: for that a module may be loaded, which may register
 * another.
 */
#include <linux/export.h>
#include <linux/module.h>
#include <linux/wait_bit.h>

#include "espdev.h"
#include "nl.h"

LIST_HEAD(espdev_engines);	/* by priority */
DEFINE_MUTEX(espdev_engines_lock);

/* wanted NAME or NAME:DRIVER; the rest of it behind the colon */
static bool is_wanted(const struct espdev_engine *e, const char *wanted,
		      const char **driver)
{
	size_t len = strcspn(wanted, ":");

	*driver = wanted[len] ? wanted + len + 1 : NULL;
	if (!strcmp(wanted, "auto"))
		return !e->by_name_only;
	return strlen(e->name) == len && !strncmp(e->name, wanted, len);
}

/**
 * espdev_engine_get() - hold an engine
 * @name: its name, or NULL
 * @n: without a name: the @n-th from 0 by priority
 *
 * Context: process, may sleep.
 * Return: the engine, which stays until espdev_engine_put(), or NULL.
 */
struct espdev_engine *espdev_engine_get(const char *name, unsigned int n)
{
	struct espdev_engine *e, *found = NULL;

	mutex_lock(&espdev_engines_lock);
	list_for_each_entry(e, &espdev_engines, list) {
		/* one whose module goes is none any more */
		if (!try_module_get(e->owner))
			continue;
		if (name ? !strcmp(e->name, name) : !n--) {
			atomic_inc(&e->tfms);
			found = e;
			break;
		}
		module_put(e->owner);
	}
	mutex_unlock(&espdev_engines_lock);
	return found;
}

/**
 * espdev_engine_put() - undo espdev_engine_get()
 * @e: engine
 *
 * Context: process.
 */
void espdev_engine_put(struct espdev_engine *e)
{
	struct module *owner = e->owner;

	if (atomic_dec_and_test(&e->tfms))
		wake_up_var(&e->tfms);
	/* who waited for that may have freed the engine, not its module */
	module_put(owner);
}

/**
 * espdev_engine_load() - what an engine has to do
 * @e: engine, held
 * @sas: number of SAs that it works for
 *
 * Context: process, may sleep.
 * Return: packets of these that are under way.
 */
unsigned int espdev_engine_load(struct espdev_engine *e, unsigned int *sas)
{
	const struct espdev_sa *sa;
	unsigned int load = 0;

	*sas = 0;
	mutex_lock(&espdev_engines_lock);
	list_for_each_entry(sa, &e->sas, engine) {
		++*sas;
		load += atomic_read(&sa->pending);
	}
	mutex_unlock(&espdev_engines_lock);
	return load;
}

static void tfm_free(struct work_struct *work)
{
	struct espdev_tfm *tfm = container_of(work, struct espdev_tfm, free);
	struct espdev_engine *e = tfm->engine;

	e->destroy(tfm);
	espdev_engine_put(e);
}

/* @e is held; the transform that it makes holds it on. */
static struct espdev_tfm *create_by(struct espdev_engine *e,
				    const char *driver,
				    const struct espdev_alg *alg,
				    struct netlink_ext_ack *extack)
{
	struct espdev_alg ask = *alg;
	struct espdev_tfm *tfm;

	/* what answers at once does not hang */
	ask.sync |= READ_ONCE(e->failed);
	tfm = e->create(e, driver, &ask, extack);
	if (!IS_ERR(tfm) && WARN_ON_ONCE(ask.sync && tfm->async)) {
		e->destroy(tfm);
		tfm = ERR_PTR(-EOPNOTSUPP);
	}
	if (IS_ERR(tfm))
		return tfm;
	tfm->engine = e;
	refcount_set(&tfm->refs, 1);
	INIT_WORK(&tfm->free, tfm_free);
	return tfm;
}

/**
 * espdev_engine_create() - have an engine make a transform
 * @wanted: "auto", an engine's name, or engine:driver
 * @alg: what it shall do
 * @extack: says why not
 *
 * Context: process, may sleep and load modules.
 * Return: the transform with a reference for the caller; -EOPNOTSUPP when no
 * engine does that, or another ERR_PTR().
 */
struct espdev_tfm *espdev_engine_create(const char *wanted,
					const struct espdev_alg *alg,
					struct netlink_ext_ack *extack)
{
	struct espdev_tfm *tfm = ERR_PTR(-EOPNOTSUPP);
	struct espdev_engine *e;
	const char *driver;
	bool any = false;
	unsigned int n;

	for (n = 0; (e = espdev_engine_get(NULL, n)); n++) {
		if (is_wanted(e, wanted, &driver)) {
			any = true;
			tfm = create_by(e, driver, alg, extack);
			if (!IS_ERR(tfm))
				return tfm;
		}
		espdev_engine_put(e);
		if (PTR_ERR(tfm) != -EOPNOTSUPP)
			return tfm;
	}
	if (!any)
		NL_SET_ERR_MSG(extack, "engine: there is none of that name");
	return tfm;
}

/**
 * espdev_engine_assign() - have a transform work for an SA
 * @sa: SA, which has none
 * @tfm: transform; its reference goes over
 *
 * Context: process, &espdev_engines_lock held.
 * Return: false when the engine has gone or failed since it made @tfm.
 */
bool espdev_engine_assign(struct espdev_sa *sa, struct espdev_tfm *tfm)
{
	const struct espdev_engine *e = tfm->engine;

	if (list_empty(&e->list) || (e->failed && tfm->async))
		return false;
	rcu_assign_pointer(sa->tfm, tfm);
	list_move_tail(&sa->engine, &tfm->engine->sas);
	if (tfm->async)
		espdev_watch();
	return true;
}

/**
 * espdev_engine_attach() - have an engine work for a new SA
 * @sa: SA, known to nobody yet
 * @wanted: "auto", an engine's name, or engine:driver
 * @alg: what it shall do
 * @extack: says why not
 *
 * Context: process, may sleep.
 * Return: 0, -EOPNOTSUPP when no engine does that, or another error.
 */
int espdev_engine_attach(struct espdev_sa *sa, const char *wanted,
			 const struct espdev_alg *alg,
			 struct netlink_ext_ack *extack)
{
	struct espdev_tfm *tfm;
	bool done;

	INIT_LIST_HEAD(&sa->engine);
	do {
		tfm = espdev_engine_create(wanted, alg, extack);
		if (IS_ERR(tfm))
			return PTR_ERR(tfm);
		mutex_lock(&espdev_engines_lock);
		done = espdev_engine_assign(sa, tfm);
		mutex_unlock(&espdev_engines_lock);
		if (!done)
			espdev_tfm_put(tfm);
	} while (!done);
	return 0;
}

/**
 * espdev_engine_detach() - undo espdev_engine_attach()
 * @sa: SA that nobody uses any more
 *
 * Context: process, may sleep.
 */
void espdev_engine_detach(struct espdev_sa *sa)
{
	struct espdev_tfm *tfm;

	mutex_lock(&espdev_engines_lock);
	list_del(&sa->engine);
	tfm = espdev_engine_of(sa);
	mutex_unlock(&espdev_engines_lock);
	if (tfm)
		espdev_tfm_put(tfm);
}

/**
 * espdev_tfm_get() - the transform that works for an SA
 * @sa: SA
 *
 * Context: RCU read side.
 * Return: the transform with a reference for the caller, or NULL.
 */
struct espdev_tfm *espdev_tfm_get(const struct espdev_sa *sa)
{
	struct espdev_tfm *tfm = rcu_dereference_check(sa->tfm,
						       rcu_read_lock_bh_held());

	return tfm && refcount_inc_not_zero(&tfm->refs) ? tfm : NULL;
}

/**
 * espdev_tfm_put() - give a reference back
 * @tfm: transform; no request of the caller is under way
 *
 * Context: any but hard interrupts.
 */
void espdev_tfm_put(struct espdev_tfm *tfm)
{
	if (refcount_dec_and_test(&tfm->refs))
		espdev_free_later(&tfm->free);
}

/**
 * espdev_engine_register() - offer an engine
 * @engine: its name, owner, priority and functions filled in; stays until it
 *	is unregistered
 *
 * SAs that have none get it, as far as it can stand in.
 *
 * Context: process, may sleep.
 * Return: 0, or -EEXIST when the name is taken.
 */
int espdev_engine_register(struct espdev_engine *engine)
{
	struct list_head *before = &espdev_engines;
	struct espdev_engine *e;
	int err = 0;

	INIT_LIST_HEAD(&engine->sas);
	atomic_set(&engine->tfms, 0);
	atomic_long_set(&engine->errors, 0);
	engine->stuck = false;
	engine->failed = false;
	engine->resets = 0;
	mutex_lock(&espdev_engines_lock);
	list_for_each_entry(e, &espdev_engines, list) {
		if (!strcmp(e->name, engine->name)) {
			err = -EEXIST;
			goto out;
		}
		if (before == &espdev_engines && e->priority < engine->priority)
			before = &e->list;
	}
	list_add_tail(&engine->list, before);
	espdev_nl_engine(engine, SITELINK_ESPDEV_CMD_ENGINE_ADD_NTF);
	espdev_adopt();
out:
	mutex_unlock(&espdev_engines_lock);
	return err;
}
EXPORT_SYMBOL_GPL(espdev_engine_register);

/**
 * espdev_engine_unregister() - undo espdev_engine_register()
 * @engine: a module's, which nothing uses; or a device's that has been removed
 *	under SAs: then they go to others, and all its requests have been
 *	completed, with an error maybe, as will be those to come
 *
 * Context: process, sleeps until its last transform is destroyed.
 */
void espdev_engine_unregister(struct espdev_engine *engine)
{
	mutex_lock(&espdev_engines_lock);
	list_del_init(&engine->list);
	espdev_nl_engine(engine, SITELINK_ESPDEV_CMD_ENGINE_DEL_NTF);
	espdev_orphan(engine, false);
	mutex_unlock(&espdev_engines_lock);
	wait_var_event(&engine->tfms, !atomic_read(&engine->tfms));
}
EXPORT_SYMBOL_GPL(espdev_engine_unregister);
