// A script that gives itself the address of another.
document.cookie = 'named_script=1; path=/';
localStorage.setItem('named_item', '1');
//# sourceURL=https://innocent.test/lib.js
