"""What expander is measured with; run as `python -m benchmarks.NAME`."""
