// The shop's consent banner. The choice is kept in a cookie for six months;
// what is marked with data-consent-src waits until everything is accepted.
function choice() {
  return document.cookie.match(/(?:^|; )ff_consent=(\w+)/)?.[1];
}

function choose(answer) {
  document.cookie = 'ff_consent=' + answer + '; path=/; Secure; SameSite=Lax; max-age=15552000';
  document.getElementById('consent').remove();
  release();
}

function release() {
  if (choice() !== 'all') return;
  for (const waiting of document.querySelectorAll('[data-consent-src]')) {
    waiting.src = waiting.dataset.consentSrc;
    waiting.removeAttribute('data-consent-src');
  }
}

function ask() {
  if (document.getElementById('consent')) return;
  document.body.insertAdjacentHTML('beforeend', `
    <div id="consent" role="dialog" aria-label="Cookies">
      <p>We use cookies to run the shop, to count visits and to show our advertising on other
      websites. You can change your choice at any time under “Cookie settings”.</p>
      <button class="button" id="consent-reject">Reject all</button>
      <button class="button" id="consent-accept">Accept all</button>
    </div>`);
  document.getElementById('consent-reject').onclick = () => choose('necessary');
  document.getElementById('consent-accept').onclick = () => choose('all');
}

document.getElementById('cookie-settings').onclick = ask;
if (choice()) release(); else ask();
