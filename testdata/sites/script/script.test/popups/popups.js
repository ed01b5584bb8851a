holdLoad(message('same-site'));
window.open('/popups/same-site.html', 'same');

holdLoad(message('cross-site'));
window.open('https://shop.partner.test/popup.html', 'cross');

const blank = window.open('about:blank', 'blank');
blank.document.cookie = 'popup_blank=1; path=/';
