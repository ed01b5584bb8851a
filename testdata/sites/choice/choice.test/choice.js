document.cookie = 'early=1; max-age=9999; path=/';
const bar = document.getElementById('bar');
const has = (text) => document.cookie.includes(text);
const free = () => {
  document.cookie = 'stats=1; max-age=63072000; path=/';
  new Image().src = 'https://track.test/p.gif';
};
const answer = (name, value, then) => {
  const button = document.getElementById(name);
  if (button) button.addEventListener('click', (e) => {
    if (!e.isTrusted) return;
    document.cookie = 'choice=' + value + '; max-age=15552000; path=/';
    bar.hidden = true;
    then();
  });
};
if (bar && has('choice=')) {
  bar.hidden = true;
  document.cookie = 'reloaded=1; path=/';
}
if (has('choice=yes')) free();
const again = document.getElementById('again');
if (again) again.addEventListener('click', (e) => { if (e.isTrusted) bar.hidden = false; });
answer('yes', 'yes', () => { free(); setTimeout(() => { document.cookie = 'later=1; path=/'; }, 5000); });
answer('no', 'no', () => {
  if (has('stats=')) {
    document.cookie = 'stats=; max-age=0; path=/';
    document.cookie = 'taken_back=1; path=/';
    setTimeout(() => { document.cookie = 'undead=1; max-age=86400; path=/'; }, 5000);
  }
  document.cookie = 'refused=1; path=/';
});
