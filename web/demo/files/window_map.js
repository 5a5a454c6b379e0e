import { principalComponents } from 'edgel3/analysis';
import { isDark } from '../charts/colours.js';
import { Scatter } from '../charts/scatter.js';
import { someRows } from './analysis.js';

/** @import { Analysis } from './analysis.js' */
/** @typedef {{ analysis: Analysis, time: number }} Place a window: the middle of it, in seconds */

/** Windows on the map, at most; of more, some are left out evenly. */
const MAX_POINTS = 1500;

/** Numbers in a vector from which principal components are taken: with more the page would stand still. */
const MAX_NUMBERS = 64;

/** The windows of all files on a plane, on which those that sound alike are close. */
export class WindowMap {
  #scatter;
  /** @type {Place[]} */
  #places = [];

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(place: Place) => void} onChoose
   */
  constructor(canvas, onChoose) {
    this.#scatter = new Scatter(canvas, (index) => onChoose(this.#places[index]));
  }

  /** @param {Analysis[]} analyses */
  show(analyses) {
    const most = Math.max(1, Math.floor(MAX_POINTS / analyses.length));
    const shown = analyses.flatMap((analysis, file) =>
      someRows(analysis, most).map(({ row, index }) => ({
        analysis,
        row,
        time: analysis.timestamps[index] + analysis.middle,
        colour: analyses.length === 1 ? colourAt(index / analysis.shape[0]) : fileColour(file),
      })),
    );
    this.#places = shown;
    const coordinates = principalComponents(shown.map(({ row }) => shorten(row)));
    this.#scatter.show(
      shown.map(({ colour }, index) => ({ x: coordinates[index][0], y: coordinates[index][1], colour })),
    );
  }

  /**
   * @param {Analysis} analysis
   * @param {number} time seconds, marked by a larger point
   */
  draw(analysis, time) {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, place] of this.#places.entries()) {
      if (place.analysis !== analysis || Math.abs(place.time - time) >= least) continue;
      nearest = index;
      least = Math.abs(place.time - time);
    }
    this.#scatter.draw(nearest);
  }
}

/**
 * A shorter vector in which distances are about the same (feature hashing): numbers are added up with changing signs.
 *
 * @param {Float32Array} vector
 */
function shorten(vector) {
  if (vector.length <= MAX_NUMBERS) return vector;
  const short = new Float32Array(MAX_NUMBERS);
  for (const [index, value] of vector.entries()) {
    const hash = Math.imul(index + 1, 0x9e3779b1) >>> 0;
    short[hash % MAX_NUMBERS] += (hash >>> 16) & 1 ? value : -value;
  }
  return short;
}

/** Percent: points must be seen on either ground. */
const lightness = () => (isDark() ? 70 : 45);

/**
 * Of the points of one file among several.
 *
 * @param {number} file index
 */
export function fileColour(file) {
  return `hsl(${(file * 137.5 + 190) % 360} 65% ${lightness()}%)`;
}

/**
 * Of a point of the only file.
 *
 * @param {number} fraction of the file's time
 */
function colourAt(fraction) {
  return `hsl(${200 + 160 * fraction} 65% ${lightness()}%)`;
}
