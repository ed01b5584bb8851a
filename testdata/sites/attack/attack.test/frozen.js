for (const type of [Object, Function, Array, String, RegExp, Error, Document, CookieStore, Storage, WeakMap, Promise]) {
  Object.freeze(type.prototype);
}
Object.freeze(Reflect);
Object.freeze(JSON);
document.cookie = 'frozen=1; path=/';
cookieStore.set('frozen_store', '1');
localStorage.setItem('frozen_item', '1');
