/**
 * An element of index.html.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} '${id}'.`);
  return element;
}

/**
 * @param {string} text
 * @param {() => void} onClick
 * @returns {HTMLButtonElement}
 */
export function createButton(text, onClick) {
  const button = document.createElement('button');
  button.textContent = text;
  button.onclick = onClick;
  return button;
}

/**
 * @param {HTMLInputElement} input of type file
 * @param {(files: File[]) => void} onChoose also if the same files are chosen again
 */
export function listenToFiles(input, onChoose) {
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) onChoose(files);
  };
}
