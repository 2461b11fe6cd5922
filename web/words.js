(labels, texts) => {
  const NAMES = ["aria-label", "title", "placeholder"];
  const OURS = "[data-testid=stHtml], [data-testid=stPlotlyChart], script, style";
  const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const translator = words => {
    const patterns = Object.entries(words).filter(([its]) => its.includes("{}")).map(([its, ours]) =>
      [new RegExp("^" + its.split("{}").map(escaped).join("(.+)") + "$", "s"), ours]);
    return text => {
      if (Object.hasOwn(words, text)) return words[text];
      for (const [pattern, ours] of patterns) {
        const found = pattern.exec(text);
        if (found) return ours.replace("{}", () => found[1]);
      }
      return text;
    };
  };
  const named = translator(labels), told = translator(texts);
  const rename = element => {
    // What a reader chose is a name of its own, whatever it spells
    if (element.matches("[data-tag], [data-tag] span, [role=option]")) return;
    for (const name of NAMES) {
      const its = element.getAttribute(name);
      const ours = its && named(its);
      if (ours && ours !== its) element.setAttribute(name, ours);
    }
  };
  const retell = node => {
    const its = node.data.trim(), ours = told(its);
    if (ours !== its) node.data = ours;
  };
  const read = root => {
    if (root.nodeType === Node.TEXT_NODE) {
      if (root.parentElement && !root.parentElement.closest(OURS)) retell(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OURS)) return;
    rename(root);
    root.childNodes.forEach(read);
  };
  new MutationObserver(changes => changes.forEach(change => {
    if (change.type === "attributes") {
      if (!change.target.closest(OURS)) rename(change.target);
    } else if (change.type === "characterData") read(change.target);
    else change.addedNodes.forEach(read);
  })).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
}
