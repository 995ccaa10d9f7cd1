(() => {
  "use strict";
  const choices = ["auto", "dark", "light"];
  const button = document.getElementById("theme");
  const name = "wirebrief-theme";
  let chosen = "auto";
  // Storage may be closed to a page that was opened as a file.
  try { chosen = localStorage.getItem(name) ?? "auto"; } catch { /* not remembered */ }
  const apply = () => {
    if (!choices.includes(chosen)) chosen = "auto";
    document.documentElement.dataset.theme = chosen;
    button.textContent = `Colours: ${chosen}`;
  };
  button.addEventListener("click", () => {
    chosen = choices[(choices.indexOf(chosen) + 1) % choices.length];
    try { localStorage.setItem(name, chosen); } catch { /* not remembered */ }
    apply();
  });
  button.hidden = false;
  apply();
})();
