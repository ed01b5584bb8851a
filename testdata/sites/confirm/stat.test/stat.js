const bar = document.getElementById('bar');
const put = (name) => { document.cookie = name + '=' + Math.random() + '; max-age=999999; path=/'; };
const clock = async () => Date.parse((await fetch('/clock')).headers.get('date'));
put('zz_early');
setTimeout(() => put('zz_timer'), 1500);
setTimeout(() => localStorage.setItem('zz_store', '1'), 500);
clock().then((began) => setTimeout(async () => { if (await clock() - began < 4000) put('zz_fast'); }, 4000));
setTimeout(() => put('zz_late'), 30000);
addEventListener('scroll', () => { document.cookie = 'scrolled=1; path=/'; });
addEventListener('pagehide', () => { document.cookie = 'left=1; path=/'; });
if (document.cookie.includes('answer=')) bar.hidden = true;
for (const name of ['yes', 'no']) {
  document.getElementById(name).addEventListener('click', () => {
    document.cookie = 'answer=' + name + '; max-age=15552000; path=/';
    bar.hidden = true;
    if (name === 'no') setTimeout(() => put('zz_stays'), 500);
  });
}
