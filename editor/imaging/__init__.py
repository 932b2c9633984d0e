"""Pixels and geometry: rasters, codecs, metadata and resampling, without Qt."""
