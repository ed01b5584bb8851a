// Runs in an isolated world on a node: opens what is folded away. False: it
// is no element.
function () {
  if (this instanceof HTMLDetailsElement) this.setAttribute('open', '');
  else if (this instanceof HTMLElement) HTMLElement.prototype.click.call(this);
  else return false;
  return true;
}
