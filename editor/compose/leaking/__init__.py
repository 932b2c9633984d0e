"""What an answer changed outside of its mask."""
