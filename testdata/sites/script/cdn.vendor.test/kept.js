const native = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set;
window.writeDirectly = () => native.call(document, 'kept_native=1; path=/');
