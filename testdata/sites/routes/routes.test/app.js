const main = document.querySelector('main');
const find = (s, root = document) => [...root.querySelectorAll(s)];
const wire = (root) => {
  for (const b of find('[data-to]', root)) b.onclick = (e) => { e.preventDefault(); go(b.dataset.to); };
  for (const b of find('[data-does]', root)) b.onclick = (e) => { document.cookie = 'did_' + b.dataset.does + '=1; Path=/'; fetch('/done/' + b.dataset.does); e.stopPropagation(); };
  for (const b of find('[data-leaves]', root)) b.onclick = () => { location.href = b.dataset.leaves; };
};
const views = {
  '/': '<h1>Home</h1><h3><button id="returns" aria-expanded="false">Returns</button></h3><div id="answer"></div>',
  '/shop': '<h1>Shop</h1><div class="card" data-to="/shop/tent"><h2>Tent</h2></div><div class="card" data-to="/shop/rope"><h2>Rope</h2><button data-does="cart">Add to cart</button></div>' +
    '<div class="card" data-does="bought"><h2>Stove</h2><p>Buy now</p></div>',
};
const draw = () => {
  const name = location.pathname === '/' ? 'home' : location.pathname.slice(1).replace('/', '_');
  document.cookie = 'view_' + name + '=1; Path=/';
  main.innerHTML = views[location.pathname] || '<h1>' + name + '</h1>';
  const returns = document.getElementById('returns');
  if (returns) returns.onclick = () => { document.getElementById('answer').innerHTML = '<a href="/terms">Terms</a>'; };
  document.getElementById('drawer').replaceChildren();
  wire(main);
};
function go(path) { history.pushState({}, '', path); draw(); }
onpopstate = draw;
// Choosing an entry closes the drawer, with the other one in it.
document.getElementById('burger').onclick = () => {
  const drawer = document.getElementById('drawer');
  drawer.innerHTML = '<nav><button data-to="/maps">Maps</button><button data-to="/guides">Guides</button><button data-does="wipe">Delete my data</button></nav>';
  wire(drawer);
};
document.getElementById('company').onclick = () => { document.getElementById('closed').hidden = false; };
wire(document);
draw();
