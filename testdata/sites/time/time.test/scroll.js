addEventListener('wheel', () => {
  document.cookie = 'wheel=1';
}, {once: true, passive: true});

addEventListener('scroll', () => {
  document.cookie = 'scrolled=1';
  setTimeout(() => { document.cookie = 'scrolled_timer=1'; }, 3000);
}, {once: true});

function whenSeen(id, act) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((e) => e.isIntersecting)) return;
    observer.disconnect();
    act(document.getElementById(id));
  });
  observer.observe(document.getElementById(id));
}

whenSeen('deep', () => { document.cookie = 'seen=1'; });
whenSeen('more', async (list) => {
  const answer = await fetch('/more.txt');
  list.append(await answer.text());
  document.cookie = 'more_shown=1';
});

addEventListener('mousemove', () => {
  document.cookie = 'mouse=1';
}, {once: true});
