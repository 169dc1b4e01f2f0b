// A region that does not scroll is no stop for the keyboard and no landmark; without this script
// each region is both.
"use strict";
const regions = [...document.querySelectorAll(".table-scroll[role=region]")]
  .map((region) => [region, region.getAttribute("aria-labelledby")]);
const fit = () => {
  for (const [region, name] of regions) {
    const scrolls = region.scrollWidth > region.clientWidth;
    for (const [key, value] of [["tabindex", "0"], ["role", "region"], ["aria-labelledby", name]]) {
      if (scrolls) region.setAttribute(key, value);
      else region.removeAttribute(key);
    }
  }
};
addEventListener("resize", fit);
fit();
// A link into what is folded opens it, and on paper all is open.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let e = target; e; e = e.parentElement) if (e.localName === "details") e.open = true;
  if (target) target.scrollIntoView();
};
addEventListener("hashchange", unfold);
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details")) details.open = true;
});
if (location.hash) unfold();
// The way back from a cell of the document to where its number was read.
if (location.hash && history.length > 1 && document.querySelector(".document")) {
  const back = document.createElement("button");
  back.type = "button";
  back.className = "back";
  back.textContent = "Tillbaka dit du kom ifrån";
  back.addEventListener("click", () => history.back());
  document.querySelector("main").append(back);
}
