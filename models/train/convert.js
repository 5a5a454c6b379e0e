/** `node convert.js model.h5.gz model.safetensors NAME`: a trained student as the library's model file. */

import { readFile, writeFile } from 'node:fs/promises';
import { convertModel } from '../../web/weights/convert.js';

const [from, to, name] = process.argv.slice(2);
const metadata = {
  name,
  source: "trained by this project on the answers of EdgeL3's SEA-64 (MIT)",
  license: 'MIT',
};
await writeFile(to, await convertModel(await readFile(from), { dtype: 'f16', metadata }));
