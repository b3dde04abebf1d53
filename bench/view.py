"""What a visitor with a slow phone gets: how soon a page stands, whether it jumps, what it weighs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.plugins import chromium
from tests.plugins.browser import ARGUMENTS

PHONE = ViewportSize(width=360, height=740)
SLOW_4G = {
    "offline": False,
    "latency": 150,  # milliseconds, of each request
    "downloadThroughput": 1.6e6 / 8,  # bytes a second
    "uploadThroughput": 0.75e6 / 8,
}
SLOWER_PROCESSOR = 4
VIEWS = 3
SEEN = """() => new Promise((tell) => {
  const [page] = performance.getEntriesByType("navigation");
  const parts = performance.getEntriesByType("resource")
    .map(({ name, encodedBodySize: size }) => ({ name, size }));
  const seen = { lcp: 0, cls: 0, html: page.encodedBodySize, parts };
  const note = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({ type, buffered: true });
  note("largest-contentful-paint", (each) => { seen.lcp = each.startTime; });
  note("layout-shift", (each) => { seen.cls += each.hadRecentInput ? 0 : each.value; });
  setTimeout(() => tell(seen), 100);
})"""


@dataclass(frozen=True)
class View:
    """The first view of one page. Bytes are of bodies as they are sent, compressed; ``foreign`` counts
    what came from other servers.
    """

    lcp_ms: float
    cls: float
    html: int
    css: int
    js: int
    total: int
    foreign: int


def views(urls: Mapping[str, str]) -> dict[str, View] | str:
    """First views of each page on a slow phone, the middle one of three; without a browser, the reason."""
    executable = chromium.find()
    if executable is None:
        return chromium.NONE_FOUND
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        seen = {
            name: middle_of([on_a_phone(browser, url) for _ in range(VIEWS)])
            for name, url in urls.items()
        }
        browser.close()
    return seen


def on_a_phone(browser: Browser, url: str) -> View:
    """One view by somebody who was never here."""
    phone = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    page = phone.new_page()
    slow_down(page)
    view = first_view(page, url)
    phone.close()
    return view


def middle_of(seen: list[View]) -> View:
    return sorted(seen, key=lambda view: view.lcp_ms)[len(seen) // 2]


def slow_down(page: Page) -> None:
    """Give a page the network and the processor of a slow phone."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", SLOW_4G)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})


def first_view(page: Page, url: str) -> View:
    """Open ``url`` for the first time, and measure until the network rests."""
    page.goto(url)
    page.wait_for_load_state("networkidle")
    seen = page.evaluate(SEEN)
    weights: Counter[str] = Counter()
    for part in seen["parts"]:
        weights[_kind(part["name"])] += part["size"]
    return View(
        lcp_ms=seen["lcp"],
        cls=seen["cls"],
        html=seen["html"],
        css=weights[".css"],
        js=weights[".js"],
        total=seen["html"] + weights.total(),
        foreign=sum(
            urlsplit(part["name"]).netloc != urlsplit(url).netloc for part in seen["parts"]
        ),
    )


def _kind(address: str) -> str:
    return Path(urlsplit(address).path).suffix
