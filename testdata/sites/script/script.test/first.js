document.cookie = 'two_writers=first; path=/';
