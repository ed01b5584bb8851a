const realSet = CookieStore.prototype.set;
CookieStore.prototype.set = function (name, value) {
  if (name === 'store_unwanted') return Promise.resolve();
  return realSet.call(this, { name, value, sameSite: 'lax' });
};
cookieStore.set('store_override', '1');
cookieStore.set('store_unwanted', '1');

const realSetItem = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  realSetItem.call(this, 'prefixed_' + key, value);
};
localStorage.setItem('item', '1');
