/** Of this package; recordings say what wrote them. Held to package.json by a test. */
export const VERSION = '0.1.0'
