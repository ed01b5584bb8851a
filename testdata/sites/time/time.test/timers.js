const write = (name) => {
  document.cookie = `${name}=1; Max-Age=86400`;
};

document.cookie = 'brief_script=1; Max-Age=1';

addEventListener('load', () => {
  setTimeout(write, 500, 'at_half');
  setTimeout(write, 2000, 'at_2');
  setTimeout(write, 5000, 'at_5');
  setTimeout(write, 10000, 'at_10');
  setTimeout(write, 20000, 'at_20');
  setTimeout(write, 30000, 'at_30');
  setTimeout(write, 44500, 'at_44');
  setTimeout(write, 600000, 'never');

  let left = 10;
  const again = () => (--left ? setTimeout(again, 400) : write('nested_10'));
  setTimeout(again, 400);
});
