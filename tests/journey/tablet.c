/* Answers for a pipe what Qt's driver of tablets asks of a device, so that the pipe is one:
   a pen with pressure. Loaded before the C library. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/input.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>

enum { RANGE = 10000 };

int ioctl(int file, unsigned long what, ...)
{
    static int (*real)(int, unsigned long, ...);
    va_list more;
    va_start(more, what);
    void *into = va_arg(more, void *);
    va_end(more);
    if (what == EVIOCGRAB)
        return 0;
    for (int axis = 0; axis < ABS_CNT; axis++)
        if (what == EVIOCGABS(axis)) {
            struct input_absinfo limits = {.maximum = RANGE};
            memcpy(into, &limits, sizeof limits);
            return 0;
        }
    if (!real)
        real = dlsym(RTLD_NEXT, "ioctl");
    return real(file, what, into);
}
