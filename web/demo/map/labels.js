/** @import { Place } from './layout.js' */
/** @import { MapSound } from './sound_map.js' */

/** Fractions of the map: from the outermost dot of a kind to its name, and how wide and high a name is, about. */
const DISTANCE = 0.065;
const WIDTH = 0.14;
const HEIGHT = 0.06;

/**
 * Places for the names of the kinds, where they cover as little as can be: below the dots of a kind, or above them.
 *
 * @param {MapSound[]} sounds
 * @returns {Map<string, Place>} by kind: the middle of the name
 */
export function placeLabels(sounds) {
  /** @type {Map<string, Place>} */
  const labels = new Map();
  const dots = sounds.map(({ place }) => place);
  for (const kind of new Set(sounds.map((sound) => sound.kind))) {
    if (kind === 'yours') continue;
    const own = sounds.filter((sound) => sound.kind === kind).map(({ place }) => place);
    const x = own.reduce((sum, place) => sum + place[0], 0) / own.length;
    const [highest, lowest] = [Math.min(...own.map(([, y]) => y)), Math.max(...own.map(([, y]) => y))];
    const middle = (highest + lowest) / 2;
    const [left, right] = [Math.min(...own.map(([x]) => x)), Math.max(...own.map(([x]) => x))];
    /** @type {Place[]} */
    const candidates = [
      [x, lowest + DISTANCE],
      [x, highest - DISTANCE],
      [left - WIDTH, middle],
      [right + WIDTH, middle],
    ];
    const taken = [...dots, ...labels.values()];
    const costs = candidates.map((candidate) => costOf(candidate, taken));
    labels.set(kind, candidates[costs.indexOf(Math.min(...costs))]);
  }
  return labels;
}

/** @param {Place} label @param {Place[]} taken @returns {number} how much it covers */
function costOf([x, y], taken) {
  if (x < WIDTH / 2 || x > 1 - WIDTH / 2 || y < HEIGHT / 2 || y > 1 - HEIGHT / 2) return 100;
  return taken.reduce((sum, [left, top]) => {
    const [dx, dy] = [Math.abs(x - left) / WIDTH, Math.abs(y - top) / HEIGHT];
    return sum + Math.max(0, 1 - dx) * Math.max(0, 1 - dy);
  }, 0);
}
