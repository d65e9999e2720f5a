/** Bodies up to here stand in the recording itself; of larger ones only what identifies them, or how to make them. */
export const INLINE_BYTES = 16 * 1024

/** Text is easier to read and compare than bytes, and a page of a catalogue is long. Characters. */
export const INLINE_TEXT = 64 * 1024
