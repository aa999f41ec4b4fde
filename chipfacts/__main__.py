"""`python -m chipfacts` is the command."""

from chipfacts.cli import main

if __name__ == "__main__":
    main()
