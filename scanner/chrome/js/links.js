// Runs in an isolated world: title, canonical address and links in document
// order, with the fragment, at most 10,000.
(() => {
const links = [], seen = new Set();
const collect = (root) => {
  for (const a of root.querySelectorAll('a[href],area[href]')) {
    if (links.length >= 10000) return;
    const href = a.href;
    if (typeof href !== 'string' || seen.has(href)) continue;
    seen.add(href);
    links.push(href);
  }
};
collect(document);
return { title: String(document.title).slice(0, 500), url: location.href, links };
})()
