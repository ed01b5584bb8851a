// Hallochat: remembers the visitor and keeps a line open.
localStorage.setItem('hc_visitor', 'hc-4TbY6sHd7Qk2ZrW9xLmV');
const line = new WebSocket('wss://live.hallochat.test/line');
line.onmessage = () => {
  document.getElementById('chat').insertAdjacentHTML('beforeend', '<p>Ingrid is there.</p>');
};
