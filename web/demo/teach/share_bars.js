/**
 * A bar for each class.
 *
 * @param {HTMLElement} place
 * @param {string[]} names
 * @returns {(shares: number[]) => void} shows them anew
 */
export function createShareBars(place, names) {
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
  return (shares) => {
    const best = Math.max(...shares);
    for (const [index, { bar, progress, text }] of bars.entries()) {
      progress.value = shares[index];
      text.textContent = `${Math.round(100 * shares[index])} %`;
      bar.classList.toggle('best', shares[index] === best && best > 0);
    }
  };
}
