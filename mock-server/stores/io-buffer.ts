/** Reads and writes of this many bytes keep the system calls few; larger ones gain nothing (docs/performance.md). */
export const ioBytes = 1 << 20

// The kernel copies into 64-byte aligned memory up to twice as fast as elsewhere. glibc starts a block of
// this size 16 bytes into a page. Where that is not so, nothing is lost but the gain.
const toAlignment = 48

/** A buffer for reading files into, aligned where the platform's allocator allows. */
export const ioBuffer = (bytes: number): Buffer =>
  bytes < ioBytes
    ? Buffer.allocUnsafeSlow(bytes)
    : Buffer.allocUnsafeSlow(bytes + toAlignment).subarray(toAlignment)
