// Generated from openapi/rescale.yaml by `npm run generate`.
import type { Validator } from '../validator.ts'
export declare const validators: Readonly<Record<string, Validator>>
