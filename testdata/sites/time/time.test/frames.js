// A slow image keeps the load event back until both have run.
requestAnimationFrame(() => {
  document.cookie = 'animation_frame=1';
});
requestIdleCallback(() => {
  document.cookie = 'idle=1';
}, {timeout: 200});
