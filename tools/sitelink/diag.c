// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>

#include "diag.h"

void diag_error(struct diag *d, struct pos at, const char *format, ...)
{
	va_list args;

	if (d->errors++ >= DIAG_MAX)
		return;
	fprintf(d->out, "%s:%u:%u: ", d->file, at.line, at.column);
	va_start(args, format);
	vfprintf(d->out, format, args);
	va_end(args);
	putc('\n', d->out);
}
