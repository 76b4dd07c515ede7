"""How does a film become one that every platform takes? As MP4 with H.264 and AAC, by ffmpeg where there is one.

Phones record MOV, browsers WebM; most platforms take MP4 alone. Without ffmpeg a film is kept as it came.
"""

import asyncio
import shutil
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

# By its ending alone a file says what it is read as: a playlist under the name of a film could make ffmpeg read others.
_READ_AS = {
    "mov": "mov",
    "qt": "mov",
    "m4v": "mov",
    "3gp": "mov",
    "webm": "matroska",
    "mkv": "matroska",
    "avi": "avi",
}
_SECONDS = 180.0
_WIDEST = 1920  # pixels; Instagram and Threads take no more


def is_foreign(ending: str) -> bool:
    """Tell whether a film with this ending is one to be converted."""
    return ending.lower() in _READ_AS


async def as_mp4(content: bytes, ending: str, *, program: str | None = None) -> bytes | None:
    """Return the film as MP4. None when there is no ffmpeg (``program``, or the one in the path), or it cannot.

    Takes ``_SECONDS`` at most.
    """
    program = program or shutil.which("ffmpeg")
    kind = _READ_AS.get(ending.lower())
    if program is None or kind is None:
        return None
    with tempfile.TemporaryDirectory(prefix="nexus-film-") as name:
        given, made = Path(name, "given"), Path(name, "made.mp4")
        await asyncio.to_thread(given.write_bytes, content)
        problem = await _run(program, *_arguments(kind, given, made))
        if problem is None and await asyncio.to_thread(made.is_file):
            return await asyncio.to_thread(made.read_bytes) or None
    log.warning("film_not_converted", reason=problem or "nothing was made")
    return None


def _arguments(kind: str, given: Path, made: Path) -> list[str]:
    return [
        "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file",
        "-f", kind, "-i", str(given),
        "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1",  # where it was recorded is nobody's business
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-pix_fmt", "yuv420p",
        # Even sides, which H.264 needs.
        "-vf", f"scale='trunc(min({_WIDEST},iw)/2)*2':-2",
        "-c:a", "aac", "-b:a", "160k", "-movflags", "+faststart", "-y", str(made),
    ]  # fmt: skip


async def _run(program: str, *arguments: str) -> str | None:
    """Run ffmpeg; return what it complains about, None when all went well."""
    process = await asyncio.create_subprocess_exec(
        program, *arguments, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
    )
    try:
        async with asyncio.timeout(_SECONDS):
            _, said = await process.communicate()
    except TimeoutError:
        return f"not done in {_SECONDS:.0f} s"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return None if process.returncode == 0 else said.decode(errors="replace").strip()[-300:] or "it failed"
