const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function insertLate() {
  await sleep(1000);
  await fetch('/step.json');
  await sleep(3000);
  const late = document.createElement('script');
  late.src = '/late.js';
  document.head.append(late);
}

async function wait() {
  for (let i = 0; i < 3; i++) await sleep(800);
  document.cookie = 'awaited=1';
}

function poll() {
  let ticks = 0;
  const tenth = setInterval(() => {
    if (++ticks < 10) return;
    clearInterval(tenth);
    document.cookie = 'polled=1';
  }, 700);

  let ready = false;
  setTimeout(() => { ready = true; }, 7300);
  const whenReady = setInterval(() => {
    if (!ready) return;
    clearInterval(whenReady);
    document.cookie = 'polled_flag=1';
  }, 200);
}

function burst() {
  for (let i = 0; i < 1000; i++) {
    document.cookie = `loop=${i}`;
  }
  document.cookie = 'blink=1; Max-Age=3600';
  document.cookie = 'blink=; Max-Age=0';
}

addEventListener('load', () => {
  insertLate();
  wait();
  poll();
  setTimeout(burst, 500);
});
