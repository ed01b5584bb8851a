// A script that gives itself the address of another.
document.cookie = 'named_script=1; path=/';
//# sourceURL=https://innocent.test/lib.js
