// Frames that this script makes and writes into.
function addFrame() {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  return frame;
}

addFrame().contentDocument.cookie = 'blank_frame=1; path=/';

const written = addFrame().contentDocument;
written.open();
written.write("<script>document.cookie = 'written_frame=1; path=/'<\/script>");
written.close();

const html = "<script>document.cookie = 'blob_frame=1; path=/'; parent.postMessage('blob', '*')<\/script>";
holdLoad(message('blob'));
addFrame().src = URL.createObjectURL(new Blob([html], { type: 'text/html' }));

const gone = addFrame();
const goneDocument = gone.contentDocument;
goneDocument.cookie = 'before_removal=1; path=/';
void goneDocument.cookie; // waits until the browser has it: a removal may overtake a write
gone.remove();

// Documents that no window shows have no cookies: what is written there is written nowhere.
new DOMParser().parseFromString('<p>', 'text/html').cookie = 'parsed_document=1';
document.implementation.createHTMLDocument().cookie = 'made_document=1';
