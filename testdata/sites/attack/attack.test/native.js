// Looks for signs of a watcher; an ordinary Chromium shows none of them.
const signs = [];
function expect(ok, sign) {
  if (!ok) signs.push(sign);
}
function throwsTypeError(action) {
  try {
    action();
    return false;
  } catch (error) {
    return error instanceof TypeError;
  }
}

const toText = Function.prototype.toString;
const frame = document.createElement('iframe');
document.body.append(frame);
const otherToText = frame.contentWindow.Function.prototype.toString;

function expectNative(fn, name, length) {
  expect(fn.name === name, name + ': name ' + fn.name);
  expect(fn.length === length, name + ': length ' + fn.length);
  expect(toText.call(fn) === 'function ' + name + '() { [native code] }', name + ': source');
  expect(fn.toString() === toText.call(fn), name + ': own source');
  expect(otherToText.call(fn).includes('[native code]'), name + ': source as another realm sees it');
  expect(Reflect.ownKeys(fn).sort().join() === 'length,name', name + ': own keys ' + Reflect.ownKeys(fn).join());
  expect(throwsTypeError(() => Reflect.construct(Object, [], fn)), name + ': can be constructed');
  expect(Object.getPrototypeOf(fn) === Function.prototype, name + ': prototype');
}

function expectMethod(type, name, length) {
  const property = Object.getOwnPropertyDescriptor(type.prototype, name);
  expect(property.writable && property.enumerable && property.configurable, name + ': flags');
  expectNative(property.value, name, length);
}

const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
expect(cookie.enumerable && cookie.configurable, 'cookie: flags');
expectNative(cookie.get, 'get cookie', 0);
expectNative(cookie.set, 'set cookie', 1);
expect(!Object.hasOwn(document, 'cookie'), 'cookie: on the document itself');
expect(!Object.hasOwn(HTMLDocument.prototype, 'cookie'), 'cookie: on HTMLDocument');
expect(throwsTypeError(() => cookie.set.call({}, 'x=1')), 'cookie: wrong this');
expect(Object.getOwnPropertyNames(Document.prototype).indexOf('cookie') < 20, 'cookie: order of keys');

expectMethod(CookieStore, 'set', 1);
expectMethod(CookieStore, 'delete', 1);
expectMethod(Storage, 'setItem', 2);
expectMethod(Storage, 'removeItem', 1);
expectMethod(Storage, 'clear', 0);
expectMethod(IDBFactory, 'open', 1);
expectMethod(CacheStorage, 'open', 1);
expectMethod(ServiceWorkerContainer, 'register', 1);
expectMethod(HTMLCanvasElement, 'toDataURL', 0);
expectMethod(HTMLCanvasElement, 'toBlob', 1);
expectMethod(CanvasRenderingContext2D, 'getImageData', 4);
expectMethod(CanvasRenderingContext2D, 'fillText', 3);
expectMethod(CanvasRenderingContext2D, 'measureText', 1);
expectMethod(WebGLRenderingContext, 'getParameter', 1);
expectMethod(OfflineAudioContext, 'startRendering', 0);
expectMethod(AnalyserNode, 'getFloatFrequencyData', 1);
expectMethod(FontFaceSet, 'check', 1);
expectMethod(Navigator, 'sendBeacon', 1);
expectNative(window.fetch, 'fetch', 1);

const ownText = Object.getOwnPropertyDescriptor(Function.prototype, 'toString');
expect(ownText.writable && !ownText.enumerable && ownText.configurable, 'toString: flags');
expectNative(ownText.value, 'toString', 0);
expect(throwsTypeError(() => toText.call({})), 'toString: wrong this');
expect(throwsTypeError(() => toText.call(Object.create(cookie.set))), 'toString: heir of a function');
expect(toText.call(() => 1) === '() => 1', 'toString: of a page function');

const local = Object.getOwnPropertyDescriptor(window, 'localStorage');
expectNative(local.get, 'get localStorage', 0);
expect(Object.prototype.toString.call(localStorage) === '[object Storage]', 'localStorage: tag');
expect(Reflect.ownKeys(localStorage).every(key => typeof key === 'string'), 'localStorage: keys');

expect(Error.stackTraceLimit === 10, 'stackTraceLimit');
expect(!Object.hasOwn(Error, 'prepareStackTrace'), 'prepareStackTrace');
expect(throwsTypeError(() => new cookie.set()), 'cookie: new');

if (signs.length === 0) document.cookie = 'looks_native=1; path=/';
else document.cookie = 'hook_seen=' + encodeURIComponent(signs.join('; ').slice(0, 2000)) + '; path=/';
