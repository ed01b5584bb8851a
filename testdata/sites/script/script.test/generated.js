// Scripts whose address is no http address.
const blob = new Blob(["document.cookie = 'blob_script=1; path=/'"], { type: 'text/javascript' });
const data = "document.cookie = 'data_script=1; path=/'";
for (const src of [URL.createObjectURL(blob), 'data:text/javascript;base64,' + btoa(data)]) {
  const script = document.createElement('script');
  script.src = src;
  document.head.append(script);
}
const inserted = document.createElement('script');
inserted.textContent = "document.cookie = 'inserted_inline=1; path=/'";
document.head.append(inserted);
