// The choices of the page of indicators, kept in its address. Without this script everything is shown.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const list = document.getElementById("indicators");
  const state = document.getElementById("filter-state");
  const file = document.getElementById("filter-file");
  if (!form || !list) return;

  const cards = [...list.querySelectorAll(".indicator")];
  const names = ["goal", "unit", "gender", "words", "sort"];
  const word = (name) => form.elements[name].selectedOptions[0].text;
  const count = (n) => (n === 1 ? "indikator" : "indikatorer");
  const plain = (text) => text.toLowerCase().replace(/[\u00ad\s]+/g, " ");
  const text = cards.map((card) => plain(card.querySelector("h3").textContent + card.dataset.goal));

  // How far an indicator is from its target, in per cent of it: short of it is negative.
  const distance = ({ index, direction }) => {
    if (index === "") return Infinity;
    return direction === "lower" ? 100 - index : index - 100;
  };
  const orders = {
    distance: (a, b) => distance(a.dataset) - distance(b.dataset),
    change: (a, b) => Math.abs(b.dataset.change || 0) - Math.abs(a.dataset.change || 0),
    name: (a, b) => a.querySelector("h3").textContent.localeCompare(b.querySelector("h3").textContent, "sv"),
  };

  const quoted = (value) => `"${value.replaceAll('"', '""')}"`;
  function csv(shown) {
    const lines = [["Indikator", "Grupp", "År", "Värde"]];
    for (const card of shown) {
      const heads = [...card.querySelectorAll("thead th")].map((e) => e.textContent.trim());
      for (const row of card.querySelectorAll("tbody tr")) {
        const cells = [...row.children].map((e) => {
          const copy = e.cloneNode(true);
          copy.querySelectorAll("sup, .other").forEach((mark) => mark.remove());
          return copy.textContent.replace(/\u00a0/g, "").trim();
        });
        cells.slice(1).forEach((value, i) => lines.push([card.querySelector("h3").textContent.trim(), cells[0], heads[i + 1], value]));
      }
    }
    return "\ufeff" + lines.map((line) => line.map(quoted).join(";")).join("\r\n") + "\r\n";
  }

  function choose() {
    const { goal, unit, gender, value, words, sort } = form.elements;
    const wanted = plain(words.value).split(" ").filter(Boolean);
    const shown = cards.filter((card, i) =>
      (!goal.value || card.dataset.goal === goal.value) &&
      (!unit.value || card.dataset.unit === unit.value) &&
      (!gender.value || card.dataset.gender.split(" ").includes(gender.value)) &&
      (!value.checked || card.dataset.value === "yes") &&
      wanted.every((part) => text[i].includes(part)));
    for (const card of cards) card.hidden = !shown.includes(card);
    const ordered = orders[sort.value] ? [...cards].sort(orders[sort.value]) : cards;
    if ([...list.children].some((card, i) => card !== ordered[i])) list.append(...ordered);
    list.dataset.only = gender.value;
    const chosen = [
      goal.value && `mål ${word("goal")}`,
      unit.value && `verksamhet ${word("unit")}`,
      gender.value && word("gender").toLowerCase(),
      words.value.trim() && `${/\s/.test(words.value.trim()) ? 'orden' : 'ordet'} ${words.value.trim()}`,
      value.checked && "bara med utfall",
    ].filter(Boolean);
    const what = chosen.length ? ` (${chosen.join(", ")})` : "";
    state.textContent = shown.length
      ? `Visar ${shown.length} av ${cards.length} ${count(cards.length)}${what}.`
      : `Ingen indikator passar urvalet${what}.`;
    file.href = "data:text/csv;charset=utf-8," + encodeURIComponent(csv(ordered.filter((card) => !card.hidden)));
    const asked = new URLSearchParams();
    for (const name of names) if (form.elements[name].value) asked.set(name, form.elements[name].value);
    if (!value.checked) asked.set("value", "all");
    const query = asked.toString();
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  }

  const asked = new URLSearchParams(location.search);
  for (const name of names) if (asked.has(name)) form.elements[name].value = asked.get(name);
  if (asked.get("value") === "all") form.elements.value.checked = false;
  // A link to one indicator shows it.
  const target = document.getElementById(location.hash.slice(1));
  if (target && target.closest(".indicator")?.dataset.value === "no") form.elements.value.checked = false;
  form.hidden = false;
  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));
  choose();
  if (target) target.scrollIntoView();
})();
