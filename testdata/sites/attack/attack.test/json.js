JSON.stringify = () => '{"name":"forged","value":"1"}';
JSON.parse = () => ({ name: 'forged', value: '1' });
globalThis.JSON = { stringify: JSON.stringify, parse: JSON.parse };
document.cookie = 'json_patched=1; path=/';
cookieStore.set('json_patched_store', '1');
localStorage.setItem('json_patched_item', '1');
