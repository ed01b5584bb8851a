// Objects inherit keys that a watcher may use.
let reads = 0;
const keys = ['stack', 'v', 'k', 'u', 'st', 'kind', 'type', 'text', 'url', 'line', 'column', 'frame', 'message',
  'cookie', 'record', 'payload', 'get', 'set', 'writable', 'enumerable', 'configurable', 'length', 'done', 'seq', '0', '1'];
const define = Object.defineProperty;
for (let i = 0; i < keys.length; i++) {
  const property = Object.create(null);
  property.configurable = true;
  property.get = () => { reads++; return 'forged'; };
  property.set = () => { reads++; };
  define(Object.prototype, keys[i], property);
}
document.cookie = 'getters=1; path=/';
cookieStore.set('getters_store', '1');
localStorage.setItem('getters_item', '1');
document.cookie = 'getters_reads_' + reads + '=1; path=/';
