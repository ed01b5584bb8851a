let uses = 0;
function use() {
  uses++;
  throw new RangeError('no limit');
}
Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, get: use, set: use });
document.cookie = 'limit_accessor=1; path=/';
cookieStore.set('limit_accessor_store', '1');
document.cookie = 'limit_accessor_uses_' + uses + '=1; path=/';
const still = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit').get === use;
document.cookie = 'limit_accessor_kept_' + still + '=1; path=/';
