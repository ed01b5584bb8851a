// A bundle of which each part names itself, as builds for development have them.
const parts = [
  "document.cookie = 'named_part=1; path=/';\n//# sourceURL=webpack://shop/./src/cookie.js?",
];
for (const p of parts) {
  eval(p);
}
setTimeout(() => {
  new Function("document.cookie = 'named_function=1; path=/';\n//# sourceURL=made.js")();
}, 1500);
setTimeout(() => {
  debugger;
  document.cookie = 'named_debugger=1; path=/';
}, 2000);
