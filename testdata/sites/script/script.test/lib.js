// A small cookie library, as sites have them: the setter is here, whoever asks.
const Lib = {
  cookie(name, value) {
    const line = name + '=' + encodeURIComponent(value);
    document.cookie = line + '; path=/';
  },
};
