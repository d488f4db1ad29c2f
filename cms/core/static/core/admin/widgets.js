// Starts the admin's date choosers and inline panels from data attributes, so that the admin can run
// under `script-src 'self'`. Wagtail's templates would do it by inline scripts (see templates/wagtailadmin/).
(() => {
  const starters = {
    chooser: (id, config, name) => new window[name](id, config),
    "task-chooser": (id) => window.createTaskChooser(id),
    date: (id, config) => window.initDateChooser(id, config),
    time: (id, config) => window.initTimeChooser(id, config),
    datetime: (id, config) => window.initDateTimeChooser(id, config),
    "inline-panel": (_id, config) => new window.InlinePanel(config),
    "multiple-chooser-panel": (_id, config) => new window.MultipleChooserPanel(config),
  };

  const start = (root) => {
    root.querySelectorAll("[data-portal-start]:not([data-portal-started])").forEach((mark) => {
      mark.dataset.portalStarted = "";
      starters[mark.dataset.portalStart](
        mark.dataset.portalFor,
        JSON.parse(mark.dataset.portalConfig),
        mark.dataset.portalClass,
      );
    });
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
