const MODEL_FILE = /\.(h5|hdf5|h5\.gz|safetensors)$/i;
const EXAMPLES_FILE = /\.json$/i;

/**
 * @typedef {object} DropListeners
 * @property {(file: File) => void} onModel
 * @property {(file: File) => void} onExamples of what was saved by the view that teaches, or by `edgel3 teach`
 * @property {(files: File[], target: EventTarget | null) => void} onSounds target: the element on which they were dropped
 */

/**
 * Takes files that are dropped anywhere on the page.
 *
 * @param {DropListeners} listeners
 */
export function setUpDrop({ onModel, onExamples, onSounds }) {
  const { body } = document;
  addEventListener('dragover', (event) => {
    event.preventDefault();
    body.classList.add('dropping');
  });
  addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) body.classList.remove('dropping');
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    body.classList.remove('dropping');
    const files = [...(event.dataTransfer?.files ?? [])];
    const model = files.find(({ name }) => MODEL_FILE.test(name));
    if (model) onModel(model);
    const examples = files.find(({ name }) => EXAMPLES_FILE.test(name));
    if (examples) onExamples(examples);
    const sounds = files.filter(({ name }) => !MODEL_FILE.test(name) && !EXAMPLES_FILE.test(name));
    if (sounds.length > 0) onSounds(sounds, event.target);
  });
}
