import type { Catalogue } from '../domain/catalogue.ts'
import { catalogueOf } from './catalogue-of.ts'
import { knownAnalyses } from './known-analyses.ts'
import { knownCoreTypes } from './known-coretypes.ts'

/** What is known from sources, without any filling. At once, and cheap: enough to make a tenant. */
export const knownCatalogue: Catalogue = catalogueOf(knownCoreTypes, knownAnalyses)
