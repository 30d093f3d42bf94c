"""The kernel that runs submissions: what they may do is decided here, outside the process that they run in."""
