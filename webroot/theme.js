// The chosen colours, before anything is painted; a module would come too late and the page would flash.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('holdfast-theme');
  } catch {
    // why: where nothing may be stored, the page follows the system
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
