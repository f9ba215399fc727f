"""The process in which PDFs are read, as `process` starts it."""

import sys

from pipeline.read.pdf.process import bound_memory, serve

if __name__ == "__main__":
    bound_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
