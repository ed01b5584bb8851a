const passing = new Proxy(document, {
  set(target, key, value) {
    target[key] = value;
    return true;
  },
});
passing.cookie = 'proxy_set=1; path=/';

// Without a trap the setter gets the proxy as this: an error, and no cookie.
const bare = new Proxy(document, {});
try {
  bare.cookie = 'proxy_bare=1; path=/';
} catch (error) {
  document.cookie = 'proxy_error_' + error.name + '=1; path=/';
}

// A document that the page cannot write to.
try {
  Object.create(document).cookie = 'proxy_heir=1; path=/';
} catch (error) {
  document.cookie = 'proxy_heir_' + error.name + '=1; path=/';
}
