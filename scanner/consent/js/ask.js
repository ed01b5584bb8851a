// Runs in the page's own world: asks the consent interfaces that are there. Some
// answer at once, some by a message, so the answers wait in a place of their
// own until read.js takes them.
//
// Where the page has no __tcfapi, its platform may live in a frame: one of the
// page's own origin is asked directly. A window with a frame named
// __tcfapiLocator is asked by messages (CMP API v2, "Is there a sample iframe
// script call to the CMP API?"). Documents that a page embeds from elsewhere
// speak for themselves, unless one fills the window: then it is the page.
(() => {
  const box = { tcf: null, gpp: null, usp: null };
  Object.defineProperty(window, Symbol.for('cookiescan.signals'), { value: box, configurable: true, enumerable: false });
  const text = (v, most) => (typeof v === 'string' ? v.slice(0, most) : '');
  const of = (name) => (box[name] = box[name] || {});
  const located = (w) => { try { return !!w.frames.__tcfapiLocator; } catch { return false; } };
  const fills = (e) => {
    const b = e.getBoundingClientRect();
    return b.width * b.height >= 0.6 * innerWidth * innerHeight;
  };
  const frames = () => {
    const list = [];
    for (const e of document.querySelectorAll('iframe,frame')) {
      if (list.length >= 30) break;
      if (e.contentWindow) list.push(e);
    }
    return list;
  };
  // A caller of __tcfapi by messages. It stops with read.js.
  const byMessage = (w) => {
    const calls = new Map();
    let last = 0;
    const hear = (e) => {
      if (e.source !== w) return;
      let d = e.data;
      try { if (typeof d === 'string') d = JSON.parse(d.slice(0, 200000)); } catch { return; }
      const r = d && d.__tcfapiReturn;
      if (r && calls.has(r.callId)) calls.get(r.callId)(r.returnValue, r.success);
    };
    addEventListener('message', hear);
    Object.defineProperty(box, 'stop', { value: () => removeEventListener('message', hear), enumerable: false });
    return (command, version, callback, parameter) => {
      const callId = 'cookiescan' + ++last;
      calls.set(callId, callback);
      w.postMessage({ __tcfapiCall: { command, version, parameter, callId } }, '*');
    };
  };
  const tcfapi = () => {
    if (typeof window.__tcfapi === 'function') return window.__tcfapi;
    const list = frames();
    for (const e of list) {
      const w = e.contentWindow;
      try { if (typeof w.__tcfapi === 'function') return (...call) => w.__tcfapi(...call); } catch {}
    }
    if (located(window)) return byMessage(window);
    const page = list.find((e) => located(e.contentWindow) && fills(e));
    return page && byMessage(page.contentWindow);
  };
  try {
    const api = tcfapi();
    if (api) {
      of('tcf');
      api('ping', 2, (d) => {
        if (!d) return;
        of('tcf').status = text(d.cmpStatus, 40);
        if (typeof d.gdprApplies === 'boolean') of('tcf').gdprApplies = d.gdprApplies;
      });
      // A listener is called at once; getTCData is gone since version 2.2.
      api('addEventListener', 2, (d, ok) => {
        if (!d || ok === false) return;
        of('tcf').tcString = text(d.tcString, 70000);
        if (typeof d.gdprApplies === 'boolean') of('tcf').gdprApplies = d.gdprApplies;
        if (d.listenerId !== undefined) api('removeEventListener', 2, () => {}, d.listenerId);
      });
    }
  } catch {}
  try {
    if (typeof __gpp === 'function') {
      of('gpp');
      __gpp('ping', (d) => {
        if (!d) return;
        const parsed = {};
        for (const name of Object.keys(d.parsedSections || {}).slice(0, 50)) {
          const all = Object.assign({}, ...[].concat(d.parsedSections[name]).slice(0, 10));
          const one = (parsed[text(name, 40)] = {});
          for (const [to, from] of [['sale', 'SaleOptOut'], ['sharing', 'SharingOptOut'], ['targeted', 'TargetedAdvertisingOptOut']]) {
            if (all[from] === 1 || all[from] === 2) one[to] = all[from] === 1;
          }
          if (all.Gpc !== undefined) one.gpc = all.Gpc === true || all.Gpc === 1;
        }
        Object.assign(of('gpp'), {
          gppString: text(d.gppString, 140000), status: text(d.cmpStatus, 40), parsed,
          applicable: [].concat(d.applicableSections || []).slice(0, 100).map(Number).filter(Number.isInteger),
        });
      });
    }
  } catch {}
  try {
    if (typeof __uspapi === 'function') {
      __uspapi('getUSPData', 1, (d) => { if (d) of('usp').uspString = text(d.uspString, 40); });
    }
  } catch {}
  return true;
})()
