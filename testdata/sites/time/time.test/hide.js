let hidden = false;
addEventListener('visibilitychange', () => {
  if (hidden || document.visibilityState !== 'hidden') return;
  hidden = true;
  document.cookie = 'hidden=1; Max-Age=3600';
  navigator.sendBeacon('/leave', 'x');
  navigator.sendBeacon('https://collect.test/leave', 'x');
});
document.addEventListener('freeze', () => {
  document.cookie = 'frozen=1';
}, {once: true});
addEventListener('pagehide', () => {
  document.cookie = 'page_hidden=1';
}, {once: true});
addEventListener('pagehide', () => navigator.sendBeacon('/left', 'x'));
addEventListener('beforeunload', () => { document.cookie = 'leaving=1'; });
window.onbeforeunload = () => { document.cookie = 'leaving_handler=1'; };
addEventListener('unload', () => {
  document.cookie = 'unloaded=1';
  navigator.sendBeacon('/unloaded', 'x');
});
fetchLater('/later');
fetchLater('/later-soon', { activateAfter: 2000 });
