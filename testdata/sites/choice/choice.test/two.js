if (document.cookie.includes('choice=yes')) document.cookie = 'second=1; max-age=3600; path=/';
