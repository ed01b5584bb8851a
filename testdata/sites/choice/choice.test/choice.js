document.cookie = 'early=1; max-age=9999; path=/';
const bar = document.getElementById('bar');
const free = () => {
  document.cookie = 'stats=1; max-age=63072000; path=/';
  new Image().src = 'https://track.test/p.gif';
};
const answer = (name, value, then) => {
  const button = document.getElementById(name);
  if (button) button.addEventListener('click', (e) => {
    if (!e.isTrusted) return;
    document.cookie = 'choice=' + value + '; max-age=15552000; path=/';
    bar.remove();
    then();
  });
};
if (document.cookie.includes('choice=')) {
  if (bar) bar.remove();
  if (document.cookie.includes('choice=yes')) free();
}
answer('yes', 'yes', () => { free(); setTimeout(() => { document.cookie = 'later=1; path=/'; }, 5000); });
answer('no', 'no', () => { document.cookie = 'refused=1; path=/'; });
