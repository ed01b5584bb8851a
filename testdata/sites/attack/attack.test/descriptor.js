// Whoever asks for a descriptor now gets one of the page's.
const forged = { configurable: true, enumerable: true, get() { return ''; }, set() {} };
Object.getOwnPropertyDescriptor = () => forged;
Object.getOwnPropertyDescriptors = () => ({ cookie: forged });
Reflect.getOwnPropertyDescriptor = () => forged;
Object.defineProperty = target => target;
Reflect.defineProperty = () => true;
Object.defineProperties = target => target;
document.cookie = 'descriptor_plain=1; path=/';
Document.prototype.__lookupSetter__('cookie').call(document, 'descriptor_lookup=1; path=/');
cookieStore.set('descriptor_store', '1');
