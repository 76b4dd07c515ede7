"""The command line: the only place that wires the bot and the workers together.

Nothing heavy is imported before a command needs it: `nexus --help` answers at once, and `nexus worker` never
loads the Telegram framework.
"""


def main() -> None:
    """Run the `nexus` command."""
    from bot.cli.app import app

    app(prog_name="nexus")
