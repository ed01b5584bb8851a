document.cookie = 'module_dependency=1; path=/';
