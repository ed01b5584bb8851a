// A click sound: made, connected, never read.
(() => {
  const context = new AudioContext();
  const oscillator = context.createOscillator();
  oscillator.connect(context.destination);
})();
