"""Finished pictures as files of many manners."""
