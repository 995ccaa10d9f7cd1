/* One article, side by side over all runs. */
const article = (() => {
  "use strict";
  const { runs } = data.index;
  const place = document.getElementById("article");

  /** Put runs that wrote the same text together; the chosen run's group comes first. */
  const grouped = (texts, base) => {
    const groups = new Map();
    texts.forEach((text, run) => {
      if (text === null) return;
      if (!groups.has(text)) groups.set(text, []);
      groups.get(text).push(run);
    });
    return [...groups].sort((a, b) => b[1].includes(base) - a[1].includes(base));
  };

  /** Return the text as nodes, with facts underlined. */
  const marked = (text, spots) => {
    const nodes = [];
    let at = 0;
    for (const spot of [...spots].sort((a, b) => a.start - b.start)) {
      if (spot.start < at || spot.end > text.length) continue;
      nodes.push(text.slice(at, spot.start));
      nodes.push(make("mark", { title: spot.title }, text.slice(spot.start, spot.end), make("sup", {}, String(spot.number))));
      at = spot.end;
    }
    nodes.push(text.slice(at));
    return nodes;
  };

  /** Return the text as nodes: what differs from the chosen run's, or its facts. */
  const written = (text, against, spots) => {
    if (against === null || against === text || !choice.marks) return marked(text, spots);
    return diff.compare(against, text).map(([kind, piece]) => (kind ? make(kind, {}, piece) : piece));
  };

  let choice = { base: 0, marks: true };

  const spotsOf = (facts, where, sentence, members) => facts.flatMap((fact, number) => fact.spots
    .filter((spot) => spot && spot[0] === where && spot[1] === sentence && (members === null || members.includes(fact.run)))
    .map((spot) => ({ start: spot[2], end: spot[3], number: number + 1, title: `${fact.kind} ${fact.side}` })));

  const names = { translation: "translation", extractive: "extract", abstractive: "abstract" };

  const factList = (facts) => (facts.length ? make("section", {},
    make("h3", {}, "Facts that do not agree"),
    make("ol", { class: "facts-list" }, ...facts.map((fact, number) => make("li", {},
      make("b", {}, `${number + 1} `), letterOf(fact.run),
      ` ${names[fact.part] ?? fact.part}: ${fact.kind} ${fact.side === "missing" ? "is missing" : "is added"}`,
      fact.text ? ": " : "", make("bdi", {}, fact.text))))) : null);

  const warningList = (warnings) => {
    const lines = warnings.flatMap((some, run) => some.map((text) => [text, run]));
    const groups = new Map();
    for (const [text, run] of lines) groups.set(text, [...(groups.get(text) ?? []), run]);
    if (!groups.size) return null;
    return make("details", {}, make("summary", {}, `Warnings: ${groups.size}`), make("ul", { class: "warnings" },
      ...[...groups].map(([text, some]) => make("li", { dir: "auto" }, ...some.map(letterOf), " ", text))));
  };

  const cards = (title, texts, where, facts, numbers) => {
    const groups = grouped(texts, choice.base);
    if (!groups.length) return null;
    const against = texts[choice.base];
    return make("section", {}, make("h3", {}, title), make("div", { class: "cards" },
      ...groups.map(([text, members]) => make("article", { class: members.includes(choice.base) ? "card chosen" : "card" },
        make("p", { class: "who" }, ...members.map(letterOf),
          members.length === 1 ? make("bdi", {}, runs[members[0]].label) : `${members.length} runs, same text`,
          numbers ? make("span", { class: "number" }, members.map((run) => showScore(numbers[run])).filter((value, at, all) => all.indexOf(value) === at).join(", ")) : null),
        make("p", { lang: language(runs[members[0]].target), dir: "auto" }, ...written(text, against, spotsOf(facts, where, null, members)))))));
  };

  const textTable = (texts, facts) => {
    let last = null;
    const lines = texts.sentences.map(([paragraph, kind, source, targets, picked], sentence) => {
      const first = paragraph !== last;
      last = paragraph;
      const classes = [first && "paragraph", kind === "subhead" && "subhead", picked.includes(choice.base) && "picked"];
      const groups = grouped(targets, choice.base);
      const against = targets[choice.base];
      return make("tr", { class: classes.filter(Boolean).join(" ") },
        make("td", { class: "who" }, ...(picked.length ? [make("span", { class: "unseen" }, "picked by "), ...picked.map(letterOf)] : [])),
        make("td", { class: "source", lang: language(runs[choice.base].source), dir: "auto" }, ...marked(source, spotsOf(facts, "source", sentence, null))),
        make("td", {}, ...groups.map(([text, members]) => make("div", { class: "variant", lang: language(runs[members[0]].target), dir: "auto" },
          ...(groups.length > 1 ? [...members.map(letterOf), " "] : []),
          ...written(text, against, spotsOf(facts, "target", sentence, members))))));
    });
    return make("section", {}, make("h3", {}, "The text"),
      make("table", { class: "texts" },
        make("caption", {}, `Letters on the side: runs whose extract has the sentence; those of ${runs[choice.base].letter} are highlighted.`),
        make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "who" }, "Extract"), make("th", { scope: "col" }, "Source"), make("th", { scope: "col" }, "Translation"))),
        make("tbody", {}, ...lines)));
  };

  const resolve = (texts) => {
    const text = (at) => (at === null ? null : texts.strings[at]);
    return {
      ...texts,
      titles: texts.titles.map(text), extracts: texts.extracts.map(text), abstracts: texts.abstracts.map(text),
      sentences: texts.sentences.map(([paragraph, kind, source, targets, picked]) => [paragraph, kind, text(source), targets.map(text), picked]),
      referenceTranslation: text(texts.referenceTranslation), referenceSummaries: texts.referenceSummaries.map(text),
    };
  };

  /** Draw the article; head is its row, numbers its scores by the chosen metric. */
  const draw = (head, packed, numbers, settings) => {
    choice = settings;
    const [key, id, version, title, , desk, published, words] = head;
    const made = [make("p", { class: "meta" },
      make("a", { href: `#article=${encodeURIComponent(key)}`, title: "Link to this article" }, make("bdi", {}, id)),
      make("span", {}, `version ${version}`), desk ? make("bdi", {}, desk) : null, published ? make("span", {}, published) : null, make("span", {}, `${words} words`))];
    if (!packed) {
      place.replaceChildren(make("h2", { id: "heading-article", tabindex: "-1" }, make("bdi", {}, title ?? id)), ...made, make("p", { class: "empty" }, "No texts of this article are on the page."));
      return;
    }
    const texts = resolve(packed);
    const facts = texts.facts;
    const titles = grouped(texts.titles, choice.base);
    const source = { lang: language(runs[choice.base].source), dir: "auto" };
    const target = { lang: language(runs[choice.base].target), dir: "auto" };
    place.replaceChildren(...[
      make("h2", { id: "heading-article", tabindex: "-1", ...target }, texts.titles[choice.base] ?? title ?? id),
      title === null ? null : make("p", { class: "original", ...source }, ...marked(title, spotsOf(facts, "source", null, null))),
      ...made, steps(),
      titles.length > 1 ? cards("Titles", texts.titles, "target", facts, null) : null,
      factList(facts),
      cards("Abstracts", texts.abstracts, "abstractive", facts, settings.part === "abstractive" ? numbers : null),
      cards("Extracts", texts.extracts, "extractive", facts, settings.part === "extractive" ? numbers : null),
      texts.referenceSummaries.length ? make("section", {}, make("h3", {}, "Written by people"), make("div", { class: "cards" },
        ...texts.referenceSummaries.map((text) => make("article", { class: "card" }, make("p", { class: "who" }, make("span", { class: "tag human" }, "reference summary")), make("p", target, text))))) : null,
      textTable(texts, facts),
      texts.referenceTranslation === null ? null : make("details", {}, make("summary", {}, "Reference translation"), make("div", { class: "reference", ...target }, texts.referenceTranslation)),
      warningList(texts.warnings),
    ].filter(Boolean));
  };

  const steps = () => {
    const base = make("select", { id: "base" }, ...runs.map((run, at) => make("option", { value: at }, `${run.letter} ${run.label}`)));
    base.value = String(choice.base);
    base.addEventListener("change", () => choice.choose({ base: Number(base.value) }));
    const marks = make("input", { type: "checkbox", id: "marks" });
    marks.checked = choice.marks;
    marks.addEventListener("change", () => choice.choose({ marks: marks.checked }));
    const button = (id, text, act) => { const made = make("button", { type: "button", id }, text); made.addEventListener("click", act); return made; };
    return make("div", { class: "steps" },
      button("back", "Back to the list", () => choice.close()), button("previous", "Previous", () => choice.step(-1)), button("next", "Next", () => choice.step(1)),
      make("label", {}, make("span", {}, "Compare with"), base),
      make("label", { class: "check" }, marks, "mark differences"));
  };

  return { draw };
})();
