const attributes = 'SameSite=None; Secure; Max-Age=86400';
addEventListener('load', () => {
  setTimeout(() => { document.cookie = `clock_3=1; ${attributes}`; }, 3000);
  setTimeout(() => fetch('/tick'), 8000);
  setTimeout(() => { document.cookie = `clock_30=1; ${attributes}`; }, 30000);
});
