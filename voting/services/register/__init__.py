"""The organisations and their members: sheets brought in, members joining, leaving and found."""
