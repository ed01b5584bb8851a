// Loaded by the tag manager; a third-party script writes a first-party cookie.
document.cookie = 'vendor_tag=1; path=/; max-age=86400';
const inner = document.createElement('script');
inner.src = 'https://cdn.vendor.test/inner.js';
document.head.append(inner);
