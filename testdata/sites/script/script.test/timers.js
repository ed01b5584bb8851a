// Timers begin at the load event, so that none fires before it.
addEventListener('load', () => {
  setTimeout("document.cookie = 'string_timer=1; path=/'", 500);
  setTimeout(() => { document.cookie = 'timer_1s=1; path=/'; }, 1000);
  setTimeout(() => { document.cookie = 'timer_40s=1; path=/; max-age=3600'; }, 40000);
  let ticks = 0;
  const interval = setInterval(() => {
    if (++ticks === 3) {
      clearInterval(interval);
      document.cookie = 'third_tick=1; path=/';
    }
  }, 5000);
});
