"""Views become HTML: the templates, compiled once, with every value escaped."""

from __future__ import annotations

import re
from importlib import resources

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from pipeline.report.wording import Wording

# What no HTML file can hold: the null character, and halves of surrogate pairs.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Templates:
    """The templates of `templates/` in one language."""

    def __init__(self, wording: Wording) -> None:
        files = resources.files("pipeline.report")
        folder = files.joinpath("templates")
        sources = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name[-3:] == ".j2"}
        self._environment = Environment(
            loader=DictLoader(sources),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters["exact"] = exact
        self._environment.globals["words"] = wording.page
        self._environment.globals["css"] = Markup(files.joinpath("style.css").read_text(encoding="utf-8"))

    def render(self, template: str, view: object) -> str:
        """The page of a view. The null character and lone surrogates come out as U+FFFD, one for one."""
        html = self._environment.get_template(f"{template}.html.j2").render(view=view)
        return _UNWRITABLE.sub(_REPLACEMENT, html)


def exact(text: str) -> Markup:
    """The text escaped so that a browser reads back every character; a bare carriage return would be a line feed."""
    return Markup(escape(text).replace("\r", Markup("&#13;")))
