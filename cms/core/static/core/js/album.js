// Comfort for albums: which picture is large is said by the address, with and without this file.
// Here a large picture becomes a real dialog: focus stays in it, Esc closes, arrows move, the way back is kept short.
for (const album of document.querySelectorAll("[data-album]")) {
  const views = [...album.querySelectorAll("dialog")];
  if (!views.length || !views[0].showModal) continue;
  const named = (hash) => views.find((view) => `#${view.id}` === hash);
  const large = () => views.find((view) => view.open);

  const show = (wanted) => {
    const before = large();
    if (before && before !== wanted) {
      before.close();
      if (!wanted) document.getElementById(`${before.id}-nho`)?.focus();
    }
    if (wanted && !wanted.open) {
      wanted.showModal();
      (wanted.querySelector('[data-step="1"]') ?? wanted.querySelector('[data-step="0"]')).focus();
    }
  };
  // The picture changes at once, the address a moment later: a second key must not find the first one's picture.
  // A step takes the place of the one before, so that one press of "back" leaves the pictures.
  const step = (link) => {
    show(named(link.hash));
    location.replace(link.hash);
  };
  const follow = () => show(named(location.hash));

  album.addEventListener("click", (event) => {
    const link = event.target.closest("[data-step]");
    if (link) {
      event.preventDefault();
      step(link);
    } else if (event.target === large()) {
      step(event.target.querySelector('[data-step="0"]'));
    }
  });
  album.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: "-1", ArrowRight: "1", Escape: "0" }[event.key];
    const link = way && large()?.querySelector(`[data-step="${way}"]`);
    if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step(link);
  });
  // Android's back gesture closes a dialog without a key.
  for (const view of views) {
    view.addEventListener("cancel", (event) => {
      event.preventDefault();
      step(view.querySelector('[data-step="0"]'));
    });
  }
  addEventListener("hashchange", follow);
  follow();
}
