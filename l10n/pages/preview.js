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
  const text = (number) => Math.round(number).toLocaleString("en-US");

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

  // The list of articles: sorted by a column, filtered by folder, state and text; a part of it is shown.
  const data = () => JSON.parse(document.getElementById("data").textContent);
  const list = document.querySelector("table.list.sortable");
  if (list) {
    const { folders, locales, rows } = data();
    const SHOWN = 200, FIRST = 4; // as in index.py: rows that are shown, the first number in a row
    const label = (row) => folders[row[0]][0] + row[1];
    const names = rows.map((row) => plain(label(row)));
    const value = [label, (row) => locales[row[3]]];
    const columns = list.tHead.rows[0].cells.length;
    for (let column = 2; column < columns; column++) value[column] = (row) => row[FIRST + column - 2];
    const which = { open: FIRST + columns - 2, errors: 7, warnings: 8, doubts: 10, risk: 11 };
    const order = rows.map((_, number) => number);
    let found = order, shown = 0;

    const element = (row) => {
      const line = make("tr", "");
      const cell = make("td", "");
      const page = row[2] || encodeURIComponent(row[1].replace(/\.md$/, ".html"));
      cell.append(make("a", label(row), { href: folders[row[0]][1] + page }));
      line.append(cell, make("td", value[1](row)));
      for (const number of row.slice(FIRST, FIRST + columns - 2))
        line.append(make("td", text(number)));
      return line;
    };
    const more = make("button", "Show more", { type: "button" });
    const show = () => {
      list.tBodies[0].append(...found.slice(shown, shown + SHOWN).map((number) => element(rows[number])));
      shown = Math.min(found.length, shown + SHOWN);
      more.hidden = shown === found.length;
      document.getElementById("shown").textContent =
        `${text(found.length)} of ${text(rows.length)} articles` + (more.hidden ? "" : `, the first ${text(shown)} are shown`);
    };
    const restart = () => {
      list.tBodies[0].replaceChildren();
      shown = 0;
      show();
    };
    const [folder, only, words] = ["folder", "only", "words"].map((name) => document.getElementById(name));
    const filter = () => {
      const wanted = plain(words.value);
      found = order.filter((number) => {
        const row = rows[number];
        return (!folder.value || folders[row[0]][2].startsWith(folder.value + "/")) &&
          (!only.value || row[which[only.value]] > 0) && names[number].includes(wanted);
      });
      restart();
    };
    all("thead th", list).forEach((head, column) => {
      const button = make("button", head.textContent, { type: "button" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        all("thead th", list).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
        const values = rows.map(value[column]);
        order.sort((a, b) => (values[a] < values[b] ? -sign : values[a] > values[b] ? sign : a - b));
        filter();
      });
    });
    more.addEventListener("click", show);
    list.parentElement.after(more);
    [folder, only, words].forEach((field) => field.addEventListener("input", filter));
    document.querySelector(".filters").hidden = false;
    for (const lists of all(".lists")) lists.hidden = true;
    filter();
  }

  // The search: every word must be in the source or the target. It needs no word breaks, so any script works.
  const box = document.getElementById("search");
  if (box) {
    const { pages, texts } = data();
    const found = texts.map(([, , source, target]) => plain(source + "\n" + target));
    const parts = all(".parts a");
    const next = document.querySelector(".parts [rel=next]");
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
      const query = box.value ? "#q=" + encodeURIComponent(box.value) : "#";
      history.replaceState(null, "", query);
      for (const part of parts) part.hash = query;
      return hits.length;
    };
    box.addEventListener("input", search);
    // Enter goes to the next part, and on until something is found.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !next || !box.value) return;
      search();
      location.assign(next.href);
    });
    const asked = /^#q=(.+)$/.exec(location.hash);
    if (asked) box.value = decodeURIComponent(asked[1]);
    if (!search() && asked && next) location.replace(next.href);
    box.focus();
  }

  // With `l10n preview --serve`: load the page again when it has changed.
  if (document.querySelector("meta[http-equiv]").content.includes("connect-src")) {
    let known;
    setInterval(async () => {
      try {
        const version = await (await fetch("/.version" + location.pathname, { cache: "no-store" })).text();
        if (known !== undefined && version !== known) location.reload();
        known = version;
      } catch { /* the server has stopped */ }
    }, 250);
  }
})();
