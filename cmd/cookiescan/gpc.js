// Global Privacy Control: what a browser shows to scripts, in windows and
// workers, whose user objects to sale and sharing. The request header is Sec-GPC.
Object.defineProperty(Object.getPrototypeOf(navigator), "globalPrivacyControl", {
  get() { return true; },
  enumerable: true,
  configurable: true,
});
