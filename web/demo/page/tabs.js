/**
 * Shows one panel at a time, chosen by click or, as ARIA has it, by the arrow keys, Home and End. The choice stands in
 * the address, so that a view can be linked to, and links to it work in the open page.
 *
 * @param {HTMLElement} list with role="tablist"
 * @param {(panel: string) => void} onChange
 * @returns {(panel: string) => void} shows a panel
 */
export function setUpTabs(list, onChange) {
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role="tab"]')]);
  const panelOf = (/** @type {HTMLElement} */ tab) => String(tab.getAttribute('aria-controls'));
  /** @type {HTMLElement | undefined} */
  let shown;

  /** @param {HTMLElement} chosen */
  const show = (chosen) => {
    history.replaceState(null, '', `#/${panelOf(chosen)}`);
    if (chosen === shown) return;
    shown = chosen;
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const panel = document.getElementById(panelOf(tab));
      if (panel) panel.hidden = !isChosen;
    }
    onChange(panelOf(chosen));
  };

  list.addEventListener('click', (event) => {
    const tab = tabs.find((tab) => tab === event.target);
    if (tab) show(tab);
  });
  list.addEventListener('keydown', ({ key }) => {
    const current = shown ? tabs.indexOf(shown) : 0;
    const next = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: tabs.length - 1 }[key];
    if (next === undefined) return;
    const tab = tabs[(next + tabs.length) % tabs.length];
    show(tab);
    tab.focus();
  });
  /** @param {string} panel */
  const showPanel = (panel) => show(tabs.find((tab) => panelOf(tab) === panel) ?? tabs[0]);
  const showAddress = () => showPanel(location.hash.slice('#/'.length));
  addEventListener('hashchange', showAddress);
  showAddress();
  return showPanel;
}
