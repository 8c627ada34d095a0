"""The preview in a real browser: keys, filters, search, attacks, and pages that follow a save."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from l10n import extract, po
from l10n.commands.preview import preview
from l10n.pages.index import index_pages
from l10n.pages.page_job import Listed
from l10n.pages.search import Searched, search_pages
from tests.helpers.articles import article
from tests.helpers.chromium import CHROMIUM, Browser, browser
from tests.helpers.files import Write
from tests.helpers.poedit import Poedit, Screen, missing_packages
from tests.helpers.project import PROJECT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt install chromium)"),
]
PAGE = "articles/nb-NO/mail/reset-your-password.html"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def samples(here: Path) -> Path:
    for name in ("articles", "locales"):
        shutil.copytree(PROJECT / name, here / name)
    assert preview([Path("locales")]).problems == []
    return here / "preview"


def current(chromium: Browser) -> object:
    return chromium.value("document.querySelector('.unit.current')?.dataset.n")


def test_keys_go_from_unit_to_unit_on_both_sides(chromium: Browser, samples: Path) -> None:
    chromium.open((samples / PAGE).as_uri())
    assert current(chromium) is None
    chromium.key("j")
    chromium.key("j")
    assert current(chromium) == "1"
    assert chromium.value("document.querySelectorAll('.unit.current').length") == 2
    chromium.key("k")
    assert current(chromium) == "0"
    chromium.key("n")
    chromium.value("void(number = document.querySelector('.state.current').className)")
    assert "review" in chromium.value("number").split()
    chromium.key("f")
    assert "found" in chromium.value("document.querySelector('.state.current').className").split()
    panel = chromium.value("document.getElementById('panel').innerText")
    assert "SOURCE" in panel.upper()
    assert "locales/nb_NO.po" in panel
    chromium.key("Escape")
    assert current(chromium) is None
    assert chromium.console == []


def test_a_click_shows_the_texts_of_a_unit(chromium: Browser, samples: Path) -> None:
    chromium.open((samples / PAGE).as_uri())
    chromium.value("document.querySelector('.state.found').click()")
    assert "should be" in chromium.value("document.getElementById('panel').innerText")
    chromium.value("document.querySelector('#panel button').click()")
    assert chromium.value("document.querySelector('#panel button').innerText") == "Copied"
    assert chromium.console == []


def test_a_page_is_whole_without_javascript(chromium: Browser, samples: Path) -> None:
    chromium.without_scripts()
    try:
        chromium.open((samples / PAGE).as_uri())
        assert chromium.console == []
    finally:
        chromium.without_scripts(off=False)
    html = (samples / PAGE).read_text()
    assert html.index("Enter the 6-digit code") < html.index("<script>")
    assert 'href="#d3"' in html
    assert 'id="d3"' in html


ROWS = "[...document.querySelectorAll('tbody tr')]"
SHOWN = f"{ROWS}.map(row => row.cells[0].innerText)"


def column(number: int) -> str:
    return f"{ROWS}.map(row => Number(row.cells[{number}].innerText.replace(',', '')))"


def test_the_index_is_sorted_and_filtered(chromium: Browser, samples: Path) -> None:
    chromium.open((samples / "index.html").as_uri())
    assert len(chromium.value(SHOWN)) == 17
    for number, name in ((5, "errors"), (9, "words × risk")):
        head = f"document.querySelectorAll('thead button')[{number}]"
        assert chromium.value(f"{head}.innerText") == name
        before = chromium.value(column(number))
        chromium.value(f"{head}.click()")
        assert chromium.value(column(number)) == sorted(before)
        chromium.value(f"{head}.click()")
        assert chromium.value(column(number)) == sorted(before, reverse=True) != before
    for value in ("errors", "risk"):
        chromium.value(f"only.value = '{value}'; only.dispatchEvent(new Event('input'))")
        assert 0 < len(chromium.value(SHOWN)) < 17
        assert chromium.value("document.getElementById('shown').innerText").startswith(
            f"{len(chromium.value(SHOWN))} of 17"
        )
    chromium.value(
        "only.value = ''; folder.value = 'articles/ja-JP'; folder.dispatchEvent(new Event('input'))"
    )
    assert [name.split("/")[1] for name in chromium.value(SHOWN)] == ["ja-JP", "ja-JP"]
    chromium.value("folder.value = ''")
    chromium.type("#words", "プリンター")
    assert chromium.value(SHOWN) == ["articles/ja-JP/devices/プリンターの追加.md"]
    chromium.open(chromium.value("document.querySelector('tbody a').href"))
    assert "プリンターの追加" in chromium.value("document.querySelector('h1').innerText")
    assert chromium.console == []


@pytest.fixture
def many(here: Path) -> Path:
    """An index of 1,200 articles, and a search in three parts."""
    pages = [
        Listed(
            f"a/{n % 30:02}/{n}.md",
            f"a/{n % 30:02}/{n}.html",
            f"{n}.md",
            "th_TH",
            units=9,
            words=1200 - n,
            risk=n,
        )
        for n in range(1200)
    ]
    texts = [Searched(n, 1, f"Source {n} {'x' * 9_000}", f"ข้อความ {n} {'y' * 9_000}") for n in range(1200)]
    for name, html in (*index_pages(pages), *search_pages(pages, texts)):
        (here / name).write_bytes(html)
    return here


def test_a_long_index_shows_a_part_and_sorts_all(chromium: Browser, many: Path) -> None:
    chromium.open((many / "index.html").as_uri())
    assert len(chromium.value(SHOWN)) == 200
    more = "document.querySelector('.wide + button')"
    chromium.value(f"{more}.click()")
    assert len(chromium.value(SHOWN)) == 400
    chromium.value("document.querySelectorAll('thead button')[9].click()")
    chromium.value("document.querySelectorAll('thead button')[9].click()")
    assert chromium.value(column(9)) == [*range(1199, 999, -1)]
    chromium.type("#words", "07/7")
    assert chromium.value(SHOWN) == ["a/07/787.md", "a/07/757.md", "a/07/727.md", "a/07/7.md"]
    assert chromium.value(f"{more}.hidden") is True
    assert chromium.console == []


def test_all_articles_are_listed_without_javascript(chromium: Browser, many: Path) -> None:
    chromium.without_scripts()
    try:
        chromium.open((many / "index.html").as_uri())
        assert chromium.value("document.querySelector('.filters').checkVisibility()") is False
        assert chromium.value("document.querySelector('.lists').checkVisibility()") is True
        assert chromium.console == []
    finally:
        chromium.without_scripts(off=False)
    index = (many / "index.html").read_text()
    assert index.count("<tr>") == 1 + 200
    lists = re.findall(r'<a href="(list-\d+\.html)">', index)
    assert lists == ["list-1.html", "list-2.html", "list-3.html"]
    links = [
        link for name in lists for link in re.findall(r'<td><a href="([^"]+)"', (many / name).read_text())
    ]
    assert links == [f"a/{n % 30:02}/{n}.html" for n in range(1200)]


def test_a_search_goes_from_part_to_part(chromium: Browser, many: Path) -> None:
    assert sorted(path.name for path in many.glob("search*")) == [
        "search-2.html",
        "search-3.html",
        "search.html",
    ]
    chromium.open((many / "search.html").as_uri())
    chromium.type("#search", "ข้อความ 1199")
    assert chromium.value("document.getElementById('count').innerText") == "0 found"
    chromium.key("Enter")
    chromium.wait_for("location.pathname.endsWith('search-3.html') && !!document.querySelector('.hit')")
    assert chromium.value("document.querySelector('.hit a').innerText") == "a/29/1199.md:1"
    assert chromium.value("search.value") == "ข้อความ 1199"
    assert chromium.console == []


def test_the_search_finds_words_in_any_script(chromium: Browser, samples: Path) -> None:
    chromium.open((samples / "search.html").as_uri())
    chromium.type("#search", "自動応答")
    hits = "document.querySelectorAll('.hit').length"
    assert chromium.value(hits) > 0
    chromium.value("search.value = 'CODE valid'; search.dispatchEvent(new Event('input'))")
    assert chromium.value(hits) > 0
    link = chromium.value("document.querySelector('.hit a').href")
    chromium.open(link)
    assert current(chromium) is not None
    assert chromium.console == []


def test_arabic_is_right_to_left_and_code_is_not(chromium: Browser, samples: Path) -> None:
    chromium.open((samples / "articles/ar-SA/mail/change-your-password.html").as_uri())
    direction = "getComputedStyle(document.querySelector({!r})).direction"
    assert chromium.value(direction.format(".side[lang=ar-SA]")) == "rtl"
    assert chromium.value(direction.format(".side[lang=ar-SA] code")) == "ltr"
    assert chromium.value(direction.format(".side[lang=en]")) == "ltr"


def test_no_page_is_wider_than_a_phone_or_than_the_screen_at_200_percent(
    chromium: Browser, samples: Path
) -> None:
    try:
        for width in (360, 640):
            chromium.resize(width, 700)
            for name in (PAGE, "index.html", "report.html", "search.html"):
                chromium.open((samples / name).as_uri())
                assert chromium.value("document.documentElement.scrollWidth") <= width, (name, width)
    finally:
        chromium.resize(1200, 900)


def test_the_report_prints_on_two_sheets(chromium: Browser, samples: Path) -> None:
    chromium.open((samples / "report.html").as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", chromium.printed())) <= 2


CONTRAST = """
(() => {
  const parse = (c) => {
    const m = c.match(/[\\d.]+/g).map(Number);
    return c.startsWith("color(") ? m.map((v, i) => (i < 3 ? v * 255 : v)) : m;
  };
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
    const over = (below, [r, g, b, a = 1]) => [r, g, b].map((v, i) => v * a + below[i] * (1 - a));
    return layers.reverse().reduce(over, [255, 255, 255]);
  };
  let worst = 99;
  for (const e of document.querySelectorAll("body *")) {
    const hasText = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!hasText || !e.checkVisibility() || e.closest("svg")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    worst = Math.min(worst, (a + 0.05) / (b + 0.05));
  }
  return worst;
})()
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_has_enough_contrast(chromium: Browser, samples: Path, dark: bool) -> None:
    chromium.resize(1200, 900, dark=dark)
    for name in (PAGE, "index.html", "report.html", "search.html"):
        chromium.open((samples / name).as_uri())
        chromium.key("f")
        assert chromium.value(CONTRAST) >= 4.5, name


