import type { Catalogue } from '../domain/catalogue.ts'

/** What is known from sources, without any filling. At once, and cheap: enough to make a tenant. */
export declare const knownCatalogue: Catalogue

/** The whole catalogue: what is known, filled up from the seed. Loads faker on first use. */
export declare function loadCatalogue(seed: string): Promise<Catalogue>
