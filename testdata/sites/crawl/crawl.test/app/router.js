const show = () => {
  const route = location.pathname.replace('/app/', '') || 'home';
  document.querySelector('main').textContent = route + location.hash;
  if (route === 'about') document.cookie = 'route_about=1; path=/';
  if (route === 'named') document.cookie = 'route_named=1; path=/';
  if (location.hash === '#/settings') document.cookie = 'route_settings=1; path=/';
};
document.querySelector('#about').addEventListener('click', () => {
  history.pushState({}, '', '/app/about');
  show();
});
addEventListener('popstate', show);
addEventListener('hashchange', show);
show();
