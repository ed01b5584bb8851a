customElements.define('x-cookie', class extends HTMLElement {
  connectedCallback() {
    document.cookie = 'custom_element=1; path=/';
  }
});
