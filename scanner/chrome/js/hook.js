// Reports what scripts write, before the page's own code can run. It lives in
// the page's world, so everything it uses later is captured now: a page may
// replace any built-in, and must neither see, silence, forge nor break this.
// Rules: no method call on page-reachable prototypes (capture and apply), no
// spread or for-of (Array.prototype[Symbol.iterator]), no JSON, no Error.stack
// (the inspector takes the stack of console.trace natively, with its
// asynchronous parents), native behaviour first and reporting in finally.
(() => {
'use strict';
const token = '__TOKEN__';
const trace = console.trace;
const apply = Reflect.apply;
const define = Reflect.defineProperty;
const descriptor = Reflect.getOwnPropertyDescriptor;
const now = Date.now;
const Str = String;
const indexOf = String.prototype.indexOf, slice = String.prototype.slice, trim = String.prototype.trim;
const WM = WeakMap, M = Map, WS = WeakSet;
const wmGet = WM.prototype.get, wmSet = WM.prototype.set;
const mapGet = M.prototype.get, mapSet = M.prototype.set;
const wsAdd = WS.prototype.add, wsHas = WS.prototype.has;
const global = globalThis;

const perName = 200, perRealm = 20000;
let reports = 0, dropped = 0;
const counts = new M();

// due tells whether the n-th write of a name is reported: all up to a cap,
// then only powers of two, each standing for those since the one before.
const due = (key) => {
  if (reports >= perRealm) { if (dropped++ === 0) trace(token, 'x', ''); return 0; }
  const n = (apply(mapGet, counts, [key]) || 0) + 1;
  apply(mapSet, counts, [key, n]);
  if (n <= perName) { reports++; return 1; }
  if ((n & (n - 1)) === 0) { reports++; return n / 2 < perName ? n - perName : n / 2; }
  return 0;
};

const originals = new WM();
const mask = (fake, native) => { apply(wmSet, originals, [fake, native]); return fake; };
const nativeToString = Function.prototype.toString;
const toStringOwner = { toString() { return apply(nativeToString, apply(wmGet, originals, [this]) || this, []); } };
// A WeakMap takes only objects as keys; anything else must fail natively.
const safeToString = { toString() {
  const t = typeof this;
  return (t === 'function' || (t === 'object' && this !== null)) ? apply(toStringOwner.toString, this, []) : apply(nativeToString, this, []);
} }.toString;
mask(safeToString, nativeToString);
const replaceMethod = (proto, name, make) => {
  if (!proto) return;
  const d = descriptor(proto, name);
  if (!d || typeof d.value !== 'function' || !d.configurable) return;
  const fake = mask(make(d.value), d.value);
  d.value = fake;
  define(proto, name, d);
};
replaceMethod(Function.prototype, 'toString', () => safeToString);

const text = (v) => typeof v === 'string' ? v : `${v}`;
const nameOf = (s) => {
  const end = apply(indexOf, s, [';']);
  const pair = end < 0 ? s : apply(slice, s, [0, end]);
  const eq = apply(indexOf, pair, ['=']);
  return eq < 0 ? '' : apply(slice, pair, [0, eq]);
};
const pairOf = (s) => {
  const end = apply(indexOf, s, [';']);
  return apply(trim, end < 0 ? s : apply(slice, s, [0, end]), []);
};

// document.cookie
if (typeof Document === 'function') {
  const d = descriptor(Document.prototype, 'cookie');
  if (d && d.set && d.get && d.configurable) {
    const get = d.get, set = d.set;
    const note = (doc, s) => {
      const n = due('c' + nameOf(s));
      if (!n) return;
      const jar = '; ' + apply(get, doc, []) + ';';
      const read = apply(indexOf, jar, ['; ' + pairOf(s) + ';']) >= 0;
      trace(token, 'c', s, Str(now()), read ? '1' : '0', Str(n));
    };
    const fake = descriptor({ set cookie(value) {
      const s = text(value);
      apply(set, this, [s]);
      try { note(this, s); } catch {}
    } }, 'cookie').set;
    d.set = mask(fake, set);
    define(Document.prototype, 'cookie', d);
  }
}

// cookieStore: the dictionary is read once, in the order of WebIDL, and the
// native method gets the copy, so that getters of the page run once.
if (typeof CookieStore === 'function') {
  const copy = (from) => {
    const to = { __proto__: null };
    if (from === undefined || from === null || (typeof from !== 'object' && typeof from !== 'function')) return to;
    let v;
    if ((v = from.domain) !== undefined) to.domain = v === null ? null : text(v);
    if ((v = from.expires) !== undefined) to.expires = v === null ? null : +v;
    if ((v = from.maxAge) !== undefined) to.maxAge = v === null ? null : +v;
    if ((v = from.name) !== undefined) to.name = text(v);
    if ((v = from.partitioned) !== undefined) to.partitioned = !!v;
    if ((v = from.path) !== undefined) to.path = text(v);
    if ((v = from.sameSite) !== undefined) to.sameSite = text(v);
    if ((v = from.value) !== undefined) to.value = text(v);
    return to;
  };
  const opt = (v) => v === undefined || v === null ? '' : Str(v);
  const mem = (v) => v === undefined || v === null ? '' : '=' + v;
  const note = (kind, o) => {
    const n = due(kind + o.name);
    if (n) trace(token, kind, opt(o.name), opt(o.value), mem(o.domain), mem(o.path), opt(o.expires), mem(o.sameSite), o.partitioned ? '1' : '0', Str(now()), Str(n), opt(o.maxAge));
  };
  replaceMethod(CookieStore.prototype, 'set', (native) => ({ set(cookie) {
    let o;
    if (arguments.length >= 2) o = { __proto__: null, name: text(cookie), value: text(arguments[1]) };
    else if (arguments.length === 1) o = copy(cookie);
    else return apply(native, this, []);
    const result = apply(native, this, arguments.length >= 2 ? [o.name, o.value] : [o]);
    try { note('s', o); } catch {}
    return result;
  } }).set);
  replaceMethod(CookieStore.prototype, 'delete', (native) => ({ delete(cookie) {
    let o;
    if (arguments.length === 0) return apply(native, this, []);
    if (typeof cookie === 'object' && cookie !== null) o = copy(cookie);
    else o = { __proto__: null, name: text(cookie) };
    const result = apply(native, this, typeof cookie === 'object' && cookie !== null ? [o] : [o.name]);
    try { note('d', o); } catch {}
    return result;
  } }).delete);
}

// Web storage. A write by property (localStorage.x = 1) passes no method: for
// it the access to the storage object is reported.
if (typeof Storage === 'function') {
  const areas = { __proto__: null };
  const area = (s) => {
    try { if (areas.l && apply(areas.l, global, []) === s) return 'l'; } catch {}
    return 's';
  };
  const wrapArea = (name, key) => {
    const d = descriptor(global, name);
    if (!d || !d.get || !d.configurable) return;
    const get = d.get;
    areas[key] = get;
    let left = 200;
    const fake = descriptor({ get [name]() {
      const s = apply(get, this, []);
      try { if (left > 0) { left--; trace(token, 'a', key); } } catch {}
      return s;
    } }, name).get;
    d.get = mask(fake, get);
    define(global, name, d);
  };
  wrapArea('localStorage', 'l');
  wrapArea('sessionStorage', 's');
  replaceMethod(Storage.prototype, 'setItem', (native) => ({ setItem(key, value) {
    if (arguments.length < 2) return apply(native, this, arguments.length ? [key] : []);
    const k = text(key), v = text(value);
    const result = apply(native, this, [k, v]);
    try { const n = due('w' + k); if (n) trace(token, 'w', 'setItem', area(this), k, v, Str(n)); } catch {}
    return result;
  } }).setItem);
  replaceMethod(Storage.prototype, 'removeItem', (native) => ({ removeItem(key) {
    if (arguments.length < 1) return apply(native, this, []);
    const k = text(key);
    const result = apply(native, this, [k]);
    try { const n = due('w' + k); if (n) trace(token, 'w', 'removeItem', area(this), k, '', Str(n)); } catch {}
    return result;
  } }).removeItem);
  replaceMethod(Storage.prototype, 'clear', (native) => ({ clear() {
    const result = apply(native, this, []);
    try { const n = due('w'); if (n) trace(token, 'w', 'clear', area(this), '', '', Str(n)); } catch {}
    return result;
  } }).clear);
}

// Databases, caches, service workers: who opened them.
const opener = (proto, method, kind) => {
  replaceMethod(proto, method, (native) => ({ [method](name) {
    if (arguments.length === 0) return apply(native, this, []);
    const k = text(name);
    const result = apply(native, this, arguments.length > 1 ? [k, arguments[1]] : [k]);
    try { const n = due(kind + k); if (n) trace(token, 'o', kind, k, method, Str(n)); } catch {}
    return result;
  } })[method]);
};
if (typeof IDBFactory === 'function') { opener(IDBFactory.prototype, 'open', 'i'); opener(IDBFactory.prototype, 'deleteDatabase', 'i'); }
if (typeof CacheStorage === 'function') { opener(CacheStorage.prototype, 'open', 'k'); opener(CacheStorage.prototype, 'delete', 'k'); }
// A service worker's address may be a TrustedScriptURL: it is passed on as it came.
if (typeof ServiceWorkerContainer === 'function') {
  replaceMethod(ServiceWorkerContainer.prototype, 'register', (native) => ({ register(scriptURL) {
    const result = apply(native, this, arguments);
    try {
      const options = arguments[1];
      const d = options !== null && typeof options === 'object' ? descriptor(options, 'scope') : undefined;
      if (due('r')) trace(token, 'o', 'r', text(scriptURL), 'register', d && typeof d.value === 'string' ? d.value : '');
    } catch {}
    return result;
  } }).register);
}

// fetch with keepalive outlives the page like a beacon; CDP does not tell.
if (typeof fetch === 'function') {
  replaceMethod(global, 'fetch', (native) => ({ fetch(input) {
    const init = arguments[1];
    const result = apply(native, this, arguments);
    try {
      const d = init !== null && typeof init === 'object' ? descriptor(init, 'keepalive') : undefined;
      if (d && d.value && due('b')) trace(token, 'b', typeof input === 'string' ? input : text(input && input.url || input));
    } catch {}
    return result;
  } }).fetch);
}

// Fingerprinting: canvas text that is read back, audio rendering, the WebGL
// vendor and renderer, many font families measured.
const print = (api) => { try { const n = due('f' + api); if (n && n < 50) trace(token, 'f', api); } catch {} };
const drawn = new WS();
const watch2d = (Context, Canvas) => {
  if (!Context) return;
  const d = descriptor(Context.prototype, 'canvas');
  const canvasOf = d && d.get;
  if (!canvasOf) return;
  const mark = (method) => replaceMethod(Context.prototype, method, (native) => ({ [method](s, x, y) {
    const result = apply(native, this, arguments);
    try { apply(wsAdd, drawn, [apply(canvasOf, this, [])]); } catch {}
    return result;
  } })[method]);
  mark('fillText'); mark('strokeText');
  replaceMethod(Context.prototype, 'getImageData', (native) => ({ getImageData(sx, sy, sw, sh) {
    try { if (apply(wsHas, drawn, [apply(canvasOf, this, [])])) print('canvas'); } catch {}
    return apply(native, this, arguments);
  } }).getImageData);
  const read = (method) => Canvas && replaceMethod(Canvas.prototype, method, (native) => native.length
    ? ({ [method](callback) { try { if (apply(wsHas, drawn, [this])) print('canvas'); } catch {} return apply(native, this, arguments); } })[method]
    : ({ [method]() { try { if (apply(wsHas, drawn, [this])) print('canvas'); } catch {} return apply(native, this, arguments); } })[method]);
  read('toDataURL'); read('toBlob'); read('convertToBlob');
  const fd = descriptor(Context.prototype, 'font');
  if (!fd || !fd.get) return;
  replaceMethod(Context.prototype, 'measureText', (native) => ({ measureText(s) {
    try { family(apply(fd.get, this, [])); } catch {}
    return apply(native, this, arguments);
  } }).measureText);
};
const families = new M();
let familyCount = 0;
const family = (font) => {
  if (familyCount > 20 || apply(mapGet, families, [font])) return;
  apply(mapSet, families, [font, true]);
  if (++familyCount === 20) print('fonts');
};
watch2d(typeof CanvasRenderingContext2D === 'function' && CanvasRenderingContext2D, typeof HTMLCanvasElement === 'function' && HTMLCanvasElement);
watch2d(typeof OffscreenCanvasRenderingContext2D === 'function' && OffscreenCanvasRenderingContext2D, typeof OffscreenCanvas === 'function' && OffscreenCanvas);
if (typeof FontFaceSet === 'function') {
  replaceMethod(FontFaceSet.prototype, 'check', (native) => ({ check(font) {
    try { family(text(font)); } catch {}
    return apply(native, this, arguments);
  } }).check);
}
if (typeof OfflineAudioContext === 'function') {
  replaceMethod(OfflineAudioContext.prototype, 'startRendering', (native) => ({ startRendering() {
    print('audio');
    return apply(native, this, arguments);
  } }).startRendering);
}
if (typeof AnalyserNode === 'function') {
  replaceMethod(AnalyserNode.prototype, 'getFloatFrequencyData', (native) => ({ getFloatFrequencyData(array) {
    print('audio');
    return apply(native, this, arguments);
  } }).getFloatFrequencyData);
}
const watchGL = (Context) => {
  if (typeof Context !== 'function') return;
  replaceMethod(Context.prototype, 'getParameter', (native) => ({ getParameter(pname) {
    if (pname === 0x9245 || pname === 0x9246) print('webgl');
    return apply(native, this, arguments);
  } }).getParameter);
  replaceMethod(Context.prototype, 'readPixels', (native) => ({ readPixels(x, y, width, height, format, type, pixels) {
    print('webgl');
    return apply(native, this, arguments);
  } }).readPixels);
};
watchGL(typeof WebGLRenderingContext === 'function' && WebGLRenderingContext);
watchGL(typeof WebGL2RenderingContext === 'function' && WebGL2RenderingContext);
})();
