// Virtual time swallows pagehide: this stands in for it, once a frame.
(() => {
  try { dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false })); } catch {}
})()
