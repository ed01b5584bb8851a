// As consent managers do it: the page's setter decides what reaches the real one.
const real = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
Object.defineProperty(Document.prototype, 'cookie', {
  configurable: true,
  enumerable: true,
  get() { return real.get.call(this); },
  set(value) {
    if (value.startsWith('unwanted')) return;
    real.set.call(this, value + '; max-age=3600');
  },
});
document.cookie = 'override_prototype=1; path=/';
document.cookie = 'unwanted=1; path=/';

Object.defineProperty(document, 'cookie', {
  configurable: true,
  set(value) { real.set.call(document, value + '; max-age=7200'); },
});
document.cookie = 'override_instance=1; path=/';
delete document.cookie;
document.cookie = 'override_again=1; path=/';
