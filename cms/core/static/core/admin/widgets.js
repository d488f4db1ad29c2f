// Starts the admin's date choosers and inline panels from data attributes, so that the admin can run
// under `script-src 'self'`. Wagtail's templates would do it by inline scripts (see templates/wagtailadmin/).
(() => {
  // A day that does not exist stays as it was typed, for the form to refuse; the chooser would put today in its place.
  const asTyped = { validateOnBlur: false };

  const starters = {
    chooser: (id, config, name) => new window[name](id, config),
    "task-chooser": (id) => window.createTaskChooser(id),
    date: (id, config) => window.initDateChooser(id, { ...config, ...asTyped }),
    time: (id, config) => window.initTimeChooser(id, { ...config, ...asTyped }),
    datetime: (id, config) => window.initDateTimeChooser(id, { ...config, ...asTyped }),
    "inline-panel": (_id, config) => new window.InlinePanel(config),
    "multiple-chooser-panel": (_id, config) => new window.MultipleChooserPanel(config),
  };

  // A configuration is JSON, or JSON written as the inside of a script's string (inline panels).
  const read = (text) => JSON.parse(text.includes("\\u0022") && !text.includes('"') ? JSON.parse(`"${text}"`) : text);

  const start = (root) => {
    root.querySelectorAll("[data-portal-start]:not([data-portal-started])").forEach((mark) => {
      mark.dataset.portalStarted = "";
      starters[mark.dataset.portalStart](
        mark.dataset.portalFor,
        read(mark.dataset.portalConfig),
        mark.dataset.portalClass,
      );
    });
    // A button of the chooser that is never shown here, with English words.
    document.querySelectorAll(".xdsoft_save_selected").forEach((button) => button.remove());
  };

  // Wagtail's own address maker drops every letter with two marks, and đ; it is handed the plain letters.
  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  for (const name of ["w-sync:check", "w-sync:apply"]) {
    document.addEventListener(
      name,
      (event) => {
        if (typeof event.detail?.value === "string") event.detail.value = plain(event.detail.value);
      },
      true,
    );
  }

  document.addEventListener("DOMContentLoaded", () => {
    start(document);
    // Forms that are added later: inline children, modals, filter drawers.
    new MutationObserver((changes) => {
      if (changes.some((change) => change.addedNodes.length)) start(document);
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
