const forged = () => 'forged=1; path=/';
document.cookie = 'to_json_before=1; path=/';
for (const type of [Object, Array, String, Number, Boolean, Function]) type.prototype.toJSON = forged;
document.cookie = 'to_json=1; path=/';
cookieStore.set('to_json_store', '1');
localStorage.setItem('to_json_item', '1');
