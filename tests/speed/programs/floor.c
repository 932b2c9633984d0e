/* The floor of input to pixel: a bare Xlib window that fills a square under the pointer at each
   motion, and of drawing: it fills the whole window at each expose of F5.
   Arguments: width, height, side of the square. Prints "ready". */

#include <X11/Xlib.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    int width = atoi(words[1]), height = atoi(words[2]), side = atoi(words[3]);
    Display *display = XOpenDisplay(NULL);
    if (!display)
        return 1;
    Window window = XCreateSimpleWindow(
        display, DefaultRootWindow(display), 0, 0, width, height, 0, 0, 0x203040);
    XSetWindowAttributes own = {.override_redirect = True};
    XChangeWindowAttributes(display, window, CWOverrideRedirect, &own);
    XSelectInput(display, window, ButtonPressMask | PointerMotionMask | ExposureMask);
    XMapRaised(display, window);
    GC pen = XCreateGC(display, window, 0, NULL);
    XSetForeground(display, pen, 0xff3040);
    XSync(display, False);
    puts("ready");
    fflush(stdout);
    for (;;) {
        XEvent event;
        XNextEvent(display, &event);
        if (event.type == MotionNotify) {
            XFillRectangle(display, window, pen, event.xmotion.x - side / 2,
                event.xmotion.y - side / 2, side, side);
            XFlush(display);
        }
    }
}