ATTACKS = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<img src="https://evil.example/a.png">',
    "![x](https://evil.example/b.png)",
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<iframe src="https://evil.example"></iframe><object data="https://evil.example"></object>',
    '<a href="javascript:alert(1)" id="panel">x</a> [y](javascript:alert(1))',
    '<form action="https://evil.example"><input name="a"><button>ok</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example/">',
    '<style>@import "https://evil.example/c.css"; body { display: none }</style>',
    '<link rel="stylesheet" href="https://evil.example/d.css">',
    '<p style="position:fixed;inset:0;background:url(https://evil.example/e.png)">covered</p>',
    "</span></div></main></body></html><script>alert(1)</script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><img src=x onerror=alert(1)></template><xmp><img src=x onerror=alert(1)></xmp>",
    ':::image source="https://evil.example/f.png" alt-text="<img src=x onerror=alert(1)>":::',
    "[!INCLUDE [<img src=x onerror=alert(1)>](../../../../etc/passwd)]",
    "\ufdd01\ufdd1forged\ufdd2 &#xFDD0;2&#xFDD1;forged&#xFDD2;",
    "<details open ontoggle=alert(1)>x</details><video src=https://evil.example/g onerror=alert(1)></video>",
    "&lt;script&gt;alert(1)&lt;/script&gt; </script><!-- <script> ]]> \u202e \u2028",
]


