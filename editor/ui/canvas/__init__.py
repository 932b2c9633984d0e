"""The stage: one raster widget, its viewport, overlay and gestures."""
