/**
 * @param {string[]} names
 * @param {number[][]} counts windows, by their class and then by the guess
 * @returns {HTMLTableElement}
 */
export function createConfusionTable(names, counts) {
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const name of ['it was', ...names.map((name) => `taken for ${name}`)]) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const [index, name] of names.entries()) {
    const row = body.insertRow();
    const cell = document.createElement('th');
    cell.scope = 'row';
    cell.textContent = name;
    row.append(cell);
    const total = counts[index].reduce((sum, count) => sum + count, 0);
    for (const [guess, count] of counts[index].entries()) {
      const place = row.insertCell();
      place.textContent = total === 0 ? '–' : `${Math.round((100 * count) / total)} %`;
      if (guess === index) place.className = 'right';
    }
  }
  return table;
}
