// Sets the saved theme before the first paint; a classic script on purpose, modules run too late for that.
"use strict";
(function applySavedTheme() {
  try {
    const saved = localStorage.getItem("nexus.theme");
    if (saved === "light" || saved === "dark") document.documentElement.dataset.theme = saved;
  } catch {
    // Storage can be forbidden by the browser; the system's theme is used then.
  }
})();
