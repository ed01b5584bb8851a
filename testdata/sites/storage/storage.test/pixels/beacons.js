navigator.sendBeacon('https://collect.metrics.test/beacon?v=1', 'seen');
navigator.sendBeacon('/pixels/own-beacon', 'seen');

const keepalive = fetch('https://collect.metrics.test/keepalive', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'seen' });
const plain = fetch('https://collect.metrics.test/plain', { method: 'POST', mode: 'no-cors', body: 'seen' });
holdLoad(Promise.all([keepalive, plain]));

document.addEventListener('visibilitychange', () => {
  navigator.sendBeacon('https://collect.metrics.test/bye', 'gone');
}, { once: true });
