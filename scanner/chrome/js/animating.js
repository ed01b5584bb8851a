// Runs in our world of the top document: 'moving' if something that lies over the
// page is on its way in or out; 'waiting' if something could still set out, as
// frameworks start a transition two frames after they put an element in, or are
// told to take it away; '' otherwise. With count, frames are counted from now on:
// 'in' for what cannot be seen, 'any' for all that has a transition.
// Transitions run in real time, whatever the page's clock says, as long as the
// page is given frames. With end they are at their end. A document does not list
// those in its shadow trees: open ones are asked too.
((count, end) => {
  const maxRoots = 50, maxAnimations = 200, maxElements = 20000, maxStyles = 3000;
  const over = (e) => {
    for (let n = 0; e && n < 8; n++, e = e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null)) {
      const p = getComputedStyle(e).position;
      if (p === 'fixed' || p === 'sticky' || e.localName === 'dialog' || e.getAttribute('role') === 'dialog') return true;
    }
    return false;
  };
  const roots = [document];
  let styles = 0;
  self.poised = self.poised && !count;
  for (let k = 0; k < roots.length && k < maxRoots; k++) {
    const all = roots[k].querySelectorAll('*');
    for (let n = 0; n < all.length && n < maxElements; n++) {
      const e = all[n];
      if (e.shadowRoot) roots.push(e.shadowRoot);
      if (!count || self.poised || ++styles > maxStyles) continue;
      const s = getComputedStyle(e);
      const changes = s.transitionDuration.split(',').some((d) => parseFloat(d) > 0);
      self.poised = changes && (count === 'any' || Number(s.opacity) < .1 || s.visibility === 'hidden' || s.transform !== 'none' || s.translate !== 'none') && over(e);
    }
  }
  if (count) {
    self.framesGiven = 0;
    const given = () => { if (++self.framesGiven < 3) requestAnimationFrame(given); };
    requestAnimationFrame(given);
  }
  const moving = roots.slice(0, maxRoots).flatMap((r) => r.getAnimations().slice(0, maxAnimations)).filter((a) => {
    if (a.playState !== 'running' && !a.pending) return false;
    const t = a.effect && a.effect.getComputedTiming();
    return t && t.endTime < 5000 && a.effect.target && over(a.effect.target);
  });
  if (end) for (const a of moving) { try { a.finish(); } catch {} }
  if (moving.length > 0) return 'moving';
  return self.poised && self.framesGiven < 3 ? 'waiting' : '';
})
