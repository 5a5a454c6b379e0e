/** The module that Emscripten makes of wasm/bindings.cc. Used by core.js only. */

/** A failure is returned, never thrown; `code` is one of ErrorCode. */
export interface RawFailure {
  code: string;
  message: string;
}

export interface RawModelInfo {
  /** Which of the two builds of the module it runs in. */
  build: 'baseline' | 'relaxed';
  embeddingDimension: number;
  /** Hz at which the model takes its sound; also the samples in a window. */
  sampleRate: number;
  melBands: number;
  melFrames: number;
  /** Samples from one column of the spectrogram to the next. */
  melHop: number;
  /** Samples from the sound's start to the middle of the first column. */
  melOffset: number;
  execution: 'sparse' | 'dense';
  layers: { weights: number; nonZeros: number; multiplyAdds: number }[];
}

export interface RawModel {
  info(): RawModelInfo;
  embed(samples: Float32Array, hopLength: number): Float32Array | RawFailure;
  melSpectrogram(window: Float32Array): Float32Array | RawFailure;
  createColumnStream(inputRate: number, channelCount: number): RawColumnStream | RawFailure;
  profile(window: Float32Array): Float32Array | RawFailure;
  activations(window: Float32Array): { shape: number[]; data: Float32Array }[] | RawFailure;
  delete(): void;
}

/** A sound in pieces to columns of a model's spectrogram, one after the other. */
export interface RawColumnStream {
  push(channels: (Float32Array | Float64Array)[]): Float32Array | RawFailure;
  finish(): Float32Array | RawFailure;
  delete(): void;
}

/** A sound in pieces to the samples that a network gets. */
export interface RawInputStream extends RawColumnStream {
  readonly hopLength: number;
}

export interface RawModule {
  loadModel(bytes: Uint8Array): RawModel | RawFailure;
  createInputStream(
    inputRate: number,
    targetRate: number,
    channelCount: number,
    center: boolean,
    hopSize: number,
  ): RawInputStream | RawFailure;
}

export default function createModule(options: {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receiveInstance: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  print(line: string): void;
  printErr(line: string): void;
}): Promise<RawModule>;
