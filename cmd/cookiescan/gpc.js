// Global Privacy Control: what a browser shows to scripts whose user objects to
// sale and sharing. The request header is Sec-GPC.
Object.defineProperty(Navigator.prototype, "globalPrivacyControl", {
  get() { return true; },
  enumerable: true,
  configurable: true,
});
