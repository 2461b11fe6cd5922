document.addEventListener("click", async event => {
  const button = event.target.closest?.(".np-copy");
  if (!button) return;
  const text = button.previousElementSibling, label = button.textContent;
  getSelection().selectAllChildren(text);
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    return; // A browser that does not let us has the text selected, ready to be copied by hand
  }
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; }, 2000);
});
