export { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
