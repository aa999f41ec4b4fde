// What a page without script cannot do: search, choose companies, show both ends of a link, explain on hover. It makes no markup from text.
"use strict";
(() => {
  const root = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const facts = one("#facts");
  root.classList.add("js");

  // Interface language: the page's own tag follows the switch, for screen readers and fonts.
  const speak = () => { root.lang = one("#zh").checked ? "zh-Hans" : "en"; };
  all("input[name=language]").forEach((input) => input.addEventListener("change", speak));

  // On a small screen the filters would stand before the facts.
  if (matchMedia("(max-width:999px)").matches) all(".fold").forEach((fold) => { fold.open = false; });

  // Filters. The style sheet hides by kind, status and hearsay; the rest is hidden here, and what is left without a fact.
  const rows = all("#facts [id^=f]");
  const sections = all(".co");
  const blocks = all(".block");
  const boxes = all(".list input");
  const search = one("#search");
  const shown = one("#shown");
  const words = new Map();
  const textOf = (row) => {
    if (!words.has(row)) words.set(row, ((row.closest("li") || row.closest("tr") || row).textContent + " " + one("h2", row.closest(".co")).textContent).toLowerCase());
    return words.get(row);
  };
  const isSeen = (element) => element.getClientRects().length > 0;
  // What the style sheet's filters decide by, asked once: the page is not measured for a count.
  const statuses = all("[id^=s-]").map((box) => box.id.slice(2));
  const traits = new Map();
  const traitsOf = (row) => {
    if (!traits.has(row)) {
      const block = row.closest(".block");
      const status = row.matches("tr") && statuses.find((name) => one(".w-" + name, row));
      traits.set(row, {row, block, section: block.parentElement, kind: /k-\w/.exec(block.className)[0], status: status || "", isHearsay: row.matches(".h")});
    }
    return traits.get(row);
  };
  let pending = 0;
  const filter = () => {
    clearTimeout(pending);
    const sought = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => "c" + box.value));
    const barred = new Set(all(".choice input[type=checkbox]").filter((box) => !box.checked).map((box) => box.id));
    const hearsay = one("input[name=hearsay]:checked").id;
    const full = new Set();
    let count = 0;
    for (const {row, block, section, kind, status, isHearsay} of rows.map(traitsOf)) {
      const isFound = sought.every((word) => textOf(row).includes(word));
      row.classList.toggle("off", !isFound);
      if (!isFound || (chosen.size > 0 && !chosen.has(section.id)) || barred.has(kind) || barred.has("s-" + status)) continue;
      if (isHearsay ? hearsay === "h-without" : hearsay === "h-only") continue;
      count += 1;
      full.add(block).add(section);
    }
    for (const element of [...sections, ...blocks]) element.classList.toggle("off", !full.has(element));
    for (const item of all(".chips li")) item.classList.toggle("off", !one("[id^=f]:not(.off)", item));
    shown.textContent = String(count);
    one("#nothing").hidden = count > 0 || rows.length === 0;
  };
  const later = () => { clearTimeout(pending); pending = setTimeout(filter, 120); };
  const reset = () => {
    search.value = "";
    boxes.forEach((box) => { box.checked = false; });
    all(".choice input[type=checkbox]").forEach((box) => { box.checked = true; });
    one("#h-all").checked = true;
    filter();
  };
  search.addEventListener("input", later);
  one(".side").addEventListener("change", filter);
  one("#reset").addEventListener("click", reset);

  // A fact and its source are chosen together, whichever end was followed.
  const byId = (id) => document.getElementById(id);
  const linkOf = (fact) => fact.matches("a") ? fact : one("a[href^='#m']", fact);
  const pointAt = (paragraph, column) => {  // [node, place] of a code point of a line; past its end, the end
    let left = column;
    let last = [paragraph, 0];
    const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (parent.matches(".more")) continue;
      if (left === 0) return [node, 0];
      if (parent.matches(".odd")) { left -= 1; last = [node, node.length]; continue; }
      let place = 0;
      for (const character of node.data) {
        if (left === 0) return [node, place];
        left -= 1;
        place += character.length;
      }
      last = [node, place];
    }
    return last;
  };
  const rangesOf = (link) => {  // of the values that stand outside the quote: {code, range, line}
    const mark = byId(link.hash.slice(1));
    if (!mark || !link.dataset.s) return [];
    return link.dataset.s.split(" ").flatMap((part) => {
      const [, code, line, column, length] = /^(\w)(\d+)\.(\d+)\+(\d+)$/.exec(part) || [];
      const paragraph = code && one(`p[data-l="${line}"]`, mark.closest("article"));
      if (!paragraph) return [];
      const range = document.createRange();
      range.setStart(...pointAt(paragraph, Number(column)));
      range.setEnd(...pointAt(paragraph, Number(column) + Number(length)));
      return [{code, range, line}];
    });
  };
  const choose = () => {
    all(".on").forEach((element) => element.classList.remove("on"));
    if (window.CSS && CSS.highlights) CSS.highlights.delete("value");
    const [, end, number] = /^#([fm])(\d+)$/.exec(location.hash) || [];
    if (!number) return;
    const fact = byId("f" + number);
    const mark = byId("m" + number);
    if (!fact) return;
    if (!isSeen(fact)) reset();
    const link = linkOf(fact);
    for (const element of [fact, mark]) if (element) element.classList.add("on");
    const other = end === "f" ? mark : fact;
    const isBeside = matchMedia("(min-width:1000px)").matches;
    if (other && isBeside) other.scrollIntoView({block: "center", inline: "nearest"});
    if (end === "f") fact.scrollIntoView({block: isBeside ? "center" : "start", inline: "start"});
    if (link && window.Highlight && CSS.highlights) CSS.highlights.set("value", new Highlight(...rangesOf(link).map((item) => item.range)));
  };
  addEventListener("hashchange", choose);
  choose();

  // What a link to a source tells on hover and focus.
  const box = byId("tipbox");
  let owner = null;
  const said = (cell) => {  // a cell's text; words that the style sheet translates are no text
    const words = [cell, ...all("[class^=w-]", cell)].map((element) => getComputedStyle(element, "::before").content);
    return [cell.innerText, ...words.map((word) => (/^"(.*)"$/.exec(word) || [])[1])].map((part) => (part || "").trim()).filter(Boolean).join(" ");
  };
  const show = (target) => {
    const id = /^m\d/.test(target.id) ? target.id.slice(1) : (/^#[fm](\d+)$/.exec(target.hash || "") || [])[1];
    const fact = id && byId("f" + id);
    const link = fact && linkOf(fact);
    if (!link) return;
    if (link.title) { link.dataset.t = link.title; link.removeAttribute("title"); }
    if (target.title) { target.dataset.t = target.title; target.removeAttribute("title"); }
    const [rule, ...date] = (link.dataset.t || "date").split(" · ");
    if (fact.closest(".block.k-d") && !date.length) date.push(link.textContent + " → " + fact.cells[0].innerText);
    const published = one(".pub", byId("m" + id)?.closest("article") || box);
    const carried = rangesOf(link).find((item) => item.code === "c");
    box.replaceChildren(byId("tip").content.cloneNode(true));
    const company = fact.closest(".co").querySelector("h2 > span").innerText;
    const cells = fact.matches("tr") ? [...fact.cells].filter((cell) => !cell.matches("[lang], .ch")) : [fact.closest("li, tr").querySelector("b, th"), fact];
    const value = cells.map(said).filter(Boolean).join(" · ");
    one(".t-value dd", box).textContent = [company, value].filter(Boolean).join(": ");
    one(".t-rule dd", box).textContent = rule;
    const dated = one(".t-date", box);
    if (date.length) {
      one("dd > span", dated).textContent = date.join(" · ");
      if (published) one(".t-pub b", dated).textContent = published.textContent; else one(".t-pub", dated).remove();
    } else dated.remove();
    const from = one(".t-from", box);
    if (carried) { one("dd > span", from).textContent = carried.range.toString(); one("dd > b", from).textContent = carried.line; } else from.remove();
    const times = one(".t-n", box);
    if (link.dataset.n) one("dd > b", times).textContent = link.dataset.n; else times.remove();
    box.hidden = false;
    owner = target;
    const at = target.getClientRects()[0] || target.getBoundingClientRect();
    const below = at.bottom + 8 + box.offsetHeight < innerHeight;
    box.style.left = Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8)) + "px";
    box.style.top = Math.max(8, below ? at.bottom + 8 : at.top - 8 - box.offsetHeight) + "px";
    target.setAttribute("aria-describedby", "tipbox");
  };
  const hide = () => {
    box.hidden = true;
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
  };
  const hinted = "#facts a[href^='#m'], p[data-l] :is(mark, a)";
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const target = event.target.closest?.(hinted);
      if (target === owner) return;
      hide();
      if (target) show(target);
    });
  }
  addEventListener("scroll", hide, true);
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hide(); if (document.activeElement === search && search.value) { search.value = ""; filter(); } }
    if (event.key === "/" && event.target !== search) { event.preventDefault(); search.focus(); }
  });
})();
