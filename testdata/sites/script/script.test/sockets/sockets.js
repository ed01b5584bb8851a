// The handshake's response sets the cookies.
for (const address of ['wss://script.test/sockets/feed', 'wss://live.feed.test/ticker']) {
  const socket = new WebSocket(address);
  holdLoad(new Promise(done => { socket.onmessage = done; }));
}
