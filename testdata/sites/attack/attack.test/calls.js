// Functions that a watcher needs in order to call anything.
let calls = 0;
function broken() {
  calls++;
  throw new TypeError('broken');
}

for (const name of ['call', 'apply', 'bind', 'toString']) Function.prototype[name] = broken;
for (const name of Object.getOwnPropertyNames(Reflect)) Reflect[name] = broken;
for (const name of Object.getOwnPropertyNames(Object)) {
  if (typeof Object[name] === 'function') Object[name] = broken;
}
for (const name of ['log', 'debug', 'info', 'warn', 'error', 'trace']) console[name] = broken;
for (const name of ['String', 'Error', 'WeakMap', 'Map', 'Proxy', 'URL', 'Reflect', 'queueMicrotask']) globalThis[name] = broken;
performance.now = broken;
Date.now = broken;

document.cookie = 'calls_patched=1; path=/';
cookieStore.set('calls_patched_store', '1');
localStorage.setItem('calls_patched_item', '1');
document.cookie = 'calls_patched_' + calls + '=1; path=/';
