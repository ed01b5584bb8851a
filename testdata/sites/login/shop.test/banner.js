if (!document.cookie.includes('choice=')) {
  const banner = document.createElement('div');
  banner.id = 'cookie-banner';
  banner.style = 'position:fixed;inset:0;background:rgba(255,255,255,.9);padding:40px';
  banner.innerHTML = '<h2>Cookies</h2><p>We use cookies for statistics, if you agree.</p><button id=yes>Accept all</button> <button id=no>Reject all</button>';
  document.body.append(banner);
  const end = (choice) => { document.cookie = 'choice=' + choice + '; path=/; max-age=31536000'; banner.remove(); if (choice === 'yes') new Image().src = 'https://track.test/p.gif'; };
  banner.querySelector('#yes').onclick = () => end('yes');
  banner.querySelector('#no').onclick = () => end('no');
} else if (document.cookie.includes('choice=yes')) {
  new Image().src = 'https://track.test/p.gif';
}
