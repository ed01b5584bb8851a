// Runs in our world of the top document: 'moving' if something that lies over the
// page is on its way in or out; 'waiting' if it could still set out, as frameworks
// start a transition two frames after they put an element in; '' otherwise. With
// count, frames are counted from now on. Transitions run in real time, whatever
// the page's clock says, as long as the page is given frames. With end they are
// at their end. A document does not list those in its shadow trees: open ones are
// asked too.
((count, end) => {
  if (count) {
    self.framesGiven = 0;
    const given = () => { if (++self.framesGiven < 3) requestAnimationFrame(given); };
    requestAnimationFrame(given);
  }
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
  if (moving.length > 0) return 'moving';
  return self.framesGiven < 3 ? 'waiting' : '';
})
