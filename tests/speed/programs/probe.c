/* Input to pixel of whatever window lies under the pointer: moves the pointer by XTEST with the
   left button down and waits until the pixel under it changes. Prints one time in milliseconds
   for each motion; a motion that changed nothing within a second is left out and counted.
   Arguments: motions, pixels between them (more than half a brush), width and height of the
   area, milliseconds between motions. */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/XTest.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>
#include <unistd.h>

static Display *display;
static XImage *image;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void watch_one_pixel(void)
{
    static XShmSegmentInfo memory;
    int screen = DefaultScreen(display);
    image = XShmCreateImage(display, DefaultVisual(display, screen),
        DefaultDepth(display, screen), ZPixmap, NULL, &memory, 1, 1);
    memory.shmid = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    memory.shmaddr = image->data = shmat(memory.shmid, NULL, 0);
    memory.readOnly = False;
    XShmAttach(display, &memory);
    XSync(display, False);
    shmctl(memory.shmid, IPC_RMID, NULL);
}

static unsigned long pixel(int x, int y)
{
    XShmGetImage(display, DefaultRootWindow(display), image, x, y, AllPlanes);
    return XGetPixel(image, 0, 0);
}

int main(int count, char **words)
{
    if (count != 6 || !(display = XOpenDisplay(NULL)))
        return 2;
    int motions = atoi(words[1]), step = atoi(words[2]);
    int width = atoi(words[3]), height = atoi(words[4]), gap = atoi(words[5]);
    int x = step, y = step + 60, way = 1, missed = 0;
    watch_one_pixel();
    XTestFakeMotionEvent(display, -1, x, y, 0);
    XSync(display, False);
    usleep(300000);
    XTestFakeButtonEvent(display, 1, True, 0);
    XSync(display, False);
    usleep(200000);
    for (int motion = 0; motion < motions && y < height - step; motion++) {
        if (x + way * step < step || x + way * step > width - step) {
            way = -way;
            y += step;
        } else {
            x += way * step;
        }
        unsigned long before = pixel(x, y), after = before;
        double start = now(), spent = 0;
        XTestFakeMotionEvent(display, -1, x, y, 0);
        XFlush(display);
        while (after == before && spent < 1000) {
            after = pixel(x, y);
            spent = now() - start;
        }
        if (after == before)
            missed++;
        else
            printf("%.4f\n", spent);
        /* Not in step with anything that runs by a clock. */
        usleep(gap * 1000 - motion * 7 % 5 * 300);
    }
    XTestFakeButtonEvent(display, 1, False, 0);
    XSync(display, False);
    fprintf(stderr, "missed %d\n", missed);
    return 0;
}
