// The browser turns a value into a string exactly once.
let count = 0;
document.cookie = { toString() { count++; return 'value_object=1; path=/'; } };
document.cookie = 'value_object_' + count + '=1; path=/';

count = 0;
document.cookie = { [Symbol.toPrimitive](hint) { count++; return 'value_' + hint + '=1; path=/'; } };
document.cookie = 'value_primitive_' + count + '=1; path=/';

document.cookie = {
  toString() {
    document.cookie = 'value_inner=1; path=/';
    return 'value_outer=1; path=/';
  },
};

try {
  document.cookie = { toString() { throw new RangeError('no value'); } };
} catch (error) {
  document.cookie = 'value_error_' + error.name + '=1; path=/';
}

try {
  document.cookie = Symbol('value_symbol=1');
} catch (error) {
  document.cookie = 'value_symbol_' + error.name + '=1; path=/';
}

count = 0;
const text = { toString() { count++; return 'value_item'; } };
localStorage.setItem(text, text);
document.cookie = 'value_item_' + count + '=1; path=/';
