// Lets cookies through or not, as consent platforms do that block by themselves.
(() => {
  const native = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  const allow = text => { if (!text.startsWith('blocked')) native.set.call(document, text); };
  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get() { return native.get.call(document); },
    set(text) { allow(text); },
  });
  document.cookie = 'wrapper_own=1; path=/';
  window.startBlocking = () => { document.cookie = 'wrapper_called=1; path=/'; };
})();
