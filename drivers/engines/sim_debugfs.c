// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink-sim/ENGINE/ in debugfs: faults on demand, and what was done.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>

#include "sim.h"

#define MANY	1000000

static struct dentry *root;

/* Files by which something happens can only be written, and only 1. */
static const struct {
	const char *name;
	umode_t mode;
	u32 min;
	u32 max;
} files[SIM_KNOBS] = {
	[SIM_DEPTH] = { "depth", 0600, 1, 16384 },
	[SIM_LATENCY] = { "latency", 0600, 0, USEC_PER_SEC },
	[SIM_BAD_ICV] = { "bad-icv", 0600, 0, MANY },
	[SIM_LOST] = { "lost", 0600, 0, MANY },
	[SIM_REORDER] = { "reorder", 0600, 0, MANY },
	[SIM_FULL] = { "full", 0600, 0, MANY },
	[SIM_AT_ONCE] = { "at-once", 0600, 0, 1 },
	[SIM_RESET] = { "reset", 0200, 1, 1 },
	[SIM_DEAD] = { "dead", 0200, 1, 1 },
	[SIM_REMOVE] = { "remove", 0200, 1, 1 },
	[SIM_INSERT] = { "insert", 0200, 1, 1 },
};

static const char * const counts[SIM_COUNTS] = {
	[SIM_ENCRYPTED] = "encrypted",
	[SIM_DECRYPTED] = "decrypted",
	[SIM_DID_BAD_ICV] = "bad-icv",
	[SIM_DID_LOSE] = "lost",
	[SIM_DID_REORDER] = "reordered",
	[SIM_DID_REJECT] = "rejected",
	[SIM_DID_RESET] = "resets",
	[SIM_TRANSFORMS] = "transforms",
	[SIM_CIPHER_ONLY] = "cipher-only",
};

static int knob_get(void *data, u64 *value)
{
	struct sim_knob *k = data;

	*value = READ_ONCE(k->value);
	return 0;
}

static int knob_set(void *data, u64 value)
{
	struct sim_knob *k = data;
	struct sim *s = k->sim;

	if (value < files[k->id].min || value > files[k->id].max)
		return -ERANGE;
	switch (k->id) {
	case SIM_RESET:
	case SIM_DEAD:
		sim_hang(s, k->id == SIM_DEAD);
		return 0;
	case SIM_REMOVE:
		return sim_remove(s);
	case SIM_INSERT:
		return sim_insert(s);
	}
	spin_lock_bh(&s->lock);
	k->value = value;
	spin_unlock_bh(&s->lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(knob_fops, knob_get, knob_set, "%llu\n");

static int stats_show(struct seq_file *seq, void *unused)
{
	struct sim *s = seq->private;
	unsigned int i;

	spin_lock_bh(&s->lock);
	seq_printf(seq, "state %s\n", s->removed ? "removed" :
		   s->dead ? "dead" : s->hung ? "hung" : "works");
	seq_printf(seq, "held %u\n", s->held);
	for (i = 0; i < SIM_COUNTS; i++)
		seq_printf(seq, "%s %llu\n", counts[i], s->counts[i]);
	spin_unlock_bh(&s->lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stats);

/**
 * sim_debugfs_add() - an engine's directory
 * @s: engine
 */
void sim_debugfs_add(struct sim *s)
{
	struct dentry *dir = debugfs_create_dir(s->soc->engine, root);
	unsigned int i;

	for (i = 0; i < SIM_KNOBS; i++)
		debugfs_create_file_unsafe(files[i].name, files[i].mode, dir,
					   &s->knobs[i], &knob_fops);
	debugfs_create_file("stats", 0400, dir, s, &stats_fops);
}

/**
 * sim_debugfs_init() - make the directory of all
 */
void sim_debugfs_init(void)
{
	root = debugfs_create_dir("sitelink-sim", NULL);
}

/**
 * sim_debugfs_exit() - remove it, and wait for who is in a file
 */
void sim_debugfs_exit(void)
{
	debugfs_remove(root);
}
