// Runs in an isolated world on a node: opens what is folded away. False: it
// is no element. Some tabs change when the button goes down.
function () {
  if (this instanceof HTMLDetailsElement) this.setAttribute('open', '');
  else if (this instanceof HTMLElement) {
    for (const type of ['mousedown', 'mouseup']) {
      EventTarget.prototype.dispatchEvent.call(this, new MouseEvent(type, { bubbles: true, cancelable: true, composed: true }));
    }
    HTMLElement.prototype.click.call(this);
  } else return false;
  return true;
}
