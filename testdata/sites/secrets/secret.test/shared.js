fetch("/echo?shared");
fetch("https://third.test/echo?shared");
