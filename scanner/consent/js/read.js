// Runs in the page's own world after ask.js: what was answered, and the
// commands of Google's tags in the data layers, in their order.
(() => {
  const key = Symbol.for('cookiescan.signals');
  const out = { tcf: null, gpp: null, usp: null, commands: [] };
  try { const b = window[key]; if (b) Object.assign(out, b); delete window[key]; if (b && b.stop) b.stop(); } catch {}
  const names = ['dataLayer'];
  try {
    for (const s of document.scripts) { // a data layer of another name is named where the tag is loaded
      const m = /(?:gtm\.js|gtag\/js)\?(?:.*&)?l=([\w$]{1,60})/.exec(s.src || '');
      if (m && !names.includes(m[1]) && names.length < 5) names.push(m[1]);
    }
  } catch {}
  for (const name of names) {
    try {
      for (const c of Array.prototype.slice.call(window[name] || [], 0, 1000)) {
        try {
          if (!c || out.commands.length >= 60) continue;
          if (c[0] === 'config' || c[0] === 'event') {
            if (!out.commands.some((o) => o.command === c[0])) out.commands.push({ command: c[0] });
            continue;
          }
          if (c[0] !== 'consent' || (c[1] !== 'default' && c[1] !== 'update') || typeof c[2] !== 'object' || !c[2]) continue;
          const values = {};
          for (const k of Object.keys(c[2]).slice(0, 30)) if (c[2][k] === 'granted' || c[2][k] === 'denied') values[k] = c[2][k];
          out.commands.push({
            command: c[1], values, region: [].concat(c[2].region || []).slice(0, 100).map((r) => String(r).slice(0, 20)),
            wait: Math.min(Math.max(Math.round(Number(c[2].wait_for_update)) || 0, 0), 600000),
          });
        } catch {}
      }
    } catch {}
  }
  return out;
})()
