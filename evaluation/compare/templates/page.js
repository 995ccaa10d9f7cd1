/* The state of the page, which its address holds, and the keys. */
(() => {
  "use strict";
  const { index } = data;
  const element = (id) => document.getElementById(id);
  const [best, second] = [index.ranking[0] ?? 0, index.ranking[1] ?? index.ranking[0] ?? 0];
  const plain = {
    metric: index.rankedBy, left: best, right: second, q: "", desk: "", only: "",
    sort: "gap", way: -1, article: "", base: best, marks: true,
  };
  let state = { ...plain };
  let opened = null;

  const whole = (text, most, otherwise) => (/^\d+$/.test(text ?? "") && Number(text) < most ? Number(text) : otherwise);
  const SORTS = ["title", "desk", "published", "words", "first", "second", "difference", "gap", "spread"];

  /** Read the state from the address; what it cannot mean is left as it would be. */
  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    const runs = index.runs.length;
    return {
      metric: index.metrics.some((metric) => metric.name === given.get("metric")) ? given.get("metric") : plain.metric,
      left: whole(given.get("left"), runs, plain.left), right: whole(given.get("right"), runs, plain.right),
      q: given.get("q") ?? "", desk: given.get("desk") ?? "", only: ["left", "right"].includes(given.get("only")) ? given.get("only") : "",
      sort: SORTS.includes(given.get("sort")) ? given.get("sort") : plain.sort, way: given.get("way") === "1" ? 1 : -1,
      article: given.get("article") ?? "", base: whole(given.get("base"), runs, plain.base), marks: given.get("marks") !== "no",
    };
  };

  /** Write a state as a fragment: only what is not plain. */
  const write = (wanted) => {
    const parts = Object.entries(wanted).filter(([name, value]) => value !== plain[name])
      .map(([name, value]) => `${name}=${encodeURIComponent(name === "marks" ? (value ? "yes" : "no") : value)}`);
    return `#${parts.join("&")}`;
  };

  const better = () => index.metrics.find((metric) => metric.name === state.metric).better;

  /** Put the parts that belong to a metric into their places. */
  const kept = new Map();
  let placed = index.rankedBy;
  const place = (metric) => {
    if (metric === placed) return;
    const parts = () => [...document.querySelectorAll("main [data-part]")];
    kept.set(placed, new Map(parts().map((part) => [part.dataset.part, [...part.childNodes]])));
    if (!kept.has(metric)) {
      const template = [...document.querySelectorAll("template[data-metric]")].find((each) => each.dataset.metric === metric);
      kept.set(metric, new Map([...template.content.cloneNode(true).children].map((part) => [part.dataset.part, [...part.childNodes]])));
    }
    for (const part of parts()) part.replaceChildren(...(kept.get(metric).get(part.dataset.part) ?? []));
    placed = metric;
  };

  const fill = (select, options) => select.append(...options.map(([value, text]) => make("option", { value }, text)));
  const names = index.runs.map((run, at) => [at, `${run.letter} ${run.label}`]);
  fill(element("left"), names);
  fill(element("right"), names);

  /** Show the state. */
  const show = async () => {
    place(state.metric);
    for (const id of ["metric", "left", "right", "desk", "only"]) element(id).value = String(state[id]);
    if (element("search").value !== state.q) element("search").value = state.q;
    await list.draw({ ...state, better: better() }, choose, (key) => write({ ...state, article: key }));
    list.mark(state.article);
    await open();
  };

  /** Show the chosen article, or none. */
  const open = async () => {
    const section = element("section-article");
    const row = state.article ? (await data.rows()).findIndex((each) => each[0] === state.article) : -1;
    section.hidden = row < 0;
    if (row < 0) { opened = null; return; }
    const [rows, texts, scores] = await Promise.all([data.rows(), data.texts(state.article), data.scores(state.metric)]);
    const focused = document.activeElement?.id;
    article.draw(rows[row], texts, scores?.[row] ?? null, {
      base: state.base, marks: state.marks, part: state.metric.split(".")[0], choose, step, close,
    });
    if (opened !== state.article) {
      opened = state.article;
      section.scrollIntoView();
      element("heading-article").focus({ preventScroll: true });
    } else if (focused) element(focused)?.focus({ preventScroll: true });
  };

  /** Change the state in place; the address follows. */
  const choose = (change) => {
    const column = document.activeElement?.dataset?.column;
    state = { ...state, ...change };
    history.replaceState(null, "", write(state));
    return show().then(() => { if (column) document.querySelector(`[data-column="${column}"]`)?.focus(); });
  };

  const step = (way) => {
    if (!state.article) { const key = list.beside(list.focused(), way); if (key) list.focus(key); return; }
    const key = list.beside(state.article, way);
    if (key && key !== state.article) choose({ article: key });
  };

  const close = async () => {
    const key = state.article;
    await choose({ article: "" });
    list.focus(key);
  };

  /** Follow the address, if it means a state and no part of the page. */
  const follow = async () => {
    const anchor = location.hash.slice(1);
    if (anchor && !anchor.includes("=")) return;
    state = read();
    await show();
    arrive(anchor);
  };

  /** Go to the part of the page that a link names beside the state. */
  const arrive = (anchor) => {
    const at = new URLSearchParams(anchor).get("at");
    if (at && /^section-[a-z]+$/.test(at)) { element(at)?.scrollIntoView(); element("left").focus({ preventScroll: true }); }
  };
  addEventListener("hashchange", follow);

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (event.key === "Escape") {
      if (target === element("search") && target.value) { choose({ q: "" }); return; }
      if (target === element("search")) { target.blur(); return; }
      if (state.article) close();
      return;
    }
    if (target.closest("input, select, textarea")) return;
    if (event.key === "/") { event.preventDefault(); element("search").focus(); element("search").select(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (list.focused() && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  for (const id of ["metric", "desk", "only"]) element(id).addEventListener("change", () => choose({ [id]: element(id).value }));
  for (const id of ["left", "right"]) element(id).addEventListener("change", () => choose({ [id]: Number(element(id).value) }));
  element("search").addEventListener("input", () => choose({ q: element("search").value }));
  for (const id of ["controls", "list-controls"]) {
    element(id).addEventListener("submit", (event) => event.preventDefault());
    element(id).hidden = false;
  }

  /** Print what is folded away, too. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));

  const start = async () => {
    const desks = new Set((await data.rows()).map((row) => row[5]).filter((desk) => desk !== null));
    fill(element("desk"), [...desks].sort().map((desk) => [desk, desk]));
    state = read();
    await show();
    document.documentElement.dataset.ready = "yes";
    arrive(location.hash.slice(1));
  };
  start();
})();
