"""Which commands does `nexus` have? Each reads its settings first and imports what it needs only then."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.failures import stop_on_terminate, told_plainly

app = typer.Typer(
    name="nexus",
    help="One owner, several products, every channel, from one Telegram chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
migrate = typer.Typer(help="Bring the database's schema up to date, or take it back.", no_args_is_help=True)
app.add_typer(migrate, name="migrate")
keys = typer.Typer(help="Change the keys that seal stored credentials.", no_args_is_help=True)
app.add_typer(keys, name="keys")


@app.command()
def run() -> None:
    """Run everything in one process: bot, worker, scheduler and receiver."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.running import run_everything

        run_everything()


@app.command()
def demo() -> None:
    """Try NEXUS with a local Telegram in the browser: no token, no key, nothing to set up."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.demo import run_demo

        run_demo()


@app.command()
def bot() -> None:
    """Run the control panel in Telegram and deliver notifications."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.running import run_alone

        run_alone("bot")


@app.command()
def worker() -> None:
    """Run a worker that publishes; start as many as there is work for."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.running import run_alone

        run_alone("worker")


@app.command()
def scheduler() -> None:
    """Look for due work and hand it out; a second one is harmless."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.running import run_alone

        run_alone("scheduler")


@app.command()
def receiver() -> None:
    """Take signed events on NEXUS_HOST:NEXUS_PORT (/api/events/SLUG); /healthz and /readyz say how it is."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.running import run_alone

        run_alone("receiver")


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSON or YAML; `-` reads standard input.", allow_dash=True)],
) -> None:
    """Read products, channels, templates, automations and settings from FILE; a second time changes nothing."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.data import import_file

        import_file(file)


@app.command()
def export(
    file: Annotated[
        Path | None,
        typer.Argument(help="Written as YAML for .yaml and .yml, else as JSON; standard output without it."),
    ] = None,
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="Write credentials in the clear instead of ${NAME}.")
    ] = False,
) -> None:
    """Write what `import` reads; credentials become ${NAME} unless you ask for them."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.data import export_file

        export_file(file, with_secrets=with_secrets)


@keys.command("list")
def list_keys() -> None:
    """Show the keys and how much each has sealed."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.keys import show

        show()


@keys.command("new")
def new_key() -> None:
    """Print a fresh key for NEXUS_SECRET_KEYS."""
    with told_plainly():
        from bot.cli.keys import new

        new()


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal everything with a new key, while NEXUS runs; interrupted, run it again."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.keys import rotate

        rotate()


@keys.command("retire")
def retire_key(number: Annotated[int, typer.Argument(help="Its id, as `keys list` shows it.")]) -> None:
    """Take away a key that nothing is sealed with any more."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.keys import retire

        retire(number)


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(help="Where to write it; `-` is standard output.", allow_dash=True)
    ] = Path("nexus.backup"),
) -> None:
    """Write database and files as one archive sealed with BACKUP_KEY; the keys of NEXUS are not in it."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.keeping import back_up

        back_up(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `nexus backup` has written.")],
    continue_as_is: Annotated[
        bool,
        typer.Option(
            "--continue-as-is",
            help="Nothing has happened since the backup (moving to another machine): hold nothing back.",
        ),
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Replace everything that the database holds; NEXUS has to be stopped."
        ),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="With --replace: do not ask for the database's name.")
    ] = False,
) -> None:
    """Bring a backup back into an empty database. What has come due since is asked about, and publishing is paused."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.keeping import bring_back

        bring_back(file, as_is=continue_as_is, instead=replace, agreed=yes)


@app.command(name="send-event")
def send_event(
    slug: Annotated[str, typer.Argument(help="The product's short name.")],
    event_type: Annotated[str, typer.Argument(metavar="TYPE", help="The event's name, e.g. sale.big.")],
    data: Annotated[str, typer.Option(help="What it says, as a JSON object.")] = "{}",
    to: Annotated[
        str | None, typer.Option(help="Where the receiver is; http://NEXUS_HOST:NEXUS_PORT without it.")
    ] = None,
) -> None:
    """Sign an event with the product's secret, send it to the running receiver, and print its id."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli import events

        events.send_event(slug, event_type, data, to=to)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    ask_ai: Annotated[
        bool,
        typer.Option("--ask-ai", help="Also ask the chosen models for one word; costs a fraction of a cent."),
    ] = False,
) -> None:
    """Check every part and say what to do; exit code 0 when all is well, 1 with warnings, 2 with failures."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli.doctor import examine

        examine(as_json=as_json, ask_ai=ask_ai)


@app.command()
def version() -> None:
    """Show the version."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        print(f"nexus {installed('nexus')}")
    except PackageNotFoundError:
        print("nexus (not installed)")


@migrate.command()
def up(revision: Annotated[str, typer.Argument(help="Where to stop.")] = "head") -> None:
    """Bring the schema up to date."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli import migrating

        migrating.up(revision)


@migrate.command(context_settings={"ignore_unknown_options": True})  # -1 is no option
def down(
    revision: Annotated[str, typer.Argument(help="Where to stop: -1, a revision, or base.")] = "-1",
) -> None:
    """Take the schema back; what the removed tables held is lost."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli import migrating

        migrating.down(revision)


@migrate.command()
def new(message: Annotated[str, typer.Argument(help="What changes, e.g. add_quiet_hours.")]) -> None:
    """Write a migration from the difference between the models and the schema."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli import migrating

        migrating.new(message)


@migrate.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Remove everything from the database and make the schema again, empty."""
    with told_plainly():
        stop_on_terminate()
        from bot.cli import migrating

        migrating.reset(yes=yes)
