export { createOpusDecoder } from '@audio/decode-opus/core';
