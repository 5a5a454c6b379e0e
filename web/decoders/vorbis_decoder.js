export { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
export { codecFrames, data, header, vorbisSetup } from 'codec-parser';
