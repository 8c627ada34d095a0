"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  // The page of an article.
  const panel = document.getElementById("panel");
  const details = all(".detail");
  let current = -1;

  const copy = (text) => {
    const area = make("textarea", text);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  const close = () => {
    panel.hidden = true;
    document.body.classList.remove("with-panel");
    all(".current").forEach((element) => element.classList.remove("current"));
  };
  const show = (number) => {
    const detail = details[number];
    if (!detail) return;
    close();
    current = number;
    all(`.unit[data-n="${number}"], .state[data-n="${number}"]`).forEach((element) => element.classList.add("current"));
    const texts = detail.cloneNode(true);
    texts.removeAttribute("id");
    const button = make("button", "Copy source", { type: "button" });
    button.addEventListener("click", () => {
      copy(detail.querySelector(".source").textContent);
      button.textContent = "Copied";
    });
    const end = make("button", "Close", { type: "button" });
    end.addEventListener("click", close);
    panel.replaceChildren(texts, button, " ", end);
    panel.hidden = false;
    document.body.classList.add("with-panel");
    (document.getElementById("u" + number) || document.getElementById("s" + number))?.scrollIntoView({ block: "center" });
    history.replaceState(null, "", "#u" + number);
  };
  const bar = (number) => document.querySelector(`.state[data-n="${number}"]`)?.classList;
  const step = (by, wanted = () => true) => {
    for (let number = current + by; number >= 0 && number < details.length; number += by) {
      if (wanted(bar(number) || details[number].classList)) return show(number);
    }
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => step(1, (styles) => styles.contains("state") && !styles.contains("reviewed")),
    f: () => step(1, (styles) => styles.contains("found")),
    c: () => panel.querySelector("button")?.click(),
    Escape: close,
  };
  if (panel) {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in keys)) return;
      event.preventDefault();
      keys[event.key]();
    });
    document.addEventListener("click", (event) => {
      const place = event.target.closest("[data-n]");
      if (!place || panel.contains(event.target) || place.closest("#texts")) return;
      event.preventDefault();
      show(Number(place.dataset.n));
    });
    const [, kind, value] = /^#(u|line=)(\d+)$/.exec(location.hash) || [];
    if (kind === "u") show(Number(value));
    if (kind === "line=") {
      const unit = document.querySelector(`.unit[data-line="${value}"]`);
      if (unit) show(Number(unit.dataset.n));
    }
  }

  // The list of articles: sorted by a column, filtered by folder, state and text.
  const list = document.querySelector("table.list.sortable");
  if (list) {
    const rows = all("tbody tr", list);
    const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent;
    all("thead th", list).forEach((head, column) => {
      const button = make("button", head.textContent, { type: "button" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        all("thead th", list).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const number = head.classList.contains("number");
        const compare = (a, b) => (number ? value(a, column) - value(b, column) : value(a, column) < value(b, column) ? -1 : 1);
        rows.sort((a, b) => (descending ? -compare(a, b) : compare(a, b)));
        list.tBodies[0].append(...rows);
      });
    });
    const [folder, only, words] = ["folder", "only", "words"].map((name) => document.getElementById(name));
    const filter = () => {
      let shown = 0;
      for (const row of rows) {
        const is = row.dataset;
        row.hidden = !(
          (!folder.value || is.folder === folder.value || is.folder.startsWith(folder.value + "/")) &&
          (!only.value || Number(is[only.value]) > 0) &&
          plain(row.cells[0].textContent).includes(plain(words.value))
        );
        shown += !row.hidden;
      }
      document.getElementById("shown").textContent = `${shown} of ${rows.length} articles`;
    };
    [folder, only, words].forEach((field) => field.addEventListener("input", filter));
    document.querySelector(".filters").hidden = false;
    filter();
  }

  // The search: every word must be in the source or the target. It needs no word breaks, so any script works.
  const box = document.getElementById("search");
  if (box) {
    const { pages, texts } = JSON.parse(document.getElementById("data").textContent);
    const found = texts.map(([, , source, target]) => plain(source + "\n" + target));
    const search = () => {
      const wanted = plain(box.value).split(/\s+/).filter(Boolean);
      const hits = wanted.length ? texts.filter((_, number) => wanted.every((word) => found[number].includes(word))) : [];
      document.getElementById("count").textContent = wanted.length
        ? `${hits.length} found${hits.length > 200 ? ", the first 200 are shown" : ""}` : "";
      document.getElementById("hits").replaceChildren(...hits.slice(0, 200).map(([page, line, source, target]) => {
        const hit = make("div", "", { class: "hit" });
        const [href, label, lang, dir] = pages[page];
        hit.append(make("p", source, { lang: "en", dir: "ltr" }), make("p", target, { lang, dir }));
        hit.append(make("a", `${label}:${line}`, { href: `${href}#line=${line}` }));
        return hit;
      }));
    };
    box.addEventListener("input", search);
    search();
  }

  // With `l10n preview --serve`: load the page again when it has changed.
  if (document.querySelector("meta[http-equiv]").content.includes("connect-src")) {
    let known;
    setInterval(async () => {
      try {
        const version = await (await fetch("/.version", { cache: "no-store" })).text();
        if (known !== undefined && version !== known) location.reload();
        known = version;
      } catch { /* the server has stopped */ }
    }, 400);
  }
})();
