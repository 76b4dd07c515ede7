"""Do workers stay light? Importing aiogram costs three seconds and 170 MB; no worker module may do so."""

import pkgutil
import subprocess
import sys

import workers

CODE = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(sorted(name for name in sys.modules if name.split(".")[0] in {"aiogram", "bot"}))
"""


def test_workers_import_neither_aiogram_nor_the_bot() -> None:
    names = [module.name for module in pkgutil.walk_packages(workers.__path__, "workers.")]
    assert "workers.schedule" in names
    result = subprocess.run([sys.executable, "-c", CODE, *names], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
