document.cookie = 'before_flood=1; path=/';
for (let i = 0; i < 20000; i++) {
  document.cookie = 'flood=' + i + '; path=/';
}
document.cookie = 'after_flood=1; path=/; max-age=3600';
cookieStore.set('after_flood_store', '1');
