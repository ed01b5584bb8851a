// Runs in the page's own world: asks the consent interfaces that are there. Some
// answer at once, some by a message, so the answers wait in a place of their
// own until read.js takes them.
(() => {
  const box = { tcf: null, gpp: null };
  Object.defineProperty(window, Symbol.for('cookiescan.signals'), { value: box, configurable: true, enumerable: false });
  const yes = (o) => Object.keys(o || {}).filter((k) => o[k] === true).map(Number).filter((n) => n > 0);
  try {
    if (typeof __tcfapi === 'function') {
      __tcfapi('getTCData', 2, (d) => {
        if (!d) return;
        box.tcf = {
          tcString: String(d.tcString || ''), eventStatus: String(d.eventStatus || ''), cmpId: Number(d.cmpId) || 0,
          gdprApplies: typeof d.gdprApplies === 'boolean' ? d.gdprApplies : null,
          purposes: yes(d.purpose && d.purpose.consents), legitimateInterests: yes(d.purpose && d.purpose.legitimateInterests),
          vendors: yes(d.vendor && d.vendor.consents).length, vendorInterests: yes(d.vendor && d.vendor.legitimateInterests).length,
          purposeOneTreatment: d.purposeOneTreatment === true, policyVersion: Number(d.tcfPolicyVersion) || 0,
          specialFeatures: yes(d.specialFeatureOptins),
        };
      });
    }
  } catch {}
  try {
    if (typeof __gpp === 'function') {
      __gpp('ping', (d) => {
        if (!d) return;
        box.gpp = { gppString: String(d.gppString || ''), signalStatus: String(d.signalStatus || ''), applicableSections: (d.applicableSections || []).map(Number).filter((n) => n > 0) };
      });
    }
  } catch {}
  return true;
})()