@pytest.mark.parametrize("remote_images", [False, True], ids=["", "remote-images"])
def test_nothing_of_an_article_runs_and_nothing_is_loaded(
    chromium: Browser, here: Path, write: Write, remote_images: bool
) -> None:
    parts = [
        "\n\n".join((article((f"{attack} T{number}", f"{attack} S{number}")).split("---\n")[-1], attack))
        for number, attack in enumerate(ATTACKS)
    ]
    name = "a'\"><img src=x onerror=alert(1)>&#63;%2e%2e #x.md"
    head = article(("T", "S")).rpartition("---\n")[0] + "---\n"
    write(f"articles/{name}", head + "\n\n".join(parts))
    extract([Path("articles")])
    path = next(Path("locales").rglob("*.po"))
    catalogue = po.read(path.read_bytes(), str(path))
    for message, attack in zip(catalogue.messages, ATTACKS, strict=False):
        message.comment = attack.replace("\n", " ")
        message.previous_source = attack
        message.fuzzy = True
    path.write_bytes(po.write(catalogue))
    assert preview([path], remote_images=remote_images).pages
    for page in sorted(Path("preview").rglob("*.html")):
        chromium.open(page.resolve().as_uri())
        chromium.key("j")
        chromium.type("#search", "S1") if page.name == "search.html" else None
        outside = [url for url in chromium.requests if not url.startswith("file://")]
        if remote_images:
            outside = [url for url in outside if not re.fullmatch(r"https://evil\.example/\w\.png", url)]
        # An image that is not found may be named on the console; the policy and scripts may not.
        told = [line for line in chromium.console if "net::ERR" not in line]
        assert (outside, told) == ([], []), page
        assert chromium.value("location.protocol") == "file:"
        foreign = "[onerror], [onload], [style], iframe, object, form, base, body link"
        assert chromium.value(f"document.querySelectorAll('{foreign}').length") == 0
        assert chromium.value("document.querySelectorAll('script:not([type])').length") == 1


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run `l10n preview --serve`, and give its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "l10n", "preview", "locales", "--serve"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
    )
    try:
        assert process.stdout
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_page_that_is_served_follows_a_save(chromium: Browser, samples: Path) -> None:
    with serving(samples.parent) as address:
        chromium.open(address + PAGE)
        chromium.wait_for("performance.getEntriesByType('resource').length > 1")
        file = Path("locales/nb_NO.po")
        saved = file.with_suffix(".new")
        saved.write_text(file.read_text().replace("Koden er gyldig i 15", "Koden gjelder i 15"))
        saved.replace(file)
        chromium.wait_for("document.body.innerText.includes('Koden gjelder i 15 minutter.')")
        assert [url for url in chromium.requests if not url.startswith(address)] == []
        assert chromium.console == []


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
IMAGES = "[...document.images].map(image => image.naturalWidth).join()"


