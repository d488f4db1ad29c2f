// Once somebody has pressed “Duyệt”, “Gửi duyệt” or “Đăng”, Wagtail's autosave has nothing left to do: the press itself
// carries the words. Wagtail takes the hidden fields of a press for an edit and would send the form a second time.
(() => {
  const FORM = "[data-edit-form]";
  const PRESSED = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"];
  const AGAIN = 30000; // ms after which a press that got no answer may be repeated
  const pending = new WeakMap();
  const sent = new WeakMap();

  const fields = (form) => PRESSED.flatMap((name) => [...form.querySelectorAll(`input[type=hidden][name="${name}"]`)]);
  const isSent = (form) => Date.now() - (sent.get(form) ?? -AGAIN) < AGAIN;

  const take = (form) => {
    sent.set(form, Date.now());
    // Wagtail waits half a second between this event and the sending, and asks only then whether it was refused.
    pending.get(form)?.preventDefault();
  };

  document.addEventListener("w-autosave:save", (event) => {
    const form = event.target;
    pending.set(form, event);
    if (isSent(form) || fields(form).length) event.preventDefault();
  });

  // A press that came to nothing (a question was answered with no) leaves its fields; the next press brings its own.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("button");
      const form = button?.closest(FORM) ?? (button?.form?.matches(FORM) ? button.form : null);
      if (!form || !(button.type === "submit" || "workflowActionName" in button.dataset)) return;
      if (isSent(form)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      fields(form).forEach((field) => field.remove());
    },
    true,
  );

  window.addEventListener("submit", (event) => {
    if (event.target.matches(FORM) && !event.defaultPrevented) take(event.target);
  });

  // Back in a page that the browser has kept: nothing is on its way.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll(FORM).forEach((form) => {
      sent.delete(form);
      fields(form).forEach((field) => field.remove());
    });
  });
})();
