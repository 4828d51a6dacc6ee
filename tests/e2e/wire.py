"""What comes over a page's wire, and how fast: a second-generation mobile link if asked for."""

from playwright.sync_api import Page

KILOBITS, LATENCY_MS = 50, 400
"""Of a slow second-generation link, each way."""


class Wire:
    """What comes over a page's wire, cold cache, in bytes with headers, packed as sent."""

    def __init__(self, page: Page, *, slow: bool = False) -> None:
        self.bytes = 0
        link = page.context.new_cdp_session(page)
        link.send("Network.enable")
        link.on("Network.loadingFinished", self._note)
        if slow:
            speed = KILOBITS * 1000 / 8
            link.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": LATENCY_MS,
                    "downloadThroughput": speed,
                    "uploadThroughput": speed,
                },
            )

    def _note(self, finished: dict[str, float]) -> None:
        self.bytes += int(finished["encodedDataLength"])
