// A tag manager: the page knows only this script.
const tag = document.createElement('script');
tag.src = 'https://tags.test/tag.js';
document.head.append(tag);
