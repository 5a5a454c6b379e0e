import { wavHeader } from './wav_header.js';

/** @typedef {{ name: string, path: string, x: number, y: number, clip: string }} Place `clip`: a WAV file in base64 */

/** Seconds of each file that can be heard, at most; of very many files less, so that the page stays below some 100 MB. */
const CLIP_SECONDS = 3;
const MAX_CLIP_BYTES = 75e6;

/** Hz, about: enough to know a sound again. */
const CLIP_RATE = 16_000;

/**
 * The beginning of a sound, to be heard in the page. Samples are averaged in small groups, which is no good resampling, but
 * nothing is computed from it.
 *
 * @param {{ channels: (Float32Array | Float64Array)[], sampleRate: number }} sound
 * @param {number} count of sounds in the page
 * @returns {string} a WAV file of 16 bits and one channel, in base64
 */
export function clipOf({ channels, sampleRate }, count) {
  const step = Math.max(1, Math.floor(sampleRate / CLIP_RATE));
  const rate = Math.round(sampleRate / step);
  const most = Math.min(CLIP_SECONDS * rate, Math.floor(MAX_CLIP_BYTES / 2 / count));
  const length = Math.min(Math.floor(channels[0].length / step), most);
  const samples = Buffer.alloc(2 * length);
  for (let n = 0; n < length; n++) {
    let sum = 0;
    for (const channel of channels) for (let i = 0; i < step; i++) sum += channel[n * step + i];
    const sample = sum / (step * channels.length);
    samples.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, sample))), 2 * n);
  }
  return Buffer.concat([
    wavHeader({ sampleRate: rate, channels: 1, encoding: 's16le' }, length),
    samples,
  ]).toString('base64');
}

/**
 * @param {Place[]} places
 * @returns {Iterable<string>} the page, in pieces
 */
export function* toPage(places) {
  yield `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; media-src data:">
<title>Map of ${places.length} sounds</title>
<style>
  :root { color-scheme: light dark; font: 16px system-ui, sans-serif; }
  body { margin: 0; height: 100dvh; display: flex; flex-direction: column; }
  p { margin: 0; padding: 0.6rem 1rem; min-height: 1.4em; overflow-wrap: anywhere; }
  svg { flex: 1; min-height: 0; touch-action: manipulation; }
  circle { fill: hsl(210 70% 50%); fill-opacity: 0.75; cursor: pointer; }
  /* Room for a finger, where there is room. */
  .few circle { stroke: transparent; stroke-width: 4; }
  circle:hover, circle:focus, circle.heard { fill: hsl(20 90% 50%); fill-opacity: 1; outline: none; }
</style>
<p id="name" role="status">Sounds that are alike are close. Point at one for its name, click to hear it.</p>
<svg viewBox="-4 -4 108 108" role="group" aria-label="Map of sounds"></svg>
<script type="application/json" id="sounds">[`;
  for (const [index, place] of places.entries()) {
    // '<' would end the script.
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify(place).replaceAll('<', '\\u003c')}`;
  }
  yield `
]</script>
<script>
  const sounds = JSON.parse(document.getElementById('sounds').textContent);
  const map = document.querySelector('svg');
  const name = document.getElementById('name');
  const audio = new Audio();
  const isCrowded = sounds.length > 500;
  map.classList.toggle('few', !isCrowded);
  const scale = (axis) => {
    const values = sounds.map((sound) => sound[axis]);
    const least = values.reduce((a, b) => Math.min(a, b), Infinity);
    const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
    return (value) => (most > least ? (100 * (value - least)) / (most - least) : 50);
  };
  const [toX, toY] = [scale('x'), scale('y')];
  for (const sound of sounds) {
    const point = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    point.setAttribute('cx', toX(sound.x));
    point.setAttribute('cy', 100 - toY(sound.y));
    point.setAttribute('r', isCrowded ? 0.7 : 1.4);
    point.setAttribute('tabindex', 0);
    point.setAttribute('role', 'button');
    point.setAttribute('aria-label', sound.path);
    const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    title.textContent = sound.name;
    point.append(title);
    const show = () => {
      name.textContent = sound.path;
    };
    const play = () => {
      show();
      for (const other of map.querySelectorAll('.heard')) other.classList.remove('heard');
      point.classList.add('heard');
      audio.src = 'data:audio/wav;base64,' + sound.clip;
      audio.play();
    };
    point.addEventListener('pointerenter', show);
    point.addEventListener('focus', show);
    point.addEventListener('click', play);
    point.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      play();
    });
    map.append(point);
  }
</script>
</html>
`;
}
