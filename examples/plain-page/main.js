import { getEmbedding } from 'edgel3';

const input = /** @type {HTMLInputElement} */ (document.getElementById('file'));
const output = /** @type {HTMLOutputElement} */ (document.getElementById('result'));

input.onchange = async () => {
  const [file] = input.files ?? [];
  if (!file) return;
  try {
    output.value = `${file.name} …`;
    const context = new OfflineAudioContext(1, 1, 48_000);
    const audio = await context.decodeAudioData(await file.arrayBuffer());
    const { shape } = await getEmbedding(audio);
    output.value = `${file.name}: ${shape[0]} windows of ${shape[1]} numbers`;
  } catch (error) {
    output.value = String(error instanceof Error ? error.message : error);
  }
};
