"""Under which key does the receiver's application keep the runtime?"""

from aiohttp import web

from core.runtime import Runtime

RUNTIME = web.AppKey("runtime", Runtime)
