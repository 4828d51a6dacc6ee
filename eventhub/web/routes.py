"""Routes that get ready to build addresses when one is first asked for.

Werkzeug compiles two functions for every route as it is added, a fifth of a web process's start;
most are not used for minutes, many never.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LazyRule(Rule):
    """A route whose builders are compiled at their first call."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_now = super()._compile_builder
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, *given: Any, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, *given, **values)

        return build
