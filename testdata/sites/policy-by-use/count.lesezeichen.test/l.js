document.cookie = 'lz_id=' + Math.random().toString(16).slice(2) + '; Path=/; Secure; SameSite=Lax; Max-Age=33955200';
new Image().src = 'https://count.lesezeichen.test/hit.gif?p=' + encodeURIComponent(location.pathname);
