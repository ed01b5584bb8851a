"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  for (const bar of document.querySelectorAll(".filters")) enhance(bar, bar.nextElementSibling);

  function enhance(bar, table) {
    const rows = [...table.querySelectorAll("tbody > tr:not(.group)")];
    const texts = new Map(rows.map((r) => [r, r.textContent.toLowerCase()]));
    const output = bar.querySelector("output");
    const search = bar.querySelector("input");
    const selects = [...bar.querySelectorAll("select")];

    function fits(row) {
      if (!texts.get(row).includes(search.value.trim().toLowerCase())) return false;
      return selects.every((s) => {
        if (!s.value) return true;
        if ("group" in s.dataset) return row.parentNode.querySelector(".group .name").textContent === s.value;
        const cell = row.cells[s.dataset.column];
        return [cell, ...cell.querySelectorAll("span, code, a, li")].some((e) => e.textContent === s.value);
      });
    }

    function filter() {
      let shown = 0;
      for (const row of rows) {
        row.hidden = !fits(row);
        if (!row.hidden) shown++;
      }
      for (const body of table.tBodies) body.hidden = ![...body.rows].some((r) => !r.hidden && !r.classList.contains("group"));
      output.textContent = shown === rows.length ? "" : shown + " of " + rows.length + " shown";
    }

    function value(row, column) {
      const cell = row.cells[column];
      return "s" in cell.dataset ? Number(cell.dataset.s) : cell.textContent.trim();
    }

    function sort(column, direction) {
      const compare = (a, b) => {
        const x = value(a, column), y = value(b, column);
        if (typeof x === "number" && typeof y === "number") return (x - y) * direction;
        return String(x).localeCompare(String(y), "en", { numeric: true }) * direction;
      };
      for (const body of table.tBodies) body.append(...[...body.rows].filter((r) => !r.classList.contains("group")).sort(compare));
    }

    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = head.querySelector("button");
      button.disabled = false;
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(column, down ? -1 : 1);
      });
    });
    bar.addEventListener("input", filter);
  }
});
