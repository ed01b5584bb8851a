// Runs in the page's own world: asks the consent interfaces that are there. Some
// answer at once, some by a message, so the answers wait in a place of their
// own until read.js takes them.
(() => {
  const box = { tcf: null, gpp: null, usp: null };
  Object.defineProperty(window, Symbol.for('cookiescan.signals'), { value: box, configurable: true, enumerable: false });
  const text = (v, most) => (typeof v === 'string' ? v.slice(0, most) : '');
  const of = (name) => (box[name] = box[name] || {});
  try {
    if (typeof __tcfapi === 'function') {
      of('tcf');
      __tcfapi('ping', 2, (d) => {
        if (!d) return;
        of('tcf').status = text(d.cmpStatus, 40);
        if (typeof d.gdprApplies === 'boolean') of('tcf').gdprApplies = d.gdprApplies;
      });
      // A listener is called at once; getTCData is gone since version 2.2.
      __tcfapi('addEventListener', 2, (d, ok) => {
        if (!d || ok === false) return;
        of('tcf').tcString = text(d.tcString, 70000);
        if (typeof d.gdprApplies === 'boolean') of('tcf').gdprApplies = d.gdprApplies;
        if (d.listenerId !== undefined) __tcfapi('removeEventListener', 2, () => {}, d.listenerId);
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
