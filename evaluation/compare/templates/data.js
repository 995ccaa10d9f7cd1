/* What the page holds: an index at once, everything else unpacked when it is needed. */
const data = (() => {
  "use strict";
  const index = JSON.parse(document.getElementById("index").textContent);
  const unpacked = new Map();

  const unpack = async (id) => {
    const element = document.getElementById(id);
    if (!element) return null;
    const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };

  /** Return a packed piece; it is unpacked once. */
  const get = (id) => {
    if (!unpacked.has(id)) unpacked.set(id, unpack(id));
    return unpacked.get(id);
  };

  /** Return the scores by a metric: for each article one for each run. */
  const scores = (name) => get(`scores-${index.metrics.findIndex((metric) => metric.name === name)}`);

  /** Return the texts of an article, or null. */
  const texts = async (key) => {
    const places = await get("places");
    if (!Object.hasOwn(places, key)) return null;
    const [piece, position] = places[key];
    return (await get(`texts-${piece}`))[position];
  };

  return { index, rows: () => get("rows"), scores, texts };
})();

/** Make an element: attributes by name, children as text or elements. */
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
};

const showScore = (value) => {
  if (value === null || value === undefined) return "–";
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3);
};

const showDifference = (value) => {
  if (value === null) return "–";
  const text = showScore(Math.abs(value));
  if (Number(text) === 0) return `±${text}`;
  return (value < 0 ? "−" : "+") + text;
};

const language = (code) => (/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(code ?? "") ? code : "und");
const letterOf = (run) => make("b", { class: "letter", title: data.index.runs[run].label }, data.index.runs[run].letter);
