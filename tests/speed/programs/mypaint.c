/* The peer of strokes: libmypaint along the path of tests/speed/stroke.py, one atomic section
   for each event. Prints the mean of each of three strokes in microseconds per event.
   Arguments: diameter, hardness, width, height, events, pixels between events. */

#include <math.h>
#include <mypaint-brush.h>
#include <mypaint-fixed-tiled-surface.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static MyPaintBrush *round_brush(double diameter, double hardness)
{
    MyPaintBrush *brush = mypaint_brush_new();
    mypaint_brush_from_defaults(brush);
    mypaint_brush_set_base_value(
        brush, MYPAINT_BRUSH_SETTING_RADIUS_LOGARITHMIC, log(diameter / 2));
    mypaint_brush_set_base_value(brush, MYPAINT_BRUSH_SETTING_HARDNESS, hardness);
    mypaint_brush_set_base_value(brush, MYPAINT_BRUSH_SETTING_OPAQUE, 1);
    mypaint_brush_set_base_value(brush, MYPAINT_BRUSH_SETTING_OPAQUE_LINEARIZE, 0);
    /* A dab for each tenth of the diameter, as painting programs have it. */
    mypaint_brush_set_base_value(brush, MYPAINT_BRUSH_SETTING_DABS_PER_ACTUAL_RADIUS, 5);
    mypaint_brush_set_base_value(brush, MYPAINT_BRUSH_SETTING_DABS_PER_BASIC_RADIUS, 0);
    mypaint_brush_reset(brush);
    mypaint_brush_new_stroke(brush);
    return brush;
}

int main(int count, char **words)
{
    if (count != 7)
        return 2;
    double diameter = atof(words[1]), hardness = atof(words[2]);
    int width = atoi(words[3]), height = atoi(words[4]), events = atoi(words[5]);
    double step = atof(words[6]), radius = 475;
    MyPaintFixedTiledSurface *tiles = mypaint_fixed_tiled_surface_new(width, height);
    MyPaintSurface *surface = mypaint_fixed_tiled_surface_interface(tiles);
    for (int round = 0; round < 3; round++) {
        MyPaintBrush *brush = round_brush(diameter, hardness);
        double angle = 0, spent = 0;
        for (int event = 0; event <= events; event++) {
            float x = width / 2.0 + 1.4 * radius * cos(angle) + 0.37;
            float y = height / 2.0 + radius * sin(angle) + 0.21;
            angle += step / (1.2 * radius);
            double start = now();
            mypaint_surface_begin_atomic(surface);
            mypaint_brush_stroke_to(brush, surface, x, y, 1.0, 0, 0, event ? 0.008 : 1.0);
            mypaint_surface_end_atomic(surface, NULL);
            if (event)
                spent += now() - start;
        }
        printf("%.3f\n", spent / events);
        mypaint_brush_unref(brush);
    }
    return 0;
}
