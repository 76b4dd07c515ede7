"""How is the sandbox started alone? `python -m bot.sandbox --token 123456:TEST --port 8081 --folder .nexus/sandbox`"""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bot.sandbox.server import SandboxServer
from bot.sandbox.state import OWNER_ID, Sandbox


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    sandbox = Sandbox(options.token, owner_id=options.owner, folder=options.folder)
    server = SandboxServer(sandbox)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    url = await server.start(port=options.port)
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()
    await stop.wait()
    await server.stop()
    sandbox.close()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--token", required=True, help="the control bot's token, <number>:<anything>")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and prints it")
    parser.add_argument("--owner", type=int, default=OWNER_ID, help="the owner's user id")
    parser.add_argument(
        "--folder", type=Path, default=None, help="where the chats are kept; in memory without it"
    )
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
