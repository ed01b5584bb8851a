// Runs in the page's own world after ask.js: what was answered, and the
// commands of Google Consent Mode in the data layers.
(() => {
  const key = Symbol.for('cookiescan.signals');
  const out = { tcf: null, gpp: null, consentMode: [] };
  try { const b = window[key]; if (b) { out.tcf = b.tcf; out.gpp = b.gpp; } delete window[key]; } catch {}
  try {
    for (const c of Array.prototype.slice.call(window.dataLayer || [], 0, 500)) {
      if (!c || c[0] !== 'consent' || (c[1] !== 'default' && c[1] !== 'update') || typeof c[2] !== 'object' || !c[2]) continue;
      const values = {};
      for (const k of Object.keys(c[2]).slice(0, 20)) if (c[2][k] === 'granted' || c[2][k] === 'denied') values[k] = c[2][k];
      out.consentMode.push({ command: c[1], values, region: Array.isArray(c[2].region) ? c[2].region.map(String).slice(0, 60) : [] });
      if (out.consentMode.length >= 50) break;
    }
  } catch {}
  return out;
})()
