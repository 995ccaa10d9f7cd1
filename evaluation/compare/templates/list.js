/* The list of articles: filtered, sorted, and drawn some at a time. */
const list = (() => {
  "use strict";
  const BATCH = 50;
  const table = document.getElementById("list");
  const [head, body] = [table.tHead.rows[0], table.tBodies[0]];
  const [more, shown] = ["more", "shown"].map((id) => document.getElementById(id));
  let order = [];
  let drawn = 0;
  let current = null;

  const columns = (state) => {
    const { runs } = data.index;
    const [left, right] = [runs[state.left].letter, runs[state.right].letter];
    return [
      ["title", "Article", "", 1], ["desk", "Desk", "", 1], ["published", "Published", "", -1], ["words", "Words", "n", -1],
      ["first", left, "n", -1], ["second", right, "n", -1], ["difference", `${left} less ${right}`, "n", -1], ["gap", "Gap", "n", -1], ["spread", "All runs apart", "n", -1],
    ];
  };

  /** Gather what the columns show of each article. */
  const measure = (rows, scores, state) => rows.map((row, place) => {
    const own = scores[place] ?? [];
    const [first, second] = [own[state.left] ?? null, own[state.right] ?? null];
    const known = own.filter((score) => score !== null);
    const difference = first === null || second === null ? null : first - second;
    return {
      row, place, title: row[4] ?? row[3] ?? row[1], desk: row[5], published: row[6], words: row[7], first, second, difference,
      gap: difference === null ? null : Math.abs(difference),
      spread: known.length ? Math.max(...known) - Math.min(...known) : null,
    };
  });

  const matches = (each, state, words) => {
    if (state.desk && each.desk !== state.desk) return false;
    if (state.only) {
      const sign = (state.better === "lower" ? -1 : 1) * (state.only === "left" ? 1 : -1);
      if (each.difference === null || !(sign * each.difference > 0)) return false;
    }
    if (!words.length) return true;
    const text = [each.row[0], each.row[1], each.row[3], each.row[4], each.row[5]].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };

  const compare = (name, way) => (a, b) => {
    const [first, second] = [a[name], b[name]];
    if (first === second || (first ?? null) === (second ?? null)) return a.place - b.place;
    if (first === null || first === undefined) return 1;
    if (second === null || second === undefined) return -1;
    return way * (typeof first === "string" ? first.localeCompare(second) : first - second) || a.place - b.place;
  };

  const drawHead = (state, choose) => {
    head.replaceChildren(...columns(state).map(([name, text, kind, way]) => {
      const button = make("button", { type: "button", "data-column": name }, text);
      const active = state.sort === name;
      button.addEventListener("click", () => choose({ sort: name, way: active ? -state.way : way }));
      return make("th", { scope: "col", class: kind || null, "aria-sort": active ? (state.way > 0 ? "ascending" : "descending") : null }, button);
    }));
  };

  const drawRow = (each, link) => make("tr", { "data-key": each.row[0], class: each.row[0] === current ? "open" : null },
    make("th", { scope: "row" }, make("a", { href: link(each.row[0]), dir: "auto", lang: language(data.index.runs[0].target) }, each.title),
      each.row[4] !== null && each.row[3] !== null ? make("span", { class: "original", dir: "auto", lang: language(data.index.runs[0].source) }, each.row[3]) : null),
    make("td", {}, make("bdi", {}, each.desk ?? "–")), make("td", {}, each.published ?? "–"), make("td", { class: "n" }, String(each.words)),
    make("td", { class: "n" }, showScore(each.first)), make("td", { class: "n" }, showScore(each.second)),
    make("td", { class: "n value" }, showDifference(each.difference)), make("td", { class: "n" }, showScore(each.gap)), make("td", { class: "n" }, showScore(each.spread)));

  let linkTo = (key) => `#article=${encodeURIComponent(key)}`;
  const extend = (count = BATCH) => {
    body.append(...order.slice(drawn, drawn + count).map((each) => drawRow(each, linkTo)));
    drawn = Math.min(order.length, drawn + count);
    more.hidden = drawn >= order.length;
  };

  /** Filter, sort and draw. */
  const draw = async (state, choose, link) => {
    linkTo = link;
    const [rows, scores] = await Promise.all([data.rows(), data.scores(state.metric)]);
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    order = measure(rows, scores ?? [], state).filter((each) => matches(each, state, words)).sort(compare(state.sort, state.way));
    drawHead(state, choose);
    body.replaceChildren();
    drawn = 0;
    extend();
    table.hidden = false;
    shown.value = order.length === rows.length ? `${rows.length} articles` : `${order.length} of ${rows.length} articles`;
  };

  more.addEventListener("click", () => extend());
  new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) extend(); }, { rootMargin: "600px" }).observe(more);

  const rowOf = (key) => [...body.rows].find((row) => row.dataset.key === key);

  return {
    draw,
    /** Return the key of the article before or behind this one. */
    beside: (key, way) => {
      const at = order.findIndex((each) => each.row[0] === key);
      return order[at < 0 ? 0 : Math.min(Math.max(at + way, 0), order.length - 1)]?.row[0] ?? null;
    },
    /** Mark the article that is open. */
    mark: (key) => {
      current = key;
      for (const row of body.rows) row.classList.toggle("open", row.dataset.key === key);
    },
    /** Put the focus on an article's line. */
    focus: (key) => {
      while (!rowOf(key) && drawn < order.length) extend();
      rowOf(key)?.querySelector("a").focus();
    },
    focused: () => document.activeElement?.closest("#list tbody tr")?.dataset.key ?? null,
  };
})();
