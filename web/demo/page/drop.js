const MODEL_FILE = /\.(h5|h5\.gz|safetensors)$/i;

/**
 * Takes files that are dropped anywhere on the page.
 *
 * @param {(file: File) => void} onModel
 * @param {(files: File[]) => void} onSounds
 */
export function setUpDrop(onModel, onSounds) {
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
    const sounds = files.filter(({ name }) => !MODEL_FILE.test(name));
    if (sounds.length > 0) onSounds(sounds);
  });
}
