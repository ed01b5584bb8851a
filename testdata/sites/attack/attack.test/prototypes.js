// Every method of the base prototypes throws, and counts who called it.
let calls = 0;
function broken() {
  calls++;
  throw new TypeError('broken');
}

const define = Object.defineProperty;
const describe = Object.getOwnPropertyDescriptor;
const types = [String, Array, RegExp, Number, Boolean, Symbol, Map, Set, WeakMap, WeakSet, Error, Date, Promise];
const methods = [];
for (const type of types) {
  for (const key of Reflect.ownKeys(type.prototype)) {
    const property = describe(type.prototype, key);
    if (key !== 'constructor' && typeof property.value === 'function' && property.configurable) methods.push([type.prototype, key]);
  }
}
methods.push([[][Symbol.iterator]().__proto__, 'next']);
const count = methods.length;
for (let i = 0; i < count; i++) define(methods[i][0], methods[i][1], { value: broken });

document.cookie = 'prototypes=1; path=/';
cookieStore.set('prototypes_store', '1');
localStorage.setItem('prototypes_item', '1');
document.cookie = 'prototypes_calls_' + calls + '=1; path=/';
