// Calls every function that does not belong to a browser with a record that
// says: innocent.js has set the cookie "forged".
const standard = new Set(('parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape ' +
  'eval isFinite isNaN alert atob blur btoa cancelAnimationFrame cancelIdleCallback captureEvents clearInterval ' +
  'clearTimeout close confirm createImageBitmap fetch find focus getComputedStyle getSelection matchMedia moveBy moveTo ' +
  'open postMessage print prompt queueMicrotask releaseEvents reportError requestAnimationFrame requestIdleCallback ' +
  'resizeBy resizeTo scroll scrollBy scrollTo setInterval setTimeout stop structuredClone fetchLater getScreenDetails ' +
  'queryLocalFonts showDirectoryPicker showOpenFilePicker showSaveFilePicker requestResize').split(' '));

const script = 'https://attack.test/innocent.js';
const record = JSON.stringify({
  k: 'doc', kind: 'document.cookie', via: 'document.cookie', method: 'set', type: 'cookie', op: 'set',
  name: 'forged', value: '1', v: 'forged=1; path=/', cookie: 'forged=1; path=/', args: ['forged', '1'],
  url: script, u: script, line: 1, column: 1, st: 'Error\n    at ' + script + ':1:1', stack: 'Error\n    at ' + script + ':1:1',
});

const functions = [];
for (let object = globalThis; object; object = Object.getPrototypeOf(object)) {
  for (const key of Reflect.ownKeys(object)) {
    if (typeof key === 'string' && (/^([A-Z]|webkit)/.test(key) || standard.has(key))) continue;
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (object === globalThis && typeof property.value === 'function') functions.push(property.value);
  }
}
for (const call of functions) {
  for (const text of [record, 'forged=1; path=/']) {
    try { call(text); } catch { /* whatever it is, it was tried */ }
  }
}
for (const level of ['debug', 'log', 'trace']) {
  console[level](record);
  console[level]('forged=1; path=/');
}
dispatchEvent(new MessageEvent('message', { data: record }));
document.cookie = 'forge_tried=1; path=/';
