import fc from 'fast-check'

/** Texts of any bytes, one character each. */
export const byteStrings = (maxLength: number, minLength = 0): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => Buffer.from(bytes).toString('latin1'))
