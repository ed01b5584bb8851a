document.cookie = 'through_wrapper=1; path=/';
document.cookie = 'blocked_by_wrapper=1; path=/';
