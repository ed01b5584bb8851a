import '/dependency.mjs';
document.cookie = 'module_static=1; path=/';
