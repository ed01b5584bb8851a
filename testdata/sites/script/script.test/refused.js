// Writes that the browser refuses.
document.cookie = '__Secure-refused=1; path=/';
document.cookie = '__Host-refused=1; path=/; Secure; Domain=script.test';
document.cookie = 'foreign_domain=1; path=/; Domain=vendor.test';
document.cookie = 'none_insecure=1; path=/; SameSite=None';
document.cookie = 'script_httponly=1; path=/; HttpOnly';
document.cookie = 'too_long=' + 'x'.repeat(4090) + '; path=/';
