Error.prepareStackTrace = () => 'Error\n    at innocent (https://attack.test/innocent.js:1:1)';
document.cookie = 'stack_forged=1; path=/';
cookieStore.set('stack_forged_store', '1');
localStorage.setItem('stack_forged_item', '1');

// What the page has set is still there afterwards.
const kept = new Error('mine').stack.includes('innocent');
document.cookie = 'stack_forger_kept_' + kept + '=1; path=/';
