// Conveniences only: every page is whole without this script. Nothing is fetched and nothing leaves the browser.
"use strict";
(() => {
  const root = document.documentElement;
  const store = {
    get(name) { try { return localStorage.getItem(`begroting-${name}`); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(`begroting-${name}`, value); } catch { /* private window */ } },
  };
  const choices = { taal: ["lang", ["nl", "en"]], kleur: ["theme", ["auto", "light", "dark"]] };

  const apply = (name, value) => {
    const [attribute, known] = choices[name];
    if (!known.includes(value)) return;
    root.dataset[attribute] = value;
    if (name === "taal") root.lang = value;
  };
  for (const name of Object.keys(choices)) apply(name, store.get(name));
  const english = () => root.dataset.lang === "en";

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function settings() {
    for (const name of Object.keys(choices)) {
      const chosen = root.dataset[choices[name][0]];
      for (const input of document.querySelectorAll(`input[name="${name}"]`)) {
        input.checked = chosen ? input.value === chosen : input.defaultChecked;
        input.addEventListener("change", () => {
          apply(name, input.value);
          store.set(name, input.value);
          document.dispatchEvent(new Event("taal"));
        });
      }
    }
  }

  function search() {
    const box = document.getElementById("zoek");
    if (!box) return;
    const input = document.getElementById("q");
    const rows = [...document.querySelectorAll("#lijst tbody tr")];
    const texts = rows.map((row) => fold(row.cells[0].textContent));
    const found = document.getElementById("gevonden");
    const show = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, n) => {
        row.hidden = !words.every((word) => texts[n].includes(word));
        count += row.hidden ? 0 : 1;
      });
      document.getElementById("lijst").hidden = count === 0;
      document.getElementById("niets").hidden = count > 0;
      found.textContent = !words.length ? "" : english()
        ? `${count} ${count === 1 ? "body" : "bodies"} found`
        : `${count} ${count === 1 ? "overheid" : "overheden"} gevonden`;
    };
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") rows.find((row) => !row.hidden)?.querySelector("a").click();
    });
    document.addEventListener("taal", show);
    box.hidden = false;
    show();
  }

  function copying() {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll(".copy")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const status = document.getElementById("gekopieerd");
        try {
          await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
          status.textContent = english() ? "Copied" : "Gekopieerd";
          button.classList.add("done");
          setTimeout(() => button.classList.remove("done"), 2000);
        } catch { status.textContent = english() ? "Copying failed" : "Kopiëren lukte niet"; }
      });
    }
  }

  document.addEventListener("DOMContentLoaded", () => { settings(); search(); copying(); });
})();
