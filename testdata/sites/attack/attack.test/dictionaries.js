// The browser reads each member of a dictionary exactly once.
let count = 0;
cookieStore.set({ get name() { count++; return 'dictionary_name'; }, value: '1' });
document.cookie = 'dictionary_name_' + count + '=1; path=/';

// The second answer is a lie for whoever reads twice.
const names = ['dictionary_first', 'forged'];
cookieStore.set({ get name() { return names.shift(); }, value: '1' });

count = 0;
cookieStore.set('dictionary_text', { toString() { count++; return '1'; } });
document.cookie = 'dictionary_text_' + count + '=1; path=/';

cookieStore.set({ get name() { throw new RangeError('no name'); }, value: '1' }).catch(error => {
  document.cookie = 'dictionary_error_' + error.name + '=1; path=/';
});
