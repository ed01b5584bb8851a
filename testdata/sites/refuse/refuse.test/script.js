// Only the last write is accepted.
document.cookie = 'js_httponly=1; HttpOnly';
document.cookie = 'own_httponly=2';
document.cookie = 'js_none=1; SameSite=None';
document.cookie = '__Secure-js=1';
document.cookie = '__hOsT-js=1; Secure; Path=/script.html';
document.cookie = 'js_domain=1; Domain=other.test';
document.cookie = 'js_long=' + 'x'.repeat(4090);
document.cookie = 'js_control=a\x01b';
document.cookie = 'js_partitioned=1; Partitioned';
document.cookie = 'js_ok=1; Max-Age=3600';
