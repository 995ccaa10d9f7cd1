(() => {
  "use strict";
  const controls = document.getElementById("controls");
  const list = document.querySelector(".stories");
  const stories = [...document.querySelectorAll(".story")];

  let reached = null;

  /** Open the article that the address names, even if a filter hides it. */
  const follow = () => {
    let anchor = location.hash.slice(1);
    try { anchor = decodeURIComponent(anchor); } catch { /* taken as it is */ }
    const story = stories.find((each) => each.id === anchor);
    if (!story) return;
    reached = story;
    story.hidden = false;
    story.open = true;
    story.scrollIntoView();
    story.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);

  /** Print everything that is shown, whether open or not. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));

  if (!controls) return;
  const [search, show, sort, shown, toggle] = ["search", "show", "sort", "shown", "toggle"]
    .map((id) => document.getElementById(id));
  const facts = new Map(stories.map((story) => [story, {
    position: Number(story.dataset.position),
    warnings: Number(story.dataset.warnings),
    codes: story.dataset.codes.split("\n"),
    scores: JSON.parse(story.dataset.scores),
    words: null,
  }]));
  const visible = () => stories.filter((story) => !story.hidden);

  const matches = (story, words) => {
    const fact = facts.get(story);
    if (show.value === "*" && !fact.warnings) return false;
    if (show.value.startsWith("=") && !fact.codes.includes(show.value.slice(1))) return false;
    if (!words.length) return true;
    fact.words ??= story.textContent.toLowerCase();
    return words.every((word) => fact.words.includes(word));
  };

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    stories.forEach((story) => { story.hidden = !matches(story, words); });
    const count = visible().length;
    shown.value = count === stories.length ? `${count} shown` : `${count} of ${stories.length} shown`;
    label();
  };

  /** Order the articles; those without the score come last. */
  const order = () => {
    const sign = sort.value[0] === "-" ? -1 : 1;
    const name = sort.value.slice(1);
    const rank = (story) => {
      const fact = facts.get(story);
      if (!sort.value) return fact.position;
      if (sort.value === "warnings") return -fact.warnings;
      return Object.hasOwn(fact.scores, name) ? sign * fact.scores[name] : Infinity;
    };
    const places = new Map(stories.map((story) => [story, rank(story)]));
    stories.sort((a, b) => {
      const [first, second] = [places.get(a), places.get(b)];
      return first === second ? facts.get(a).position - facts.get(b).position : first - second;
    });
    list.append(...stories);
  };

  const label = () => {
    toggle.textContent = visible().some((story) => !story.open) ? "Open all" : "Close all";
  };
  toggle.addEventListener("click", () => {
    const open = visible().some((story) => !story.open);
    visible().forEach((story) => { story.open = open; });
    label();
  });

  const step = (way) => {
    const all = visible();
    const at = all.indexOf(document.activeElement.closest(".story") ?? reached);
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + way, 0), all.length - 1)];
    if (!next) return;
    reached = next;
    next.querySelector("summary").focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && event.target === search) { search.value = ""; filter(); search.blur(); }
    if (typing) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  controls.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", filter);
  show.addEventListener("change", filter);
  sort.addEventListener("change", order);
  list.addEventListener("toggle", label, true);
  controls.hidden = false;
  // A reload may bring back what was typed and chosen.
  if (sort.value) order();
  filter();
  follow();
})();
