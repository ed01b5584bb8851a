setTimeout(() => { document.cookie = 'push_late=1; path=/'; }, 2000);
let n = 0;
const push = () => { history.pushState(null, '', '/pushstate.html?' + n++); };
for (let i = 0; i < 300; i++) push();
setInterval(push, 10);
