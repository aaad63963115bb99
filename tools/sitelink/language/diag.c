// SPDX-License-Identifier: GPL-2.0-only
#include "diag.h"
#include "text.h"

static void say(struct diag *d, struct pos at, const char *what,
		const char *format, va_list args)
{
	/* line 0: not of the script */
	if (at.line)
		fprintf(d->out, "%s:%u:%u: %s", at.file, at.line, at.column,
			what);
	else
		fprintf(d->out, "sitelink: %s", what);
	text_vprint(d->out, format, args);
	putc('\n', d->out);
}

void diag_error(struct diag *d, struct pos at, const char *format, ...)
{
	va_list args;

	if (d->errors++ >= DIAG_MAX)
		return;
	va_start(args, format);
	say(d, at, "", format, args);
	va_end(args);
}

void diag_note(struct diag *d, struct pos at, const char *format, ...)
{
	va_list args;

	if (!d->notes)
		return;
	va_start(args, format);
	say(d, at, "note: ", format, args);
	va_end(args);
}
