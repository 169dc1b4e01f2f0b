// The search of the whole site: every word has to be there; headings come first.
(() => {
  "use strict";
  const form = document.getElementById("search");
  const found = document.getElementById("search-found");
  const state = document.getElementById("search-state");
  const entries = globalThis.bokslutSearch;
  if (!form || !entries) return;
  const MOST = 60;
  // Without accents, and numbers without the spaces between thousands.
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replace(/(\d)[\s\u00a0](?=\d{3}(?!\d))/g, "$1");
  const known = entries.map(([href, page, head, text]) =>
    ({ href, page, head, text, inHead: plain(head), inText: plain(`${head} ${text}`) }));

  function snippet(text, words) {
    const flat = plain(text);
    const at = Math.max(0, ...words.map((word) => flat.indexOf(word)).filter((i) => i >= 0).slice(0, 1));
    const start = at > 70 ? text.indexOf(" ", at - 60) + 1 : 0;
    return (start ? "… " : "") + text.slice(start, start + 180).trim() + (text.length > start + 180 ? " …" : "");
  }

  function look() {
    const asked = form.elements.q.value.trim();
    const words = plain(asked).split(/\s+/).filter(Boolean);
    history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
    found.replaceChildren();
    if (!words.length) { state.textContent = ""; return; }
    const hits = known.filter((entry) => words.every((word) => entry.inText.includes(word)));
    hits.sort((a, b) => words.every((w) => b.inHead.includes(w)) - words.every((w) => a.inHead.includes(w)));
    for (const hit of hits.slice(0, MOST)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = hit.href;
      link.textContent = hit.head === hit.page ? hit.page : `${hit.page}: ${hit.head}`;
      const told = document.createElement("p");
      told.textContent = snippet(hit.text, words);
      item.append(link, told);
      found.append(item);
    }
    state.textContent = hits.length
      ? `${hits.length} ${hits.length === 1 ? "träff" : "träffar"} på ”${asked}”` + (hits.length > MOST ? `; de ${MOST} första visas.` : ".")
      : `Ingenting på sidorna har orden ”${asked}”.`;
  }

  form.hidden = false;
  document.getElementById("search-without").hidden = true;
  form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
  form.addEventListener("input", look);
  form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
  look();
})();
