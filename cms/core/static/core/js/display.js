// Before anything is drawn: the size and the contrast that this reader chose here, and that script runs at all.
// Plain old script, so that an old phone understands it; a browser that keeps nothing shows the page as it is.
(function (root) {
  root.setAttribute("data-script", "");
  try {
    var text = localStorage.getItem("co-chu");
    var contrast = localStorage.getItem("tuong-phan");
    if (text) root.setAttribute("data-text", text);
    if (contrast) root.setAttribute("data-contrast", contrast);
  } catch (refused) { /* storage is switched off */ }
})(document.documentElement);
