// The choices of the page of indicators. Without this script everything is shown.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const cards = [...document.querySelectorAll(".indicator")];
  const list = document.getElementById("indicators");
  const state = document.getElementById("filter-state");
  if (!form || !list) return;

  const word = (name) => form.elements[name].selectedOptions[0].text;
  const count = (n) => (n === 1 ? "indikator" : "indikatorer");

  function choose() {
    const { goal, unit, gender, value } = form.elements;
    let shown = 0;
    for (const card of cards) {
      const fits =
        (!goal.value || card.dataset.goal === goal.value) &&
        (!unit.value || card.dataset.unit === unit.value) &&
        (!gender.value || card.dataset.gender.split(" ").includes(gender.value)) &&
        (!value.checked || card.dataset.value === "yes");
      card.hidden = !fits;
      if (fits) shown += 1;
    }
    list.dataset.only = gender.value;
    const chosen = [
      goal.value && `mål ${word("goal")}`,
      unit.value && `verksamhet ${word("unit")}`,
      gender.value && word("gender").toLowerCase(),
      value.checked && "bara med utfall",
    ].filter(Boolean);
    const what = chosen.length ? ` (${chosen.join(", ")})` : "";
    state.textContent = shown
      ? `Visar ${shown} av ${cards.length} ${count(cards.length)}${what}.`
      : `Ingen indikator passar urvalet${what}.`;
  }

  form.hidden = false;
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));
  choose();
})();
