// The events of the end of a page come when its tab is closed, too late to see
// what their handlers do, and beforeunload not at all: these stand in for them,
// once a frame.
(() => {
  for (const make of [
    () => {
      const e = document.createEvent('BeforeUnloadEvent');
      e.initEvent('beforeunload', false, true);
      return e;
    },
    () => new PageTransitionEvent('pagehide', { persisted: false }),
    () => new Event('unload'),
  ]) {
    try { dispatchEvent(make()); } catch {}
  }
})()
