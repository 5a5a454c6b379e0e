import { bytes, integer, message, text } from './protobuf.js';
import { hasRelu, scaledWeights } from './synthetic_model.js';

// Numbers from onnx.proto.
const FLOAT = 1;
const INTS = 7;

/**
 * A network as an ONNX model, zeros and all: 'mel' [1, 1, bands, frames], normalised, to the embedding [1, n, 1, 1].
 *
 * @param {import('../../web/weights/model_file.js').Network} network
 * @param {{ melBands: number, melFrames: number }} plane
 * @returns {Uint8Array}
 */
export function onnxModel(network, { melBands, melFrames }) {
  /** @type {Uint8Array[]} */
  const nodes = [];
  /** @type {Uint8Array[]} */
  const initializers = [];
  let last = 'mel';
  const add = (
    /** @type {string} */ operation,
    /** @type {string[]} */ inputs,
    /** @type {Uint8Array[]} */ attributes,
  ) => {
    const output = `${operation}${nodes.length}`;
    nodes.push(bytes(1, node(operation, [last, ...inputs], output, attributes)));
    last = output;
  };
  network.convolutions.forEach((convolution, layer) => {
    const { inputChannels, outputChannels, shift } = convolution;
    const [weight, bias] = [`weight${layer}`, `bias${layer}`];
    initializers.push(
      bytes(5, tensor(weight, [outputChannels, inputChannels, 3, 3], scaledWeights(convolution))),
      bytes(5, tensor(bias, [outputChannels], shift)),
    );
    add('Conv', [weight, bias], [integers('kernel_shape', [3, 3]), integers('pads', [1, 1, 1, 1])]);
    if (hasRelu(network, layer)) add('Relu', [], []);
    if (layer === 7) add('GlobalMaxPool', [], []);
    else if (layer % 2 === 1)
      add('MaxPool', [], [integers('kernel_shape', [2, 2]), integers('strides', [2, 2])]);
  });
  const graph = message(
    ...nodes,
    text(2, 'edgel3'),
    ...initializers,
    bytes(11, valueInfo('mel', [1, 1, melBands, melFrames])),
    bytes(12, valueInfo(last, [1, network.description.convolutions[7], 1, 1])),
  );
  const irVersion = integer(1, 7);
  const operatorSet = bytes(8, integer(2, 13));
  return message(irVersion, bytes(7, graph), operatorSet);
}

/**
 * @param {string} operation
 * @param {string[]} inputs
 * @param {string} output
 * @param {Uint8Array[]} attributes
 */
function node(operation, inputs, output, attributes) {
  return message(
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(4, operation),
    ...attributes.map((attribute) => bytes(5, attribute)),
  );
}

/**
 * @param {string} name
 * @param {number[]} numbers
 */
function integers(name, numbers) {
  return message(text(1, name), ...numbers.map((number) => integer(8, number)), integer(20, INTS));
}

/**
 * @param {string} name
 * @param {number[]} shape
 * @param {Float32Array} data
 */
function tensor(name, shape, data) {
  return message(
    ...shape.map((extent) => integer(1, extent)),
    integer(2, FLOAT),
    text(8, name),
    bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
}

/**
 * @param {string} name
 * @param {number[]} shape
 */
function valueInfo(name, shape) {
  const dimensions = message(...shape.map((extent) => bytes(1, integer(1, extent))));
  return message(text(1, name), bytes(2, bytes(1, message(integer(1, FLOAT), bytes(2, dimensions)))));
}
