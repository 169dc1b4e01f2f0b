// Tabs out of sections, and focus for the regions that scroll; without it, all is there in order.
"use strict";
for (const set of document.querySelectorAll(".panel-tabset")) {
  const panels = [...set.querySelectorAll(":scope > .tab")];
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  const tabs = panels.map((panel, i) => {
    const title = panel.querySelector(":scope > .tab-title");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${panel.id}-tab`;
    tab.textContent = title.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    title.classList.add("as-tab");
    list.append(tab);
    return tab;
  });
  const show = (chosen) => tabs.forEach((tab, i) => {
    tab.setAttribute("aria-selected", String(i === chosen));
    tab.tabIndex = i === chosen ? 0 : -1;
    panels[i].classList.toggle("not-chosen", i !== chosen);
  });
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => show(i));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = { Home: 0, End: tabs.length - 1 }[event.key]
        ?? (step && (i + step + tabs.length) % tabs.length);
      if (next === undefined) return;
      event.preventDefault();
      show(next);
      tabs[next].focus();
    });
  });
  set.prepend(list);
  const named = panels.findIndex((panel) => location.hash && panel.querySelector(location.hash));
  show(Math.max(0, named));
}
// A region that does not scroll is no stop for the keyboard and no landmark.
const regions = [...document.querySelectorAll(".table-scroll")]
  .map((region) => [region, region.getAttribute("aria-label")]);
const fit = () => {
  for (const [region, label] of regions) {
    const scrolls = region.scrollWidth > region.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", label]]) {
      if (scrolls && value) region.setAttribute(name, value);
      else region.removeAttribute(name);
    }
  }
};
addEventListener("resize", fit);
fit();
