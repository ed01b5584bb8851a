Error.prepareStackTrace = () => { throw new RangeError('no stack'); };
document.cookie = 'stack_throws=1; path=/';
cookieStore.set('stack_throws_store', '1');
localStorage.setItem('stack_throws_item', '1');
document.cookie = 'stack_throws_went_on=1; path=/';
