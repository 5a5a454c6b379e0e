const TITLE = 'Milliseconds for one second of sound, network alone, one thread';
const WIDTH = 720;
const HEIGHT = 440;
const PLOT = { left: 70, top: 50, right: WIDTH - 30, bottom: HEIGHT - 60 };

/**
 * What a window costs against the number of non-zero weights, as an SVG.
 *
 * @param {import('./sparsities.js').Cost[]} costs
 * @param {number} peerMilliseconds what ONNX Runtime web takes for the same network without a zero
 * @returns {string}
 */
export function costPicture(costs, peerMilliseconds) {
  const [dense] = costs;
  const xTicks = ticks(dense.nonZeros);
  const yTicks = ticks(Math.max(peerMilliseconds, ...costs.map((cost) => cost.milliseconds)));
  const x = (/** @type {number} */ nonZeros) =>
    round(PLOT.left + (nonZeros / last(xTicks)) * (PLOT.right - PLOT.left));
  const y = (/** @type {number} */ time) =>
    round(PLOT.bottom - (time / last(yTicks)) * (PLOT.bottom - PLOT.top));
  const sparse = costs.slice(1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<title>${TITLE}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(PLOT.left, 28, TITLE, 'font-size="15"'),
    ...yTicks.map((tick) => line(PLOT.left, y(tick), PLOT.right, y(tick), '#ddd')),
    ...yTicks.map((tick) => text(PLOT.left - 8, y(tick) + 4, String(tick), 'text-anchor="end"')),
    ...xTicks.map((tick) => text(x(tick), PLOT.bottom + 20, `${tick / 1e6}`, 'text-anchor="middle"')),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 16, 'non-zero weights, millions', 'text-anchor="middle"'),
    line(PLOT.left, y(peerMilliseconds), PLOT.right, y(peerMilliseconds), '#c33', 'stroke-dasharray="6 4"'),
    text(PLOT.left + 8, y(peerMilliseconds) + 18, 'ONNX Runtime web, whatever is zero', 'fill="#c33"'),
    `<polyline points="${sparse.map((cost) => `${x(cost.nonZeros)},${y(cost.milliseconds)}`).join(' ')}" fill="none" stroke="#16a"/>`,
    ...costs.map((cost) => point(x(cost.nonZeros), y(cost.milliseconds))),
    // By turns on either side of the line: some points lie close together.
    ...sparse.map(({ name, nonZeros, milliseconds }, index) =>
      index % 2 === 0
        ? text(x(nonZeros) - 7, y(milliseconds) - 7, `${name} %`, 'text-anchor="end"')
        : text(x(nonZeros) + 7, y(milliseconds) + 15, `${name} %`),
    ),
    text(x(dense.nonZeros) - 8, y(dense.milliseconds) + 22, 'edgel3, dense', 'text-anchor="end"'),
    '</svg>\n',
  ].join('\n');
}

/**
 * About five round numbers from 0 to one that is not below `largest`.
 *
 * @param {number} largest
 */
function ticks(largest) {
  const magnitude = 10 ** Math.floor(Math.log10(largest / 5));
  const step =
    magnitude * /** @type {number} */ ([1, 2, 5, 10].find((factor) => 5 * factor * magnitude >= largest));
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step);
}

const round = (/** @type {number} */ number) => Math.round(number * 10) / 10;
const last = (/** @type {number[]} */ list) => list[list.length - 1];

/** @param {[x: number, y: number, content: string, attributes?: string]} parts */
function text(...[x, y, content, attributes = '']) {
  return `<text x="${x}" y="${y}" ${attributes}>${content}</text>`;
}

/** @param {[x1: number, y1: number, x2: number, y2: number, colour: string, attributes?: string]} parts */
function line(...[x1, y1, x2, y2, colour, attributes = '']) {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" ${attributes}/>`;
}

/** @param {[x: number, y: number]} place */
function point(...[x, y]) {
  return `<circle cx="${x}" cy="${y}" r="4" fill="#16a"/>`;
}
