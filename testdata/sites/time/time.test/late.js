document.cookie = 'late_now=1';
setTimeout(() => {
  document.cookie = 'late_timer=1; Max-Age=31536000';
}, 2000);
