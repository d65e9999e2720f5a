import type { BuildOptions } from 'esbuild'

/** Options for esbuild: the client for browsers. */
export declare const browserClient: BuildOptions
