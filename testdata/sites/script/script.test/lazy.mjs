document.cookie = 'module_dynamic=1; path=/';
