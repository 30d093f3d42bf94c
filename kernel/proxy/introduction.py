"""What the kernel says of itself in a kernel_info_reply."""

from __future__ import annotations

from .wire import Json


def introduce(info: Json) -> Json:
    """Deno's description of itself, made the course's."""
    return {
        **info,
        "implementation": "baeum",
        "banner": f"Baeum: TypeScript {info['language_info']['version']} in Deno {info['implementation_version']}",
        "language_info": {**info["language_info"], "mimetype": "text/typescript", "codemirror_mode": "typescript"},
        "help_links": [
            {"text": "TypeScript", "url": "https://www.typescriptlang.org/docs/"},
            {"text": "Deno", "url": "https://docs.deno.com"},
            {"text": "Observable Plot", "url": "https://observablehq.com/plot/"},
            {"text": "Keras", "url": "https://keras.io/api/"},
        ],
    }
