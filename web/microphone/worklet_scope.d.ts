// What TypeScript's own types lack of the scope in which microphone_worklet.js runs.

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;
