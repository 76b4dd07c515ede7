"""How does a bot fetch a file it was sent?"""

from bot.sandbox.filing import file_path, find_file
from bot.sandbox.limits import DOWNLOAD_BYTES
from bot.sandbox.methods.registry import Context, method
from bot.sandbox.model import Json
from bot.sandbox.refusals import Refusal, bad_request


@method("getFile")
def get_file(context: Context) -> Json:
    """Where a file can be downloaded, if it is not larger than 20 MB."""
    identifier = context.params.text("file_id")
    if not identifier:
        raise bad_request("file_id not specified")
    try:
        stored = find_file(context.sandbox, context.bot, identifier)
    except Refusal as error:
        raise bad_request("invalid file_id") from error
    if stored.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": identifier,
        "file_unique_id": stored.uid,
        "file_size": stored.size,
        "file_path": file_path(stored),
    }
