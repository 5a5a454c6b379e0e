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
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function create(tag, properties = {}, children = []) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * @param {string} text
 * @param {() => void} onClick
 * @param {string} [name] what it is called where the text alone does not tell it from others
 * @returns {HTMLButtonElement}
 */
export function createButton(text, onClick, name) {
  const button = create('button', { type: 'button', textContent: text, onclick: onClick });
  if (name) button.ariaLabel = name;
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

/** @returns {boolean} whether the visitor wants nothing to move that need not */
export function wantsStillness() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
