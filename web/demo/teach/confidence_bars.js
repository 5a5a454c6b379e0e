/**
 * A bar for each class.
 *
 * @param {HTMLElement} place
 * @param {string[]} names
 * @returns {(confidences: number[]) => void} shows them anew
 */
export function createConfidenceBars(place, names) {
  const bars = names.map((name) => {
    const bar = document.createElement('div');
    bar.className = 'bar';
    const label = document.createElement('span');
    label.textContent = name;
    const progress = document.createElement('progress');
    progress.max = 1;
    progress.ariaLabel = name;
    const text = document.createElement('span');
    bar.append(label, progress, text);
    return { bar, progress, text };
  });
  place.replaceChildren(...bars.map(({ bar }) => bar));
  return (confidences) => {
    const best = Math.max(...confidences);
    for (const [index, { bar, progress, text }] of bars.entries()) {
      progress.value = confidences[index];
      text.textContent = `${Math.round(100 * confidences[index])} %`;
      bar.classList.toggle('best', confidences[index] === best && best > 0);
    }
  };
}
