"""`./baeum kernel install | uninstall`: offers the kernel to a Jupyter or VS Code that the launcher does not start."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_core.paths import jupyter_data_dir

NAME = "baeum"
KERNEL = Path(__file__).resolve().parent


def place(options: argparse.Namespace) -> Path:
    """The folder that Jupyter's kernels go to."""
    if options.sys_prefix:
        prefix = os.environ.get("VIRTUAL_ENV") or os.environ.get("CONDA_PREFIX")
        if not prefix:
            sys.exit("--sys-prefix means the environment that is active, but none is. Activate it, or use --user.")
        return Path(prefix, "share", "jupyter", "kernels")
    os.environ.pop("JUPYTER_DATA_DIR", None)  # the launcher's, which keeps Jupyter's files inside the project
    return Path(jupyter_data_dir(), "kernels")


def install(kernels: Path) -> None:
    committed = KERNEL / "jupyter" / "kernels" / NAME
    spec = json.loads((committed / "kernel.json").read_text(encoding="utf-8"))
    spec["argv"] = [sys.executable, str(KERNEL), "{connection_file}"]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(shutil.copytree(committed, Path(folder, NAME)))
        (source / "kernel.json").write_text(json.dumps(spec, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        kernels.mkdir(parents=True, exist_ok=True)
        target = kernels / NAME
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(source, target)
    print(f"Installed the kernel '{spec['display_name']}' in {target}. It needs this project to stay in {KERNEL.parent}.")


def uninstall(kernels: Path) -> None:
    manager = KernelSpecManager(kernel_dirs=[str(kernels)], ensure_native_kernel=False)
    try:
        removed = manager.remove_kernel_spec(NAME)
    except (KeyError, NoSuchKernel):
        sys.exit(f"The kernel is not installed in {kernels}.")
    print(f"Removed {removed}.")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./baeum kernel", description="Offer the kernel to your own JupyterLab or VS Code.")
    parser.add_argument("action", choices=["install", "uninstall"])
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--user", action="store_true", help="for all your Jupyters (the default)")
    where.add_argument("--sys-prefix", action="store_true", help="for the Python environment that is active")
    options = parser.parse_args()
    kernels = place(options)
    try:
        (install if options.action == "install" else uninstall)(kernels)
    except OSError as error:
        sys.exit(f"{error.filename or kernels}: {error.strerror}. Choose another place with --user or --sys-prefix.")


if __name__ == "__main__":
    main()
