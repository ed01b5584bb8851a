// Runs in an isolated world: title, addresses that the page leads to in
// document order, with the fragment, and its outline. At most 10,000 links; a
// page of half a million elements is read in part.
(() => {
const maxLinks = 10000, maxElements = 200000, maxFeatures = 2000;
const links = [], routes = [], next = [], alternates = [];
const seen = new Set(), outline = new Set();
let canonical = '', elements = 0;
const absolute = (text) => { try { return new URL(text, document.baseURI).href; } catch { return ''; } };
const keep = (list, href) => {
  if (typeof href !== 'string' || href === '' || seen.has(href) || seen.size >= maxLinks) return;
  seen.add(href);
  list.push(href);
};
// Where client-side routers keep the address of an element without href.
const routed = ['routerlink', 'ng-reflect-router-link', 'data-href', 'data-url', 'data-route', 'to', 'ui-sref-href'];
const addressed = /^(https?:\/\/|\/(?!\/)|#[!/])/;
const collect = (root) => {
  for (const a of root.querySelectorAll('a[href],area[href]')) keep(links, a.href);
  for (const e of root.querySelectorAll(routed.map((n) => '[' + n + ']').join(','))) {
    if (e.hasAttribute('href')) continue;
    for (const n of routed) {
      const v = e.getAttribute(n);
      if (v && addressed.test(v.trim())) keep(routes, absolute(v.trim()));
    }
  }
};
const walk = (root, path, depth) => {
  for (const e of root.children) {
    if (++elements > maxElements) return;
    const tag = e.localName;
    if (tag === 'script' || tag === 'style' || tag === 'link' || tag === 'meta') continue;
    const here = path + '/' + tag;
    if (outline.size < maxFeatures) outline.add(here);
    if (depth < 12 && tag !== 'svg') walk(e, here, depth + 1);
    if (e.shadowRoot) collect(e.shadowRoot);
  }
};
collect(document);
for (const l of document.querySelectorAll('link[rel][href]')) {
  const rel = l.rel.toLowerCase().split(/\s+/);
  if (rel.includes('canonical')) canonical ||= l.href;
  if (rel.includes('next') || rel.includes('prev')) next.push(l.href);
  if (rel.includes('alternate') && l.hreflang) alternates.push(l.href);
}
if (document.body) walk(document.body, 'body', 0);
return { title: String(document.title).slice(0, 500), url: location.href, links, routes, canonical, outline: [...outline],
  next: next.slice(0, 100), alternates: alternates.slice(0, 500) };
})()
