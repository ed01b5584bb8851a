fetch("/echo?worker");
fetch("https://third.test/echo?worker");
