const watch = new IntersectionObserver((seen) => {
  for (const e of seen) {
    if (e.isIntersecting) document.cookie = 'at_' + e.target.dataset.at + '=1';
  }
});
for (let at = 1500; at < 9000; at += 300) {
  const mark = document.createElement('i');
  mark.dataset.at = at;
  mark.style.top = at + 'px';
  document.body.append(mark);
  watch.observe(mark);
}
