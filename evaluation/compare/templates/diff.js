/* Differences between two texts, word by word. */
const diff = (() => {
  "use strict";
  const MOST = 4_000_000;

  /** Return pieces of [kind, text] that lead from one text to another: "", "ins" or "del". */
  const compare = (before, after) => {
    const [a, b] = [before, after].map((text) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []);
    let head = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
    let tail = 0;
    while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
    const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
    return merge([["", a.slice(0, head)], ...middle, ["", a.slice(a.length - tail)]]);
  };

  const between = (a, b) => {
    if (!a.length || !b.length || a.length * b.length > MOST) return [["del", a], ["ins", b]];
    const width = b.length + 1;
    const common = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        common[i * width + j] = a[i] === b[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
      }
    }
    const pieces = [];
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { pieces.push(["", [a[i]]]); i += 1; j += 1; }
      else if (j >= b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) { pieces.push(["del", [a[i]]]); i += 1; }
      else { pieces.push(["ins", [b[j]]]); j += 1; }
    }
    return pieces;
  };

  /** Join what belongs together: a lone space between two changes is part of them. */
  const merge = (pieces) => {
    const joined = [];
    let [gone, come] = ["", ""];
    const flush = () => {
      if (gone) joined.push(["del", gone]);
      if (come) joined.push(["ins", come]);
      [gone, come] = ["", ""];
    };
    pieces.forEach(([kind, words], place) => {
      const text = words.join("");
      if (!text) return;
      if (kind === "del") gone += text;
      else if (kind === "ins") come += text;
      else if (/^\s+$/.test(text) && (gone || come) && pieces[place + 1]?.[0]) { gone += text; come += text; }
      else { flush(); joined.push(["", text]); }
    });
    flush();
    return joined;
  };

  return { compare };
})();
