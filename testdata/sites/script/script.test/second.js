document.cookie = 'two_writers=second; path=/';