def test_images_of_the_articles_are_shown_from_the_disk_and_from_the_server(
    chromium: Browser, samples: Path, write: Write
) -> None:
    page = Path("articles/nb-NO/mail/reset-your-password.md")
    page.write_text(page.read_text() + "\n![a](media/a%20b.svg) ![b](gone.svg) ![c](../../../secret.svg)\n")
    for path in ("articles/nb-NO/mail/media/a b.svg", "secret.svg"):
        write(path, SVG)
    preview([Path("locales")])
    chromium.open((samples / PAGE).as_uri())
    chromium.value("document.images[0].scrollIntoView()")
    chromium.wait_for(f"{IMAGES} === '9,9'")
    assert (chromium.console, {url.rpartition("/")[2] for url in chromium.requests}) == (
        [],
        {"reset-your-password.html", "a%20b.svg"},
    )
    with serving(samples.parent) as address:
        chromium.open(address + PAGE)
        chromium.value("document.images[0].scrollIntoView()")
        chromium.wait_for(f"{IMAGES} === '9,9'")
        assert chromium.console == []
        chromium.open(f"{address}articles/nb-NO/mail/media/a%20b.svg")
        assert "Blocked script execution" in "".join(chromium.console)


@pytest.mark.skipif(bool(missing_packages()), reason="needs Poedit and what drives it")
def test_a_page_that_is_served_follows_poedit(chromium: Browser, samples: Path) -> None:
    page = "articles/nb-NO/devices/set-up-vpn.html"
    shown = "Du trenger Windows 10, versjon 1909 eller nyere."
    with serving(samples.parent) as address, Screen() as screen:
        chromium.open(address + page)
        assert chromium.value("document.querySelectorAll('.bar .reviewed').length") == 0
        poedit = Poedit(screen, samples.parent / "locales/nb_NO.po")
        poedit.go_to(shown)
        poedit.retype(shown.replace("1909", "1903"))
        poedit.save()
        chromium.wait_for("document.body.innerText.includes('versjon 1903 eller nyere')")
        assert chromium.value("document.querySelectorAll('.bar .reviewed').length") == 1
        poedit.quit()


def test_the_server_answers_with_pages_of_the_preview_and_only_to_its_own_address(samples: Path) -> None:
    (samples / "secret.html").write_text("secret")
    (samples.parent / "secret.svg").write_text("secret")
    with serving(samples.parent) as address:
        host = address.removeprefix("http://").rstrip("/")

        def answer(path: str, name: str = host) -> tuple[int, bytes]:
            connection = HTTPConnection(host)
            connection.request("GET", path, headers={"Host": name})
            found = connection.getresponse()
            read = found.status, found.read()
            connection.close()
            return read

        assert answer("/")[0] == answer("/index.html?x=1")[0] == 200
        assert answer("/", "evil.example")[0] == 403
        for path in ("/../locales/nb_NO.po", "/..%2f..%2fsecret.html", "/secret.html", "/l10n-preview.json"):
            assert answer(path)[0] == 404
        for path in ("/articles/../secret.svg", "/secret.svg", "/articles/%2e%2e/secret.svg"):
            assert answer(path)[0] == 404
        for path in ("//etc/passwd", "/articles/", "/%00.html", "/" + "a/" * 3000 + "x.html"):
            assert answer(path)[0] == 404
