// Runs in an isolated world of a frame: what could be pressed there, in
// document order, through open shadow roots. The elements stay in a list of
// this world, where the page cannot find them.
(() => {
const maxControls = 200, maxElements = 50000, maxCard = 300;
const list = (globalThis.cookiescanControls ||= []);
const clip = (s) => String(s ?? '').replace(/\s+/g, ' ').trim().slice(0, 120);
const wanted = 'button,summary,[role=button],[role=tab],[role=menuitem],[role=switch],[role=link],[role=option],[aria-expanded],[aria-haspopup],[aria-controls],' +
  '[onclick],a:not([href]),a[href^="#"],a[href^="javascript:"],input[type=button],input[type=submit],input[type=checkbox],input[type=radio],video,audio,[data-toggle],[data-bs-toggle]';
// What a consent banner calls itself, in its text or its names.
const consent = /cookie|consent|gdpr|dsgvo|rgpd|ccpa|tcf|cmp(?![a-z])|onetrust|usercentrics|didomi|cookiebot|trustarc|privacy[-_ ]?(center|settings|manager|preference|choice)|datenschutz-?einstellung|evästei|eväste|sušenk|ciasteczk|pliki cookie|sütik|küpsis|sīkdat|slapuk|piškotk|kolačić|бисквитк|μπισκ[όο]τ|fianáin|fianán|kakor|galetes|galletas|[çc]erez|informasjonskaps|vafrakök|vefkök|koláčik|кук[іи]|печив|traceurs/i;

const named = (e) => {
  const by = (e.getAttribute('aria-labelledby') || '').split(/\s+/).map((id) => id && e.getRootNode().getElementById?.(id)?.textContent).filter(Boolean).join(' ');
  const image = e.querySelector?.('img[alt],svg[aria-label],svg title');
  return clip(by || e.getAttribute('aria-label') || (e.localName === 'input' ? e.value : e.innerText) || e.textContent ||
    image?.getAttribute('alt') || image?.getAttribute('aria-label') || image?.textContent || e.title);
};
const roleOf = (e) => e.getAttribute('role') || { button: 'button', summary: 'summary', a: 'link', video: 'video', audio: 'audio' }[e.localName] ||
  (e.localName === 'input' ? { checkbox: 'checkbox', radio: 'radio' }[e.type] || 'button' : '');
// A button is of type submit even where there is no form to submit.
const typeOf = (e) => e.localName === 'a' ? '' : e.localName === 'button' && e.type === 'submit' && !e.form ? 'button' : String(e.type || '');
const shown = (e) => {
  const r = e.getBoundingClientRect();
  return r.width > 2 && r.height > 2 && (!e.checkVisibility || e.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
};
const parentOf = (e) => e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null);

// Where a site has its links. In the head and the foot of a page only an anchor
// without address counts: a button there may do anything.
const inMenu = (e, p) => p.localName === 'nav' || /^(navigation|menubar)$/.test(p.getAttribute('role') || '') ||
  e.localName === 'a' && (p.localName === 'header' || p.localName === 'footer') && !p.closest('article,section,main');
// A box that scripts made a link of: its heading is pressed, since a button may
// be in its middle, and it is called by all of its text but that of its buttons.
const within = 'a[href],input,select,textarea,label,iframe,' + wanted;
const cardOf = (e) => {
  const heading = !e.matches(wanted) && !e.querySelector('a[href]') && e.querySelector('h1,h2,h3,h4,h5,h6');
  if (!heading || heading.closest(within) || getComputedStyle(heading).cursor !== 'pointer') return null;
  const texts = [], nodes = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
  for (let n = 0; n < 200 && nodes.nextNode(); n++) {
    const control = nodes.currentNode.parentElement.closest(within);
    if (!control || !e.contains(control)) texts.push(nodes.currentNode.data);
  }
  const name = texts.join(' ').replace(/\s+/g, ' ').trim();
  return nodes.nextNode() || name.length > maxCard ? null : { heading, name }; // one that is read in part may say anything
};

const surroundings = (e) => {
  const out = { inForm: !!(e.form || e.closest('form')), inDialog: false, inPlayer: false, inMenu: false, consent: false, around: [] };
  for (let p = e, n = 0; p && n < 30; p = parentOf(p), n++) {
    const words = p.id + ' ' + (typeof p.className === 'string' ? p.className : '') + ' ' + (p.getAttribute('aria-label') || '');
    const role = p.getAttribute('role');
    const dialog = role === 'dialog' || role === 'alertdialog' || p.localName === 'dialog';
    if (dialog) out.inDialog = true;
    if (inMenu(e, p)) out.inMenu = true;
    if (/(^|[-_ ])(player|video|vjs|plyr|jw)/i.test(words) || p.localName === 'video' || p.localName === 'audio') out.inPlayer = true;
    if (p !== document.body && p !== document.documentElement && consent.test(words)) out.consent = true;
    if (!out.consent && p !== document.body) {
      const position = getComputedStyle(p).position;
      if ((dialog || position === 'fixed' || position === 'sticky') && p.textContent.length < 20000 && consent.test(p.textContent)) out.consent = true;
    }
    const heading = n > 0 && n < 8 && p.querySelector?.(':scope > h1,:scope > h2,:scope > h3,:scope > h4,:scope > legend,:scope > label');
    if (heading && out.around.length < 3) out.around.push(clip(heading.textContent));
  }
  return out;
};

const found = [];
let elements = 0;
const visit = (root) => {
  for (const e of root.querySelectorAll('*')) {
    if (found.length >= maxControls || ++elements > maxElements) return;
    if (e.shadowRoot) visit(e.shadowRoot);
    if (!e.matches(wanted) && getComputedStyle(e).cursor !== 'pointer') continue;
    // A pointer is inherited: the outermost element that has it counts.
    if (!e.matches(wanted) && (e.parentElement && getComputedStyle(e.parentElement).cursor === 'pointer' || e.closest('a[href],label,button'))) continue;
    const card = cardOf(e);
    const hit = card ? card.heading : e;
    let i = list.indexOf(hit);
    if (i < 0) { list.push(hit); i = list.length - 1; }
    const name = card ? card.name : named(e);
    const around = surroundings(e);
    around.consent ||= consent.test(name) || consent.test(e.getAttribute('href') || '');
    found.push({
      handle: String(i), name, role: roleOf(e), tag: e.localName, type: typeOf(e),
      href: e.getAttribute('href') || '', id: clip(e.id), class: clip(typeof e.className === 'string' ? e.className : ''),
      expanded: e.getAttribute('aria-expanded') || '', controls: clip(e.getAttribute('aria-controls')), popover: clip(e.getAttribute('popovertarget')),
      selected: e.getAttribute('aria-selected') || '', download: e.hasAttribute('download'),
      hasPopup: e.getAttribute('aria-haspopup') || '', pressed: e.getAttribute('aria-pressed') || '',
      checked: e.getAttribute('aria-checked') || (e.checked === true ? 'true' : ''),
      disabled: !!e.disabled || e.getAttribute('aria-disabled') === 'true', hidden: !shown(e), card: !!card,
      lang: clip(e.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang), ...around,
    });
  }
};
visit(document);
return found;
})()
