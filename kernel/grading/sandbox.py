"""What a submission's Deno is started with: a folder, an environment and limits of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Optional

from proxy.child import find_deno

from .broker import Broker
from .permissions import Permissions

PROJECT = Path(__file__).resolve().parents[2]
MIB = 1 << 20
# Memory that one submission may have altogether, and the part of it that V8's heap may: an endless list ends at the latter,
# endless buffers and workers at the former. Threads' stacks and V8's spare room count, too.
MEMORY_BYTES = 4096 * MIB
HEAP_MIB = 1024
FILE_BYTES = 64 * MIB
PASSED_ON = ("HOME", "LANG", "TZ", "BAEUM_QUICK", "BAEUM_CACHE", "XDG_CACHE_HOME", "KERAS_HOME")
NOBODY_LISTENS = "http://127.0.0.1:9"


class Sandbox:
    """A folder that exists for as long as a notebook is graded; inside it the settings that Deno starts with."""

    def __init__(self, submission: Path) -> None:
        if os.name != "posix":
            raise SystemExit("Submissions are graded on Linux or macOS (on Windows: in WSL): limits and permissions need it.")
        self.submission = submission
        self.folder = Path(tempfile.mkdtemp(prefix="baeum-grading-"))
        cache = deno_cache()
        self.broker = Broker(Permissions([PROJECT / "lib", cache / "npm", *data_caches()], submission))
        self._environment = {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            "BAEUM_BLAS": "none",  # native code: whoever may call it may do anything
            "DENO_DIR": str(self.folder / "deno"),
            "DENO_PERMISSION_BROKER_PATH": str(self.folder / "broker"),
            "DENO_NO_PROMPT": "1",
            "DENO_NO_UPDATE_CHECK": "1",
            "DENO_NO_PACKAGE_JSON": "1",
            "DENO_CACHE_DB_MODE": "memory",
            "HTTP_PROXY": NOBODY_LISTENS,  # Deno asks no permission before it fetches a package from npm
            "HTTPS_PROXY": NOBODY_LISTENS,
            "NO_COLOR": "1",
            "NO_PROXY": "",
        }
        self._write_settings(cache)

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_settings(self, cache: Path) -> None:
        """The project's import map with the project's paths, so that neither the submission's folder nor its settings matter."""
        text = (PROJECT / "deno.json").read_text(encoding="utf-8")
        settings = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
        imports = {
            name: (PROJECT / target).as_uri() if target.startswith("./") else target
            for name, target in settings["imports"].items()
        }
        own = {"imports": imports, "nodeModulesDir": "none", "allowScripts": settings["allowScripts"]}
        (self.folder / "deno.json").write_text(json.dumps(own), encoding="utf-8")
        shutil.copy(PROJECT / "deno.lock", self.folder)  # Deno adds to it what a cell imports
        # All of Deno's cache but what pages store (localStorage, caches): one submission would find what another has left.
        (self.folder / "deno").mkdir()
        for entry in cache.iterdir() if cache.is_dir() else []:
            if entry.name != "location_data":
                (self.folder / "deno" / entry.name).symlink_to(entry)

    def start(self, command: list[str], descriptors: tuple[int, ...], flags: str, ports: list[str]) -> "subprocess.Popen[bytes]":
        """Deno with no way out but its own ports (`host:port`), which are closed again by `seal`."""
        self.broker.permissions.own_ports = frozenset(ports)
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            pass_fds=descriptors,
            cwd=self.folder,
            env={**self._environment, "DENO_V8_FLAGS": f"{flags},--max-old-space-size={HEAP_MIB}"},
            preexec_fn=limit,
        )


def limit() -> None:
    """Runs in Deno's process before Deno does."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    if sys.platform == "linux":  # elsewhere the limit exists, but nothing keeps to it
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))


def deno_cache() -> Path:
    """Where Deno keeps packages on this machine."""
    described = subprocess.run([find_deno(), "info", "--json"], capture_output=True, check=True, cwd=PROJECT).stdout
    return Path(json.loads(described)["denoDir"])


def data_caches() -> list[Path]:
    """Where `baeum/datasets` finds what was downloaded before (see lib/datasets/cache_folder.ts)."""
    home, chosen = Path.home(), os.environ.get("BAEUM_CACHE")
    platform = home / "Library" / "Caches" if sys.platform == "darwin" else Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return [
        Path(chosen, "datasets") if chosen else platform / "baeum" / "datasets",
        Path(os.environ.get("KERAS_HOME") or home / ".keras", "datasets"),
    ]
