"""`python -m pipeline` is `chidao`."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
