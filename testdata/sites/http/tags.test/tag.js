// Loaded by the tag manager; loads the vendor.
const vendor = document.createElement('script');
vendor.src = 'https://ads.test/vendor.js';
document.head.append(vendor);
