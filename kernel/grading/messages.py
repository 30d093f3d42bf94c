"""The contents of messages as Jupyter's protocol has them: code can send any, and what is malformed would end nbgrader's run."""

from __future__ import annotations

from typing import Any, Optional

from proxy.child import FENCE
from proxy.wire import Json


def well_formed(kind: str, content: Any) -> Optional[Json]:
    """What a message of this type says, without the parts that are not as they should be; nothing if too little is left."""
    if not isinstance(content, dict):
        return None
    if kind == FENCE:
        return content if isinstance(content.get("id"), str) else None
    if kind == "stream":
        # nbgrader takes a line on stderr for a failure, but a warning is none.
        return {"name": "stdout", "text": content["text"]} if isinstance(content.get("text"), str) else None
    if kind == "execute_input":
        count, code = content.get("execution_count"), content.get("code")
        return {"execution_count": count, "code": code} if isinstance(count, int) and isinstance(code, str) else None
    if kind == "error":
        name, value, trace = (content.get(key) for key in ("ename", "evalue", "traceback"))
        return {
            "ename": name if isinstance(name, str) else "Error",
            "evalue": value if isinstance(value, str) else "",
            "traceback": [line for line in trace if isinstance(line, str)] if isinstance(trace, list) else [],
        }
    return shown(kind, content)


def shown(kind: str, content: Json) -> Optional[Json]:
    """The content of a display_data, update_display_data or execute_result message."""
    data, transient = as_dict(content.get("data")), as_dict(content.get("transient"))
    texts = {form: value for form, value in data.items() if isinstance(value, str)}
    if not texts:
        return None
    if kind == "execute_result":
        count = content.get("execution_count")
        return {"execution_count": count if isinstance(count, int) else None, "data": texts, "metadata": {}}
    name = transient.get("display_id")
    if kind == "update_display_data" and not isinstance(name, str):
        return None
    return {"data": texts, "metadata": {}, "transient": {"display_id": name} if isinstance(name, str) else {}}


def as_dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
