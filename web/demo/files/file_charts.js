import { selfSimilarity } from 'edgel3/analysis';
import { cssColour } from '../charts/colours.js';
import { createHeatMap, drawHeatMap } from '../charts/heat_map.js';
import { MinMaxScaler } from '../charts/min_max_scaler.js';
import { shadePending } from '../charts/pending.js';
import { find } from '../page/dom.js';
import { giveWay } from '../page/event_loop.js';
import { someRows } from './analysis.js';

/** @import { Analysis } from './analysis.js' */

/** Windows on a side of the picture of self-similarity: more could not be told apart on a screen. */
const MAX_SIDE = 300;

/** Multiplications for it, at most: a page may not stand still. */
const MAX_PRODUCTS = 2e7;

/** Columns and rows of the picture of the embeddings, and points in it. */
const MAX_COLUMNS = 1000;
const MAX_ROWS = 512;
const MAX_POINTS = 2e5;

/** The pictures of one file, with a line at the time that is heard. */
export class FileCharts {
  #duration;
  #sound;
  #embedding;
  #similarity;
  /** Where the windows' columns begin and end, as fractions of the duration. */
  #place;

  /**
   * @param {Analysis} analysis
   * @returns {Promise<FileCharts>} with turns for the page in between
   */
  static async create(analysis) {
    const { columns } = analysis;
    await giveWay();
    const sound = createHeatMap(columns.length, columns[0].length, (column, row) => columns[column][row]);
    await giveWay();
    const embedding = drawEmbedding(analysis);
    await giveWay();
    const similarity = drawSimilarity(analysis);
    await giveWay();
    return new FileCharts(analysis, { sound, embedding, similarity });
  }

  /**
   * @param {Analysis} analysis
   * @param {{ sound: HTMLCanvasElement, embedding: HTMLCanvasElement, similarity: HTMLCanvasElement }} pictures
   */
  constructor({ duration, timestamps, middle }, { sound, embedding, similarity }) {
    this.#duration = duration;
    this.#sound = sound;
    this.#embedding = embedding;
    this.#similarity = similarity;
    const hop = timestamps.length > 1 ? timestamps[1] : 1;
    const fractionAt = (/** @type {number} */ time) => time / duration;
    this.#place = {
      from: fractionAt(middle - hop / 2),
      to: fractionAt(timestamps[timestamps.length - 1] + middle + hop / 2),
    };
  }

  /** @param {number} time seconds */
  draw(time) {
    const fraction = time / this.#duration;
    const { from, to } = this.#place;
    const windowFraction = (fraction - from) / (to - from);
    drawLines(drawHeatMap(find('files-sound', HTMLCanvasElement), this.#sound), fraction);
    const embedding = find('files-embedding', HTMLCanvasElement);
    const context = drawHeatMap(embedding, this.#embedding, this.#place);
    shadePending(embedding, 1 - to);
    drawLines(context, fraction);
    const similarity = find('files-similarity', HTMLCanvasElement);
    drawLines(drawHeatMap(similarity, this.#similarity), windowFraction, windowFraction);
  }

  /**
   * @param {number} fraction of the width of the similarity matrix
   * @returns {number} seconds
   */
  timeInMatrix(fraction) {
    const { from, to } = this.#place;
    return Math.max(0, (from + fraction * (to - from)) * this.#duration);
  }
}

/** @param {Analysis} analysis */
function drawEmbedding(analysis) {
  const dimension = analysis.shape[1];
  const height = Math.min(dimension, MAX_ROWS);
  const chosen = someRows(analysis, Math.min(MAX_COLUMNS, Math.floor(MAX_POINTS / height)));
  const thin = (/** @type {Float32Array} */ row) =>
    height === dimension
      ? row
      : Float32Array.from({ length: height }, (_, index) => row[Math.floor((index * dimension) / height)]);
  const rows = chosen.map(({ row }) => thin(row));
  const scaler = new MinMaxScaler(height);
  for (const row of rows) scaler.widen(row);
  const scaled = rows.map((row) => scaler.scale(row));
  return createHeatMap(scaled.length, height, (column, row) => scaled[column][row]);
}

/** @param {Analysis} analysis */
function drawSimilarity(analysis) {
  const most = Math.floor(Math.min(MAX_SIDE, Math.sqrt(MAX_PRODUCTS / analysis.shape[1])));
  const rows = someRows(analysis, most).map(({ row }) => row);
  const { side, similarities } = selfSimilarity(rows, { maxSide: most });
  const least = similarities.reduce((least, cosine) => Math.min(least, cosine), 1);
  return createHeatMap(
    side,
    side,
    (column, row) => (similarities[row * side + column] - least) / (1 - least || 1),
  );
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x fraction of the width
 * @param {number} [y] fraction of the height, from below
 */
function drawLines(context, x, y) {
  const { width, height } = context.canvas;
  context.fillStyle = cssColour('--mark');
  const thickness = 2 * devicePixelRatio;
  context.fillRect(x * width - thickness / 2, 0, thickness, height);
  if (y !== undefined) context.fillRect(0, (1 - y) * height - thickness / 2, width, thickness);
}
