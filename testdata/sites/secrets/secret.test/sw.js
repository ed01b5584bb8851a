self.addEventListener("install", (e) => {
  e.waitUntil(Promise.all([fetch("/echo?sw"), fetch("https://third.test/echo?sw")]));
});
