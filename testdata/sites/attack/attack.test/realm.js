// Setters of a frame's realm, used on the page's document.
const frame = document.createElement('iframe');
document.body.append(frame);
const realm = frame.contentWindow;

const setter = Object.getOwnPropertyDescriptor(realm.Document.prototype, 'cookie').set;
setter.call(document, 'realm_setter=1; path=/');

realm.Storage.prototype.setItem.call(localStorage, 'realm_item', '1');
realm.CookieStore.prototype.set.call(cookieStore, 'realm_store', '1');
