// “Useful” and “not” answered in place. Without this file the same forms lead to a page of their own.
for (const place of document.querySelectorAll("[data-rating]")) {
  place.addEventListener("submit", async (event) => {
    const form = event.target;
    const body = new FormData(form, event.submitter);
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.querySelector("[data-rating-answer]");
      if (!part) throw new Error(answer.status);
      place.replaceChildren(document.adoptNode(part));
      (part.querySelector("[data-focus]") ?? part).focus();
    } catch {
      // The page that would have come without this file says what is wrong.
      if (event.submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: event.submitter.name, value: event.submitter.value }));
      form.submit();
    }
  });
}
