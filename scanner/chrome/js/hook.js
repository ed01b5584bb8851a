// Reports what scripts write, before the page's own code can run. It lives in
// the page's world, so everything it uses later is captured now: a page may
// replace any built-in, and must neither see, silence, forge nor break this.
//
// Rules: no method call on page-reachable prototypes (capture and apply), no
// spread or for-of (Array.prototype[Symbol.iterator]), no look-up that can
// fall through to Object.prototype (null prototypes, own keys), no JSON, no
// Error.stack to find the caller (the inspector takes the stack of
// console.trace natively, with its asynchronous parents). The native function
// runs first and exactly once, and converts the page's values itself: the
// hook only listens. Reporting comes after, and nothing in it can throw.
(() => {
'use strict';
const token = '__TOKEN__';
const global = globalThis;
const trace = console.trace, now = Date.now, later = global.queueMicrotask;
const { apply, defineProperty: define, getOwnPropertyDescriptor: descriptor, getPrototypeOf, setPrototypeOf, has } = Reflect;
const throwingSetPrototypeOf = Object.setPrototypeOf;
const Prox = Proxy, M = Map, WM = WeakMap, WS = WeakSet, Err = Error;
const { indexOf, slice, charCodeAt, toWellFormed } = String.prototype;
const { get: wmGet, set: wmSet } = WM.prototype;
const { get: mapGet, set: mapSet, has: mapHas, clear: mapClear } = M.prototype;
const { add: wsAdd, has: wsHas } = WS.prototype;
const toPrimitive = Symbol.toPrimitive;

// What the platform lacks (workers, insecure contexts) is left out; one part
// that fails does not take the others with it.
const part = (install) => { try { install(); } catch {} };
const protoOf = (name) => { const c = global[name]; return typeof c === 'function' ? c.prototype : undefined; };
const getterOf = (owner, name) => { const d = owner && descriptor(owner, name); return d && d.get; };

// ---- Realms of one origin

// Functions of one realm are called, and looked at, from others. Realms find
// each other by a custom element whose name is the secret: a registry cannot
// be enumerated, and is reached by native getters only. A realm knows the one
// it was made by: when its own document is gone the inspector no longer hears it.
const doc = typeof document === 'object' ? document : null;
const registryOf = doc && getterOf(global, 'customElements'), closedOf = doc && getterOf(global, 'closed');
const registryProto = protoOf('CustomElementRegistry');
const registered = registryProto && registryProto.get, register = registryProto && registryProto.define;
const realm = { __proto__: null, trace, originals: new WM(), up: null, alive: () => true };
let again = false;
part(() => {
  if (!registryOf || !registered) return;
  const name = 'x-' + token;
  const at = (window) => { const c = apply(registered, apply(registryOf, window, []), [name]); return c && c.realm; };
  const near = (window) => { try { return window && window !== global && at(window) || null; } catch { return null; } };
  if (at(global)) { again = true; return; }
  // A frame that went elsewhere has another realm at the same place.
  realm.alive = () => { try { return !apply(closedOf, global, []) && at(global) === realm; } catch { return false; } };
  realm.up = near(global.parent) || near(global.opener) || near(global.top);
  if (realm.up) realm.originals = realm.up.originals;
  const holder = class {};
  holder.realm = realm;
  apply(register, apply(registryOf, global, []), [name, holder]);
});
if (again) return;

// ---- Reports

// All writes of a name are reported up to a cap, then only the powers of two.
// Each report stands for the writes since the one before.
const perName = 200, perRealm = 20000, charsPerRealm = 1 << 26;
const counts = new M();
let reports = 0, chars = 0, full = false, missed = false, warming = true;

const tell = (list) => {
  let r = realm;
  while (r.up && !r.alive()) r = r.up;
  if (!warming) apply(r.trace, undefined, list);
};
const due = (key) => {
  if (reports >= perRealm || chars >= charsPerRealm) {
    if (!full) { tell([token, 'x', '']); full = true; }
    return undefined;
  }
  let c = apply(mapGet, counts, [key]);
  if (!c) { c = { __proto__: null, writes: 0, told: 0, now: 0 }; apply(mapSet, counts, [key, c]); }
  c.writes++;
  if (c.writes > perName && (c.writes & (c.writes - 1)) !== 0) return undefined;
  c.now = c.writes - c.told;
  return c;
};
const say = (c, list) => {
  if (missed) { tell([token, 'x', '']); missed = false; }
  for (let i = 0; i < list.length; i++) chars += list[i].length;
  tell(list);
  c.told = c.writes;
  reports++;
};
// A report can fail for want of stack. That it did is told as soon as there is
// some again: who wrote can then not be known.
const flush = () => { try { if (missed) { tell([token, 'x', '']); missed = false; } } catch {} };

// ---- Covers: what a native function is replaced with

const isObject = (v) => typeof v === 'object' ? v !== null : typeof v === 'function' || (typeof v === 'undefined' && v !== undefined);

// An error of a native function carries the two frames of the hook. They are
// cut where that runs no code of the page: it made none of the values, and
// does not format stacks itself.
let stackGet, stackSet;
part(() => { const d = descriptor(new Err(''), 'stack'); stackGet = d.get; stackSet = d.set; });
const cut = (stack, from) => {
  const end = apply(indexOf, stack, ['\n', from + 1]);
  return apply(slice, stack, [0, from]) + (end < 0 ? '' : apply(slice, stack, [end]));
};
const lineWith = (stack, what) => {
  let line = apply(indexOf, stack, ['\n    at ']);
  while (line >= 0) {
    const next = apply(indexOf, stack, ['\n', line + 1]);
    const hit = apply(indexOf, stack, [what, line]);
    if (hit >= 0 && (next < 0 || hit < next)) return line;
    line = next;
  }
  return -1;
};
const stackOf = (e) => {
  if (!stackSet || has(Err, 'prepareStackTrace')) return undefined;
  const s = apply(stackGet, e, []);
  return typeof s === 'string' ? s : undefined;
};
const clean = (e) => {
  try {
    let s = stackOf(e);
    if (s === undefined) return;
    for (let n = 0; n < 2; n++) { const at = lineWith(s, '<anonymous>:'); if (at >= 0) s = cut(s, at); }
    apply(stackSet, e, [s]);
  } catch {}
};
const run = (native, self, args) => {
  try { return apply(native, self, args); } catch (e) {
    let plain = true;
    for (let i = 0; i < args.length; i++) if (isObject(args[i])) plain = false;
    if (plain) clean(e);
    throw e;
  }
};

// A proxy keeps name, length, own keys, the lack of prototype and constructor.
// What it does not keep is Function.prototype.toString, which is covered too,
// and that a prototype chain through itself is refused.
const cover = (native, work) => {
  const fake = new Prox(native, {
    __proto__: null,
    apply: work,
    setPrototypeOf(target, proto) {
      let cyclic = false;
      try { for (let p = proto, n = 0; p !== null && n < 1000; p = getPrototypeOf(p), n++) if (p === fake) { cyclic = true; break; } } catch {}
      if (!cyclic) return setPrototypeOf(target, proto);
      return refuse(target);
    },
  });
  apply(wmSet, realm.originals, [fake, native]);
  return fake;
};
// Object.setPrototypeOf throws where Reflect.setPrototypeOf answers false.
const refuse = (target) => {
  try { return throwingSetPrototypeOf(target, target); } catch (e) {
    let s;
    try { s = stackOf(e); } catch {}
    if (s !== undefined) {
      if (lineWith(s, 'at Reflect.setPrototypeOf (') >= 0) return false;
      try { apply(stackSet, e, [cut(s, lineWith(s, 'at '))]); } catch {}
      clean(e);
    }
    throw e;
  }
};
const replace = (owner, name, kind, work) => {
  const d = owner && descriptor(owner, name);
  if (!d || !d.configurable || typeof d[kind] !== 'function') return;
  d[kind] = cover(d[kind], work);
  define(owner, name, d);
};
replace(Function.prototype, 'toString', 'value', (native, self, args) => run(native, apply(wmGet, realm.originals, [self]) || self, args));

// hook listens to a function: prepare sees its arguments before the native one
// does, note what came of them, if that did not throw. Little stack may be left:
// whatever fails here, the native function runs, once, and the page sees no more
// than what that did. What is not compiled yet needs 40 KB of stack, so all of
// it runs once, muted, before the page does.
const hook = (owner, name, kind, prepare, note) => {
  const work = (native, self, args) => {
    const box = { __proto__: null, bad: false };
    let heeded = false;
    try { prepare(args, box); heeded = true; } catch {}
    const result = run(native, self, args);
    try { if (heeded) { note(self, box); return result; } } catch {}
    missed = true;
    try { later(flush); } catch {}
    return result;
  };
  replace(owner, name, kind, work);
  const box = { __proto__: null, bad: false, v: '', name: '', value: '', key: '', url: '', keepalive: true };
  try { work(nothing, undefined, []); } catch {}
  try { prepare([''], box); note(undefined, box); } catch {}
};
// A worker that has not begun lacks what only secure contexts get. What listens
// to that waits for its script.
const waiting = [];
const whenThere = (name, install) => {
  if (doc || protoOf(name)) part(() => install(protoOf(name)));
  else waiting[waiting.length] = () => install(protoOf(name));
};
const nothing = () => {};
const asIs = () => {};

// heard gives a native function a value that it converts itself, when and if
// it gets that far; box[key] is then what the conversion made of it.
const heard = (v, box, key) => {
  if (typeof v === 'symbol') { box.bad = true; return v; }
  if (!isObject(v)) { box[key] = v; return v; }
  return proven(v, box, key);
};
const proven = (v, box, key) => ({ __proto__: null, [toPrimitive]: (hint) => {
  box.bad = true;
  const p = hint === 'number' ? +v : `${v}`;
  box[key] = p;
  box.bad = false;
  return p;
} });
// view passes on a dictionary member by member, as the native function asks.
const view = (from, take) => new Prox({ __proto__: null }, { __proto__: null, get: (_, key) => take(key, from[key]) });
const text = (v) => `${v}`;

// ---- document.cookie

// Octets of white space as the parser of cookies has them: space and tab.
const blank = (s, i) => { const c = apply(charCodeAt, s, [i]); return c === 32 || c === 9; };
const trim = (s) => {
  let from = 0, to = s.length;
  while (from < to && blank(s, from)) from++;
  while (from < to && blank(s, to - 1)) to--;
  return apply(slice, s, [from, to]);
};
const until = (s, mark) => { const i = apply(indexOf, s, [mark]); return i < 0 ? s : apply(slice, s, [0, i]); };

part(() => {
  const proto = protoOf('Document'), html = protoOf('HTMLDocument');
  const get = getterOf(proto, 'cookie'), windowOf = getterOf(proto, 'defaultView');
  let ours;
  // Consent platforms put a property of their own before the native one.
  const wrapped = (self) => (descriptor(self, 'cookie') || descriptor(html, 'cookie') || descriptor(proto, 'cookie') || ours).set !== ours.set;
  const note = (self, box) => {
    // A document that no window shows has no cookies.
    if (box.bad || (!warming && apply(windowOf, self, []) === null)) return;
    const s = text(box.v), pair = until(s, ';');
    const eq = apply(indexOf, pair, ['=']);
    const name = eq < 0 ? '' : trim(apply(slice, pair, [0, eq]));
    const c = due('c' + name);
    if (!c) return;
    const value = trim(apply(slice, pair, [eq + 1]));
    const jar = '; ' + apply(get, self, []) + ';';
    const read = apply(indexOf, jar, ['; ' + (name === '' ? value : name + '=' + value) + ';']) >= 0;
    say(c, [token, 'c', s, text(now()), read ? '1' : '0', text(c.now), wrapped(self) ? '1' : '0']);
  };
  hook(proto, 'cookie', 'set', (args, box) => { if (args.length > 0) args[0] = heard(args[0], box, 'v'); }, note);
  ours = descriptor(proto, 'cookie');
  wrapped(doc);
});

// ---- cookieStore

whenThere('CookieStore', (proto) => {
  // A call on something else is refused by a promise; this refuses at once.
  const brand = getterOf(proto, 'onchange');
  const genuine = (self) => { try { if (brand) apply(brand, self, []); return true; } catch { return false; } };
  const usv = (v) => toWellFormed ? apply(toWellFormed, text(v), []) : text(v);
  const opt = (v) => v === undefined || v === null ? '' : text(+v);
  const member = (v) => v === undefined ? '' : '=' + usv(v);
  const takeInto = (box) => (key, v) => {
    if (key === 'partitioned') { box.partitioned = !!v; return v; }
    if (v === undefined || (v === null && key !== 'name' && key !== 'value' && key !== 'path')) return v;
    return typeof key === 'string' ? heard(v, box, key) : v;
  };
  const noteAs = (kind) => (self, box) => {
    if (box.bad || box.name === undefined || (kind === 's' && box.value === undefined) || !genuine(self)) return;
    const name = usv(box.name), c = due(kind + name);
    if (c) {
      say(c, [token, kind, name, box.value === undefined ? '' : usv(box.value), member(box.domain), member(box.path), opt(box.expires),
        member(box.sameSite), box.partitioned ? '1' : '0', text(now()), text(c.now), opt(box.maxAge)]);
    }
  };
  // undefined as a name is the text "undefined".
  const word = (v, box, key) => heard(v === undefined ? 'undefined' : v, box, key);
  hook(proto, 'set', 'value', (args, box) => {
    if (args.length > 1) {
      args[0] = word(args[0], box, 'name');
      args[1] = word(args[1], box, 'value');
    } else if (args.length > 0 && isObject(args[0])) args[0] = view(args[0], takeInto(box));
  }, noteAs('s'));
  hook(proto, 'delete', 'value', (args, box) => {
    if (args.length === 0 || args[0] === undefined || args[0] === null) return;
    args[0] = isObject(args[0]) ? view(args[0], takeInto(box)) : heard(args[0], box, 'name');
  }, noteAs('d'));
});

// ---- Web storage

// A write by property (localStorage.x = 1) passes no method: for it the access
// to the storage object is reported.
part(() => {
  const proto = protoOf('Storage');
  if (!proto) return;
  const areas = { __proto__: null, l: getterOf(global, 'localStorage'), s: getterOf(global, 'sessionStorage') };
  const is = (s, key) => { try { return areas[key] !== undefined && apply(areas[key], global, []) === s; } catch { return false; } };
  // The storage of another realm is neither. While warming nothing may be asked
  // for: that would open the storage of every page.
  const area = (s) => warming ? '' : is(s, 'l') ? 'l' : is(s, 's') ? 's' : '?';
  const access = (name, key) => {
    let left = perName;
    const note = () => {
      if (left < 0 || warming) return;
      // The last one says that others may follow, which are not told.
      tell(left-- > 0 ? [token, 'a', key] : [token, 'a', key, 'more']);
    };
    hook(global, name, 'get', asIs, note);
  };
  access('localStorage', 'l');
  access('sessionStorage', 's');
  const method = (name, wants) => {
    const note = (self, box) => {
      if (box.bad) return;
      const key = wants > 0 ? text(box.key) : '', c = due('w' + key);
      if (c) say(c, [token, 'w', name, area(self), key, wants > 1 ? text(box.value) : '', text(c.now)]);
    };
    hook(proto, name, 'value', (args, box) => {
      if (wants > 0 && args.length > 0) args[0] = heard(args[0], box, 'key');
      if (wants > 1 && args.length > 1) args[1] = heard(args[1], box, 'value');
    }, note);
  };
  method('setItem', 2);
  method('removeItem', 1);
  method('clear', 0);
});

// ---- Databases, caches, files, service workers: who opened them

const opened = (kind, name, method, bucket) => {
  const c = due(kind + bucket + '/' + name);
  if (c) say(c, [token, 'o', kind, name, method, text(c.now), bucket]);
};
// The factories of a storage bucket look like those of the default one.
const buckets = new WM();
// Only a call that is not refused, be it by a promise, converts its name.
const nameFirst = (args, box) => { if (args.length > 0 && typeof args[0] !== 'symbol') args[0] = proven(args[0], box, 'name'); };
const opener = (proto, method, kind) => hook(proto, method, 'value', nameFirst, (self, box) => {
  if (!box.bad && box.name !== undefined) opened(kind, box.name, method, apply(wmGet, buckets, [self]) || '');
});
part(() => {
  opener(protoOf('IDBFactory'), 'open', 'i');
  opener(protoOf('IDBFactory'), 'deleteDatabase', 'i');
});
whenThere('CacheStorage', (proto) => {
  opener(proto, 'open', 'k');
  opener(proto, 'delete', 'k');
});
whenThere('StorageBucket', (proto) => {
  const nameOf = getterOf(proto, 'name');
  const factory = (name) => replace(proto, name, 'get', (native, self, args) => {
    const o = run(native, self, args);
    try { apply(wmSet, buckets, [o, apply(nameOf, self, [])]); } catch {}
    return o;
  });
  factory('indexedDB');
  factory('caches');
});
// Files are looked for where somebody has them in hand.
const filing = (proto, method) => hook(proto, method, 'value', asIs, () => { const c = due('d'); if (c) say(c, [token, 'd']); });
whenThere('StorageManager', (proto) => filing(proto, 'getDirectory'));
whenThere('StorageBucket', (proto) => filing(proto, 'getDirectory'));
part(() => filing(global, 'webkitRequestFileSystem'));
// A handle tells its name, but neither its folder nor its bucket. Whoever writes
// to a file or removes it has one: the file was there.
whenThere('FileSystemDirectoryHandle', (folder) => {
  const nameOf = getterOf(protoOf('FileSystemHandle'), 'name');
  opener(folder, 'removeEntry', 'f');
  hook(folder, 'getFileHandle', 'value', (args, box) => {
    nameFirst(args, box);
    if (args.length > 1 && isObject(args[1])) {
      args[1] = view(args[1], (key, v) => { if (key === 'create') box.create = !!v; return v; });
    }
  }, (self, box) => {
    if (!box.bad && box.create && box.name !== undefined) opened('f', box.name, 'getFileHandle', '');
  });
  const handled = (owner, method) => hook(protoOf(owner), method, 'value', asIs, (self) => {
    let name;
    try { name = apply(nameOf, self, []); } catch { return; } // refused by a promise
    opened('f', name, method, '');
  });
  handled('FileSystemFileHandle', 'createWritable');
  handled('FileSystemFileHandle', 'createSyncAccessHandle');
  handled('FileSystemHandle', 'remove');
});

part(() => {
  const proto = protoOf('TrustedScriptURL'), trusted = proto && descriptor(proto, 'toString').value;
  hook(protoOf('ServiceWorkerContainer'), 'register', 'value', (args, box) => {
    if (args.length === 0) return;
    // A TrustedScriptURL must arrive as it came.
    if (isObject(args[0])) try { box.url = apply(trusted, args[0], []); } catch {}
    if (box.url === undefined) args[0] = heard(args[0], box, 'url');
    if (args.length > 1 && isObject(args[1])) {
      args[1] = view(args[1], (key, v) => key === 'scope' && v !== undefined ? heard(v, box, 'scope') : v);
    }
  }, (self, box) => {
    if (box.bad || box.url === undefined) return;
    const url = text(box.url), c = due('r' + url);
    if (c) say(c, [token, 'o', 'r', url, 'register', box.scope === undefined ? '' : text(box.scope)]);
  });
});

// ---- fetch with keepalive outlives the page like a beacon; CDP does not tell.
// What fetchLater sends when the page is gone no session of it shows.

part(() => {
  const urlOf = getterOf(protoOf('Request'), 'url'), keepaliveOf = getterOf(protoOf('Request'), 'keepalive');
  // A window owns it, a worker inherits it.
  hook(descriptor(global, 'fetch') ? global : protoOf('WorkerGlobalScope'), 'fetch', 'value', (args, box) => {
    if (args.length === 0) return;
    if (isObject(args[0])) try { box.url = apply(urlOf, args[0], []); box.keepalive = apply(keepaliveOf, args[0], []); } catch {}
    if (box.url === undefined) args[0] = heard(args[0], box, 'url');
    if (args.length > 1 && isObject(args[1])) {
      args[1] = view(args[1], (key, v) => { if (key === 'keepalive' && v !== undefined) box.keepalive = !!v; return v; });
    }
  }, (self, box) => {
    if (box.bad || !box.keepalive || box.url === undefined) return;
    const url = text(box.url), c = due('b' + url);
    if (c) say(c, [token, 'b', url]);
  });
  hook(global, 'fetchLater', 'value', (args, box) => {
    if (args.length === 0) return;
    if (isObject(args[0])) try { box.url = apply(urlOf, args[0], []); } catch {}
    if (box.url === undefined) args[0] = heard(args[0], box, 'url');
  }, (self, box) => {
    if (box.bad || box.url === undefined) return;
    const url = text(box.url), c = due('l' + url);
    if (c) say(c, [token, 'l', url]);
  });
});

// ---- Fingerprinting: canvas text that is read back, audio rendering, the
// vendor and renderer of WebGL, many font families measured

const print = (api) => { const c = due('f' + api); if (c) say(c, [token, 'f', api]); };
const after = (owner, name, note) => hook(owner, name, 'value', asIs, note);
const always = (api) => () => print(api);

// Looks at the font that is set cost more than the measuring itself.
const perRun = 5000;
// Families count within one run of script, so that the few which an innocent
// script measures are not put to those of another.
const families = new M();
let measured = 0, looks = 0;
const forget = () => { measured = looks = 0; apply(mapClear, families, []); };
const digit = (s, i) => { const c = apply(charCodeAt, s, [i]); return c >= 48 && c <= 57; };
// familyOf cuts style, weight and size: the size is the first word that begins
// with a digit or point and ends with neither.
const familyOf = (font) => {
  for (let at = 0; at >= 0 && at < font.length;) {
    let end = apply(indexOf, font, [' ', at]);
    if (end < 0) break;
    if ((digit(font, at) || apply(charCodeAt, font, [at]) === 46) && !digit(font, end - 1)) return trim(apply(slice, font, [end]));
    at = end + 1;
  }
  return font;
};
const looking = () => { if (looks === 0) later(forget); return looks++ < perRun; };
const family = (font) => {
  const name = familyOf(font);
  if (measured >= 20 || apply(mapHas, families, [name])) return;
  apply(mapSet, families, [name, true]);
  if (++measured === 20) print('fonts');
};

const drawn = new WS();
const watch2d = (context, canvas) => part(() => {
  const proto = protoOf(context), canvasProto = protoOf(canvas);
  const canvasOf = getterOf(proto, 'canvas'), fontOf = getterOf(proto, 'font');
  if (!canvasOf) return;
  const mark = (self) => { apply(wsAdd, drawn, [apply(canvasOf, self, [])]); };
  const read = (c) => { if (apply(wsHas, drawn, [c])) print('canvas'); };
  after(proto, 'fillText', mark);
  after(proto, 'strokeText', mark);
  after(proto, 'getImageData', (self) => read(apply(canvasOf, self, [])));
  after(canvasProto, 'toDataURL', read);
  after(canvasProto, 'toBlob', read);
  after(canvasProto, 'convertToBlob', read);
  if (fontOf) after(proto, 'measureText', (self) => { if (looking()) family(apply(fontOf, self, [])); });
});
watch2d('CanvasRenderingContext2D', 'HTMLCanvasElement');
watch2d('OffscreenCanvasRenderingContext2D', 'OffscreenCanvas');
part(() => {
  const owner = protoOf('FontFaceSet') || (doc && doc.fonts && getPrototypeOf(doc.fonts));
  hook(owner, 'check', 'value', (args, box) => { if (args.length > 0) args[0] = heard(args[0], box, 'font'); },
    (self, box) => { if (box.font !== undefined && looking()) family(text(box.font)); });
});
part(() => after(protoOf('OfflineAudioContext'), 'startRendering', always('audio')));
part(() => after(protoOf('AnalyserNode'), 'getFloatFrequencyData', always('audio')));
const watchGL = (name) => part(() => {
  hook(protoOf(name), 'getParameter', 'value', (args, box) => { if (args.length > 0) args[0] = heard(args[0], box, 'pname'); }, (self, box) => {
    const p = box.pname >>> 0;
    if (p === 0x9245 || p === 0x9246) print('webgl');
  });
  after(protoOf(name), 'readPixels', always('webgl'));
});
watchGL('WebGLRenderingContext');
watchGL('WebGL2RenderingContext');

// ---- A worker begins: its script touches one of these before it can do much,
// and finds them as they were. None of them runs code of the page below the hook.

part(() => {
  if (waiting.length === 0) return;
  const names = ['self', 'location', 'navigator', 'cookieStore', 'indexedDB', 'postMessage', 'setTimeout',
    'addEventListener', 'oninstall', 'onactivate', 'onfetch', 'onmessage', 'onconnect'];
  const covered = [];
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = warming = true;
    for (let i = 0; i < covered.length; i++) part(() => define(covered[i].owner, covered[i].name, covered[i].native));
    for (let i = 0; i < waiting.length; i++) part(waiting[i]);
    warming = false;
  };
  const first = (native, self, args) => { begin(); return run(native, self, args); };
  for (let i = 0; i < names.length; i++) part(() => {
    let owner = global;
    while (owner && !descriptor(owner, names[i])) owner = getPrototypeOf(owner);
    if (!owner) return;
    covered[covered.length] = { __proto__: null, owner, name: names[i], native: descriptor(owner, names[i]) };
    replace(owner, names[i], 'get', first);
    replace(owner, names[i], 'set', first);
    replace(owner, names[i], 'value', first);
  });
});

apply(mapClear, counts, []);
reports = chars = 0;
warming = missed = false;
})();
