localStorage.setItem('ls_set', '1');
localStorage.ls_property = '1';
localStorage['ls index'] = '1';

localStorage.setItem('ls_changed', 'old');
localStorage.setItem('ls_changed', 'new');

localStorage.setItem('ls_removed', '1');
localStorage.removeItem('ls_removed');

localStorage.removeItem('ls_never_existed');

Storage.prototype.setItem.call(localStorage, 'ls_by_prototype', '1');

sessionStorage.setItem('ss_set', '1');
sessionStorage.ss_property = '1';

sessionStorage.setItem('ss_removed', '1');
sessionStorage.removeItem('ss_removed');

addEventListener('load', () => {
  setTimeout(() => localStorage.setItem('ls_timer', '1'), 2000);
  setTimeout(() => sessionStorage.setItem('ss_timer', '1'), 30000);
});

addEventListener('scroll', () => localStorage.setItem('ls_scroll', '1'), { once: true });

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') localStorage.setItem('ls_page_hide', '1');
}, { once: true });

addEventListener('pagehide', () => localStorage.setItem('ls_left', '1'), { once: true });
