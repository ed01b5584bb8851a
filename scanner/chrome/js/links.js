// Runs in an isolated world: title, addresses that the page leads to in
// document order, with the fragment, and its outline;
// named: the names of links too. At most 10,000 links; a
// page of half a million elements is read in part.
//
// Elements with a name or id hide properties of documents, windows and forms,
// in this world too: everything is read by the getters of the prototypes.
((named) => {
const maxLinks = 10000, maxElements = 200000, maxFeatures = 2000, maxAddress = 8192;
const getter = (proto, name) => { const get = Object.getOwnPropertyDescriptor(proto, name).get; return (o) => get.call(o); };
const method = (proto, name) => { const f = proto[name]; return (o, ...args) => f.apply(o, args); };
const doc = getter(globalThis, 'document')(globalThis);
const titleOf = getter(Document.prototype, 'title'), bodyOf = getter(Document.prototype, 'body'), baseOf = getter(Node.prototype, 'baseURI');
const allInDocument = method(Document.prototype, 'querySelectorAll'), allInShadow = method(DocumentFragment.prototype, 'querySelectorAll');
const attribute = method(Element.prototype, 'getAttribute'), hasAttribute = method(Element.prototype, 'hasAttribute');
const childrenOf = getter(Element.prototype, 'children'), nameOf = getter(Element.prototype, 'localName'), shadowOf = getter(Element.prototype, 'shadowRoot');

const links = [], names = [], routes = [], next = [], alternates = [];
const seen = new Set(), outline = new Set();
let canonical = '', elements = 0, anchors = 0;
const base = baseOf(doc), here = location.href;
const absolute = (text) => { try { return new URL(text, base).href; } catch { return ''; } };
// What a link is called, cut: it is compared with a few words.
const textOf = getter(Node.prototype, 'textContent'), one = method(Element.prototype, 'querySelector');
const nameOfLink = (a) => {
  const image = one(a, 'img[alt]');
  const text = attribute(a, 'aria-label') || textOf(a).trim() || (image && attribute(image, 'alt')) || attribute(a, 'title') || '';
  return text.replace(/\s+/g, ' ').trim().slice(0, 80).toWellFormed();
};
const keep = (list, href) => {
  if (typeof href !== 'string' || href === '' || href.length > maxAddress || seen.has(href) || seen.size >= maxLinks) return;
  seen.add(href);
  list.push(href);
};
// Where client-side routers keep the address of an element without href.
const routed = ['routerlink', 'ng-reflect-router-link', 'data-href', 'data-url', 'data-route', 'to', 'ui-sref-href'];
const routedElements = routed.map((n) => '[' + n + ']').join(',');
const addressed = /^(https?:\/\/|\/(?!\/)|#[!/])/;
const collect = (root, all) => {
  for (const a of all(root, 'a[href],area[href]')) {
    if (seen.size >= maxLinks || ++anchors > maxElements) break;
    const before = links.length;
    keep(links, a.href);
    if (named && links.length > before) names.push(nameOfLink(a));
  }
  for (const e of all(root, routedElements)) {
    if (seen.size >= maxLinks) break;
    if (hasAttribute(e, 'href')) continue;
    for (const n of routed) {
      const v = attribute(e, n);
      if (v && addressed.test(v.trim())) keep(routes, absolute(v.trim()));
    }
  }
};
const walk = (root, path, depth) => {
  for (const e of childrenOf(root)) {
    if (++elements > maxElements) return;
    const tag = nameOf(e);
    if (tag === 'script' || tag === 'style' || tag === 'link' || tag === 'meta') continue;
    const here = path + '/' + tag;
    if (outline.size < maxFeatures) outline.add(here);
    if (depth < 12 && tag !== 'svg') walk(e, here, depth + 1);
    const shadow = shadowOf(e);
    if (shadow) collect(shadow, allInShadow);
  }
};
collect(doc, allInDocument);
for (const l of allInDocument(doc, 'link[rel][href]')) {
  const rel = l.rel.toLowerCase().split(/\s+/);
  if (rel.includes('canonical')) canonical ||= l.href;
  if (rel.includes('next') || rel.includes('prev')) next.push(l.href);
  if (rel.includes('alternate') && l.hreflang) alternates.push(l.href);
}
// What the browser may load ahead is where the page expects its reader to go.
for (const rules of allInDocument(doc, 'script[type="speculationrules" i]')) {
  let sets = {};
  try { sets = JSON.parse(textOf(rules)) || {}; } catch {}
  for (const rule of [sets.prerender, sets.prefetch].flat()) {
    for (const u of Array.isArray(rule?.urls) ? rule.urls : []) if (typeof u === 'string') keep(routes, absolute(u));
  }
}
// Scripts, frames and fields tell a page from what stands before it.
const loads = [];
for (const e of allInDocument(doc, 'script[src],iframe[src]')) {
  if (loads.length >= 200) break;
  const at = absolute(attribute(e, 'src'));
  if (at && at.length <= maxAddress) loads.push(at);
}
let fields = 0;
for (const e of allInDocument(doc, 'input,textarea')) {
  const type = nameOf(e) === 'textarea' ? 'text' : (attribute(e, 'type') || 'text').toLowerCase();
  const name = attribute(e, 'name') || ''; // a puzzle keeps its answer in a field of its own
  if (['text', 'email', 'password', 'search', 'tel', 'url', 'number'].includes(type) && !/-(captcha-)?response$/.test(name)) fields++;
}
const body = bodyOf(doc);
if (body) walk(body, 'body', 0);
return { title: titleOf(doc).slice(0, 500).toWellFormed(), url: here.length > maxAddress || !here.startsWith('http') ? '' : here, links, names, routes, canonical, outline: [...outline], loads, fields,
  next: next.slice(0, 100), alternates: alternates.slice(0, 500) };
})
