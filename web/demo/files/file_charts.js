import { selfSimilarity } from 'edgel3/analysis';
import { cssColour } from '../charts/colours.js';
import { createHeatMap, drawHeatMap } from '../charts/heat_map.js';
import { MinMaxScaler } from '../charts/min_max_scaler.js';
import { find } from '../page/dom.js';

/** @import { Analysis } from './analysis.js' */

/** Windows on a side of the picture of self-similarity: more could not be told apart on a screen. */
const MAX_SIDE = 400;

/** The pictures of one file, with a line at the time that is heard. */
export class FileCharts {
  #duration;
  #sound;
  #embedding;
  #similarity;
  /** Where the windows' columns begin and end, as shares of the duration. */
  #place;

  /** @param {Analysis} analysis */
  constructor({ buffer, result: { timestamps }, embeddings, middle, columns }) {
    this.#duration = buffer.duration;
    this.#sound = createHeatMap(columns.length, columns[0].length, (column, row) => columns[column][row]);
    const scaler = new MinMaxScaler(embeddings[0].length);
    for (const embedding of embeddings) scaler.widen(embedding);
    const scaled = embeddings.map((embedding) => scaler.scale(embedding));
    this.#embedding = createHeatMap(scaled.length, scaled[0].length, (column, row) => scaled[column][row]);
    const { side, similarities } = selfSimilarity(embeddings, { maxSide: MAX_SIDE });
    const least = similarities.reduce((least, cosine) => Math.min(least, cosine), 1);
    this.#similarity = createHeatMap(
      side,
      side,
      (column, row) => (similarities[row * side + column] - least) / (1 - least || 1),
    );
    const hop = timestamps.length > 1 ? timestamps[1] : 1;
    const shareAt = (/** @type {number} */ time) => time / buffer.duration;
    this.#place = {
      from: shareAt(middle - hop / 2),
      to: shareAt(timestamps[timestamps.length - 1] + middle + hop / 2),
    };
  }

  /** @param {number} time seconds */
  draw(time) {
    const share = time / this.#duration;
    const { from, to } = this.#place;
    const windowShare = (share - from) / (to - from);
    drawLines(drawHeatMap(find('files-sound', HTMLCanvasElement), this.#sound), share);
    const embedding = find('files-embedding', HTMLCanvasElement);
    drawLines(drawHeatMap(embedding, this.#embedding, this.#place), share);
    const similarity = find('files-similarity', HTMLCanvasElement);
    drawLines(drawHeatMap(similarity, this.#similarity), windowShare, windowShare);
  }

  /**
   * @param {number} share of the width of the similarity matrix
   * @returns {number} seconds
   */
  timeInMatrix(share) {
    const { from, to } = this.#place;
    return Math.max(0, (from + share * (to - from)) * this.#duration);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x share of the width
 * @param {number} [y] share of the height, from below
 */
function drawLines(context, x, y) {
  const { width, height } = context.canvas;
  context.fillStyle = cssColour('--mark');
  const thickness = 2 * devicePixelRatio;
  context.fillRect(x * width - thickness / 2, 0, thickness, height);
  if (y !== undefined) context.fillRect(0, (1 - y) * height - thickness / 2, width, thickness);
}
