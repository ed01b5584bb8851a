fetch('/omit', {credentials: 'omit'});
fetch('https://foreign.test/asked', {credentials: 'include', headers: {'X-Ask-First': '1'}});
fetch('https://foreign.test/plain');
