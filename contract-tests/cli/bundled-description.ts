import type { Description } from '../../openapi/openapi-document.ts'

/** 300 kB: loaded only where a report looks into it. */
export async function bundledDescription(): Promise<Description> {
  const { default: bundle } = await import('../../openapi/generated/rescale.json', { with: { type: 'json' } })
  return bundle as unknown as Description
}
