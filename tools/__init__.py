"""What makes files of the project; not part of the package."""
