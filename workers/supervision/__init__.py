"""What keeps Parallax running: its processes, whether they answer, and what a dead one has left."""
