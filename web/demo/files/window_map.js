import { principalComponents } from 'edgel3/analysis';
import { isDark } from '../charts/colours.js';
import { Scatter } from '../charts/scatter.js';

/** @import { Analysis } from './analysis.js' */
/** @typedef {{ analysis: Analysis, time: number }} Place a window: the middle of it, in seconds */

/** Windows on the map, at most; of more, some are left out evenly. */
const MAX_POINTS = 3000;

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
    const all = analyses.flatMap((analysis, file) =>
      analysis.embeddings.map((embedding, row) => ({
        analysis,
        embedding,
        time: analysis.result.timestamps[row] + analysis.middle,
        colour: analyses.length === 1 ? colourAt(row / analysis.embeddings.length) : fileColour(file),
      })),
    );
    const step = Math.ceil(all.length / MAX_POINTS);
    const shown = all.filter((_, index) => index % step === 0);
    this.#places = shown;
    const coordinates = principalComponents(shown.map(({ embedding }) => embedding));
    this.#scatter.show(
      shown.map(({ colour }, index) => ({ x: coordinates[index][0], y: coordinates[index][1], colour })),
    );
  }

  /**
   * @param {Analysis} analysis
   * @param {number} time seconds, marked by a larger point
   */
  draw(analysis, time) {
    const distances = this.#places.map((place) =>
      place.analysis === analysis ? Math.abs(place.time - time) : Number.POSITIVE_INFINITY,
    );
    this.#scatter.draw(distances.indexOf(Math.min(...distances)));
  }
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
 * @param {number} share of the file's time
 */
function colourAt(share) {
  return `hsl(${200 + 160 * share} 65% ${lightness()}%)`;
}
