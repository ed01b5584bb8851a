// The shop's own script: one file for every page.
const day = 86400;

function remember(name, value, seconds) {
  document.cookie = name + '=' + value + '; path=/; Secure; SameSite=Lax; max-age=' + seconds;
}

if (location.pathname === '/') {
  cookieStore.set({ name: 'ff_variant', value: 'b', expires: Date.now() + 14 * day * 1000, sameSite: 'lax' });
  addEventListener('load', () => setTimeout(() => {
    document.cookie = 'ff_newsletter=later; path=/; Secure; SameSite=Lax; max-age=' + 7 * day;
  }, 20000));
}

if (document.getElementById('products')) {
  sessionStorage.setItem('ff_filters', '{"sort":"new"}');
}

const product = document.getElementById('product');
if (product) {
  localStorage.setItem('ff_recent', product.dataset.sku);
}

if (document.getElementById('basket')) {
  remember('ff_basket', 'empty', 30 * day);
}

if (document.getElementById('article')) {
  addEventListener('scroll', () => {
    document.cookie = 'ff_read=crossing; path=/; Secure; SameSite=Lax';
  }, { once: true });
}
