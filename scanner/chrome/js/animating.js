// Runs in our world of the top document: whether something that lies over the
// page is on its way in or out. Transitions run in real time, whatever the page's
// clock says, as long as the page is given frames. With end they are at their
// end. A document does not list those in its shadow trees: open ones are asked
// too.
((end) => {
  const over = (e) => {
    for (let n = 0; e && n < 8; n++, e = e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null)) {
      const p = getComputedStyle(e).position;
      if (p === 'fixed' || p === 'sticky' || e.localName === 'dialog' || e.getAttribute('role') === 'dialog') return true;
    }
    return false;
  };
  const roots = [document];
  for (let k = 0; k < roots.length && k < 50; k++) {
    const all = roots[k].querySelectorAll('*');
    for (let n = 0; n < all.length && n < 20000; n++) if (all[n].shadowRoot) roots.push(all[n].shadowRoot);
  }
  const moving = roots.slice(0, 50).flatMap((r) => r.getAnimations().slice(0, 200)).filter((a) => {
    if (a.playState !== 'running' && !a.pending) return false;
    const t = a.effect && a.effect.getComputedTiming();
    return t && t.endTime < 5000 && a.effect.target && over(a.effect.target);
  });
  if (end) for (const a of moving) { try { a.finish(); } catch {} }
  return moving.length > 0;
})
