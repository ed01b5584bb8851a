// Runs in a world of our own: the cookies and storage of the page, of which
// those matter that keep a choice.
(() => {
  const out = { cookies: '', storage: [] };
  try { out.cookies = document.cookie.slice(0, 200000); } catch {}
  try {
    for (let i = 0; i < Math.min(localStorage.length, 500); i++) {
      const k = localStorage.key(i);
      if (k.length > 200) continue;
      const read = ['euconsent-v2', 'eupubconsent-v2', 'OTGPPConsent', 'usprivacy'].includes(k);
      out.storage.push({ name: k, value: read ? localStorage.getItem(k).slice(0, 140000) : '' });
    }
  } catch {}
  return out;
})()
