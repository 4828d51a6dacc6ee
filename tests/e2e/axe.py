"""What axe finds wrong with a page.

Contrast takes axe four fifths of its time on a page with long lists, where hundreds of lines look
the same. So it looks once at each look that text has on the page: its colour and size, and all
that lies behind it. Every other rule looks at everything.
"""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LONG = 500
"""Elements from which on it is worth while to look for those that look the same."""

RUN = """async (long) => {
  const looks = new Map(), behind = new Map();
  const backdrop = (element) => {
    if (!element) return "";
    if (!behind.has(element)) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter];
      const off = element.matches("[disabled], [aria-disabled=true], [inert], [aria-hidden=true]");
      behind.set(element, backdrop(element.parentElement) + (off ? "/off" : "/") + own.join());
    }
    return behind.get(element);
  };
  const asked = {resultTypes: ["violations"]}, contrast = "color-contrast";
  const elements = document.body.querySelectorAll("*");
  if (elements.length < long) return (await axe.run(asked)).violations;
  for (const element of elements) {
    const says = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!(says || element.matches("input, select, textarea"))) continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(element);
    const look = [style.color, style.fontSize, style.fontWeight, style.textShadow,
                  style.position, element.tagName, backdrop(element)].join("|");
    if (!looks.has(look)) looks.set(look, element);
  }
  const all = await axe.run({...asked, rules: {[contrast]: {enabled: false}}});
  const shown = await axe.run({include: [...looks.values()]}, {...asked, runOnly: [contrast]});
  return [...all.violations, ...shown.violations];
}"""


def load_axe(page: Page) -> None:
    """Give the page that is open the means to be looked at."""
    page.evaluate(Axe().axe_script)


def load_axe_always(page: Page) -> Page:
    """Give whatever is opened here from now on the means to be looked at: a script sent once."""
    page.add_init_script(script=Axe().axe_script)
    return page


def faults_on(page: Page) -> Iterator[str]:
    """Say each rule that the page breaks as it is shown now, and up to three places of it."""
    for violation in page.evaluate(RUN, LONG):
        targets = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        yield f"{violation['id']}: {violation['help']}: {targets}"
