// A tag manager: writes nothing itself, inserts the vendor's tag.
const tag = document.createElement('script');
tag.src = 'https://cdn.vendor.test/tag.js';
document.head.append(tag);
